using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>friends/getFriends — whom the person has for friends, page by page.</summary>
internal sealed record GetFriends(ApiAdmission Admission, IFriendStore Friends, PortraitTokens Portraits) : IOperationDefinition
{
    public IOperation Define() => Admission.Operation(
        new ApiMethod("GetFriends", Audience.Users, Scope: "basic") { Parameters = FriendPage.Parameters }, FriendPage.Rules,
        (call, caller) => new FriendPage(call, caller),
        async x => x.Answer(await x.ReadAsync(Friends), Portraits));
}
