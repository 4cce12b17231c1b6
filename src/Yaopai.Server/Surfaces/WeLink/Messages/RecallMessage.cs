using Yaopai.Server.Gateway;
using M = Yaopai.Errors.WeLinkErrors.Message;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>POST /api/messages/v1/recall — takes a message back: who has it reads nothing of it any more.</summary>
internal sealed record RecallMessage(MessageKit Kit) : IOperationDefinition
{
    internal static readonly Rule<ChangeRequest>[] Rules =
    [
        new(M.DeliveryFailed,  x => x["itemId"] is not "",   why: _ => "itemId is missing"),
        new(M.DeliveryFailed,  x => x.LoadMessageAsync(),    why: x => $"the app has sent no such message: '{x["itemId"]}'"),
        Rule.Claim<ChangeRequest>(M.DeliveryFailed, x => x.TryRecallAsync(), why: _ => "a channel did not take it"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, ChangeRequest.Module, "RecallMessage", "POST", ParameterSource.Json, incoming => new ChangeRequest(incoming, Kit), Rules,
        _ => ValueTask.FromResult(WeLinkDialect.Ok()));
}
