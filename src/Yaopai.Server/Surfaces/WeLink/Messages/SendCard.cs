using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>POST /api/messages/v1/card/common, v2/card/common — sends a card with a title, a text and a status.</summary>
internal sealed record SendCard(MessageKit Kit) : IOperationDefinition
{
    public IOperation Define() => SendRules.Define(
        Kit, Modules.MessagesToUsers, "SendCard", MessageForm.Card, SendRules.ToUsers, namesFailed: true);
}
