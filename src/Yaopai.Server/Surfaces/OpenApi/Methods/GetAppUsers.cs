using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>friends/getAppUsers — the friends who use the app too.</summary>
internal sealed record GetAppUsers(ApiAdmission Admission, IFriendStore Friends, PortraitTokens Portraits) : IOperationDefinition
{
    public IOperation Define() => Of("GetAppUsers", Admission, Friends, Portraits, uses: true);

    /// <param name="uses">Whether the friends who use the app are meant, or the others.</param>
    internal static IOperation Of(
        string name, ApiAdmission admission, IFriendStore friends, PortraitTokens portraits, bool uses) => admission.Operation(
        new ApiMethod(name, Audience.Users, Scope: "basic") { Parameters = FriendPage.Parameters }, FriendPage.Rules,
        (call, caller) => new FriendPage(call, caller),
        async x => x.Answer(await x.ReadAsync(friends, new FriendUse(x.AppId!.Value, uses)), portraits));
}
