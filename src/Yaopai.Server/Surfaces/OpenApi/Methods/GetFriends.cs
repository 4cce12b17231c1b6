using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>friends/getFriends — whom the person has for friends, page by page.</summary>
internal static class GetFriends
{
    public static Operation<FriendPage> Operation(Services services) => new ApiMethod("GetFriends", Audience.Users, Scope: "basic").Operation(
        services.Api, FriendPage.Rules, (call, caller) => new FriendPage(call, caller), async x => FriendPage.Answer(await x.ReadAsync(services.Friends)));

    internal sealed record Services(ApiServices Api, IFriendStore Friends);
}
