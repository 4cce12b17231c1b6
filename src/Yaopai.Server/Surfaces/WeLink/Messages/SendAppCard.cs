using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>POST /api/messages/v1/card/wecode — sends a card of an app, with fields and buttons.</summary>
internal sealed record SendAppCard(MessageKit Kit) : IOperationDefinition
{
    public IOperation Define() => SendRules.Define(
        Kit, Modules.MessagesToUsers, "SendAppCard", MessageForm.AppCard, SendRules.ToUsers, namesFailed: true);
}
