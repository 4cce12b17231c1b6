using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>POST /api/messages/v1/send, v2/send — sends followers of a public account a message in its name.</summary>
internal sealed record SendOfAccount(MessageKit Kit) : IOperationDefinition
{
    public IOperation Define() => SendRules.Define(
        Kit, Modules.Messages, "SendOfAccount", MessageForm.OfAccount, SendRules.OfAccount, namesFailed: false);
}
