using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>friends/getNonAppUsers — the friends whom the app could still win.</summary>
internal sealed record GetNonAppUsers(ApiAdmission Admission, IFriendStore Friends, PortraitTokens Portraits) : IOperationDefinition
{
    public IOperation Define() => GetAppUsers.Of("GetNonAppUsers", Admission, Friends, Portraits, uses: false);
}
