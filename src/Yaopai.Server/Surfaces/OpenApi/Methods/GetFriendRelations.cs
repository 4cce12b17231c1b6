using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>friends/getFriendRelations — the person's friends, and which of them have the person for a friend.</summary>
internal static class GetFriendRelations
{
    public static Operation<FriendPage> Operation(GetFriends.Services services) => new ApiMethod("GetFriendRelations", Audience.Users, Scope: "basic").Operation(
        services.Api, FriendPage.Rules, (call, caller) => new FriendPage(call, caller), x => AnswerAsync(x, services));

    private static async ValueTask<Answer> AnswerAsync(FriendPage x, GetFriends.Services services)
    {
        var page = await x.ReadAsync(services.Friends);
        var mutual = await services.Friends.MutualAsync(x.UserId!.Value, [.. page.Select(friend => friend.AccountId)], x.Call.Ct);
        return OpenApiDialect.OkList((page, mutual), static (json, it) =>
        {
            foreach (var friend in it.page)
            {
                json.WriteStartObject();
                FriendPage.Write(json, friend);
                json.WriteString("are_friends", it.mutual.Contains(friend.AccountId) ? "1" : "0");
                json.WriteEndObject();
            }
        });
    }
}
