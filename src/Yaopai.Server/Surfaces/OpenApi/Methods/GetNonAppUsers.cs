using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>friends/getNonAppUsers — the friends whom the app could still win.</summary>
internal static class GetNonAppUsers
{
    public static Operation<FriendPage> Operation(GetFriends.Services services) => GetAppUsers.Of("GetNonAppUsers", services, uses: false);
}
