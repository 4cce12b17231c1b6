using Yaopai.Server.Protocol;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>friends/getNonAppUsers — the friends whom the app could still win.</summary>
internal static class GetNonAppUsers
{
    public static Operation<FriendPage> Operation(GetFriends.Services services) => GetAppUsers.Of("GetNonAppUsers", services, uses: false);
}
