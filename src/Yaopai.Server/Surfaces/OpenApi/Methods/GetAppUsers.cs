using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>friends/getAppUsers — the friends who use the app too.</summary>
internal static class GetAppUsers
{
    public static Operation<FriendPage> Operation(GetFriends.Services services) => Of("GetAppUsers", services, uses: true);

    /// <param name="uses">Whether the friends who use the app are meant, or the others.</param>
    internal static Operation<FriendPage> Of(string name, GetFriends.Services services, bool uses) => new ApiMethod(name, Audience.Users, Scope: "basic").Operation(
        services.Api, FriendPage.Rules, (call, caller) => new FriendPage(call, caller),
        async x => FriendPage.Answer(await x.ReadAsync(services.Friends, new FriendUse(x.AppId!.Value, uses))));
}
