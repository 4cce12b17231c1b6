using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>friends/getFriendRelations — the person's friends, and which of them have the person for a friend.</summary>
internal sealed record GetFriendRelations(ApiAdmission Admission, IFriendStore Friends, PortraitTokens Portraits) : IOperationDefinition
{
    public IOperation Define() => Admission.Operation(
        new ApiMethod("GetFriendRelations", Audience.Users, Scope: "basic") { Parameters = FriendPage.Parameters }, FriendPage.Rules,
        (call, caller) => new FriendPage(call, caller), AnswerAsync);

    private async ValueTask<Answer> AnswerAsync(FriendPage x)
    {
        var page = await x.ReadAsync(Friends);
        var mutual = await Friends.MutualAsync(x.UserId!.Value, [.. page.Select(friend => friend.AccountId)], x.Call.Ct);
        return OpenApiDialect.OkList((page, mutual, Portraits, x.AppId!.Value), static (json, it) =>
        {
            foreach (var friend in it.page)
            {
                json.WriteStartObject();
                FriendPage.Write(json, friend, it.Portraits, it.Value);
                json.WriteString("are_friends", it.mutual.Contains(friend.AccountId) ? "1" : "0");
                json.WriteEndObject();
            }
        });
    }
}
