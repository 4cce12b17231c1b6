using Yaopai.Server.Gateway;
using A = Yaopai.Errors.WeLinkErrors.Auth;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>GET /api/auth/v1/userid — tells who the member is whose token is shown.</summary>
internal sealed record UserId(WeLinkKit Kit) : IOperationDefinition
{
    internal static readonly Rule<WeLinkRequest>[] Rules =
    [
        new(A.UserInfoUnavailable, x => x.Token.IsOfUser, why: _ => "the token is of an app alone"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit, Modules.Auth, "UserId", "GET", ParameterSource.Query, incoming => new WeLinkRequest(incoming), Rules,
        x => ValueTask.FromResult(UserIdAnswer.Of(x.User)));
}
