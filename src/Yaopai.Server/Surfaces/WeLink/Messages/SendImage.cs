using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>POST /api/messages/v1/image — sends a picture, by its address.</summary>
internal sealed record SendImage(MessageKit Kit) : IOperationDefinition
{
    public IOperation Define() => SendRules.Define(
        Kit, Modules.MessagesToUsers, "SendImage", MessageForm.Image, SendRules.ToUsers, namesFailed: true);
}
