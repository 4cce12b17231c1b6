using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>GET /oauth2/me — whose token it is: the person as the app knows them.</summary>
/// <remarks>Older clients take the answer out of the call of a function, and newer ones ask for <c>fmt=json</c>.</remarks>
internal sealed record Me(BearerKit Kit, UserTokens Users) : IOperationDefinition
{
    internal static readonly Rule<TokenBearer>[] Rules = BearerRules.OfUser<TokenBearer>();

    public IOperation Define() => new Operation<TokenBearer>("identity", "Me", IdentityFailures.Rows())
    {
        Methods = ["GET"],
        Source = ParameterSource.Query,
        AdmitsByRules = true,
        Read = async call => new TokenBearer(call, await Kit.ReadAsync(call), Kit.Callers, "identity.me"),
        Client = x => x.Token.AppId,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(Answer(x))),
        Gives = Given.Subject,
        Failures = IdentityFailures.OfReading,
    };

    private Answer Answer(TokenBearer x) =>
        x["fmt"] is "json" ? IdentityDialect.Ok((Users, x), Write) : IdentityDialect.Callback((Users, x), Write);

    private static void Write(DocumentWriter json, (UserTokens Users, TokenBearer Bearer) it)
    {
        var (users, x) = it;
        json.WriteString("client_id", x.App.Id.ToString());
        json.WriteString("openid", users.OpenIdOf(x.App, x.Granted.AccountId));
        if (x["unionid"] is "1")
            json.WriteString("unionid", users.UnionIdOf(x.App, x.Granted.AccountId));
    }
}
