using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Grants;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>GET or POST /oauth2/client_token — gives an app a token of its own.</summary>
internal sealed record ClientToken(GrantKit Kit, CallerKit Callers, IdentityProfile Profile) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. AppRules.Named<Request>(),
        .. AppRules.ShowsSecret<Request>(),
        new(E.GrantTypeMissing,     x => x["grant_type"] is not ""),
        new(E.GrantTypeUnsupported, x => x["grant_type"] is IdentityGrantTypes.AppAloneHere or IdentityGrantTypes.AppAlone),
        .. AppRules.Proof<Request>(IdentityGrantTypes.AppAlone),
    ];

    public IOperation Define() => new Operation<Request>("identity", "ClientToken", IdentityFailures.Rows())
    {
        Methods = ["GET", "POST"],
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.Caller.AppId),
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(IdentityDialect.Ok(x.Issue(scopes: ""), static (json, tokens) =>
        {
            json.WriteString("access_token", tokens.AccessToken);
            json.WriteNumber("expires_in", (long)tokens.Lifetime.TotalSeconds);
        }))),
        Gives = Given.Tokens,
        Failures = IdentityFailures.OfApps,
    };

    internal sealed class Request(Call call, ClientToken operation)
        : ClientCredentialsGrant(call, operation.Kit, operation.Profile), IAppRequest
    {
        public AppCaller Caller { get; } = new(call, operation.Callers, "identity.clientToken");

        public override string Secret => Caller.Secret;
    }
}
