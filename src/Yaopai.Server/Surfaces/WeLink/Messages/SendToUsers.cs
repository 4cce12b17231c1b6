using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>POST /api/messages/v3/send — sends members a message in the app's own name.</summary>
internal sealed record SendToUsers(MessageKit Kit) : IOperationDefinition
{
    public IOperation Define() => SendRules.Define(
        Kit, Modules.MessagesToUsers, "SendToUsers", MessageForm.ToUsers, SendRules.ToUsers, namesFailed: true);
}
