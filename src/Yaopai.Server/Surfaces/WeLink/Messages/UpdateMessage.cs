using Yaopai.Server.Gateway;
using M = Yaopai.Errors.WeLinkErrors.Message;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>POST /api/messages/v1/update — changes the status that a card shows, to all who have it or to some.</summary>
internal sealed record UpdateMessage(MessageKit Kit) : IOperationDefinition
{
    internal static readonly Rule<ChangeRequest>[] Rules =
    [
        new(M.DeliveryFailed,    x => x["itemId"] is not "",          why: _ => "itemId is missing"),
        new(M.DeliveryFailed,    x => x["messageStatus"] is not "",   why: _ => "messageStatus is missing"),
        new(M.DeliveryFailed,    x => x.IsStatusSound,                why: _ => "messageStatus or statusColor is too long"),
        new(M.DeliveryFailed,    x => x.IsUserListSound,              why: _ => "toUserList is no list of ids"),
        new(M.TooManyRecipients, x => x.AreFew),
        new(M.DeliveryFailed,    x => x.LoadMessageAsync(),           why: x => $"the app has sent no such message: '{x["itemId"]}'"),
        Rule.Claim<ChangeRequest>(M.DeliveryFailed, x => x.TryChangeStatusAsync(), why: _ => "a channel did not take it"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, ChangeRequest.Module, "UpdateMessage", "POST", ParameterSource.Json, incoming => new ChangeRequest(incoming, Kit), Rules,
        _ => ValueTask.FromResult(WeLinkDialect.Ok()));
}
