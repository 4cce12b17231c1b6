using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Grants;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>GET or POST /oauth2/access_token — trades the code of a person who signed in for tokens.</summary>
internal sealed record AccessToken(GrantKit Kit, CallerKit Callers, IdentityProfile Profile, UserTokens Tokens) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. AppRules.Named<Request>(),
        .. AppRules.ShowsSecret<Request>(),
        new(E.GrantTypeMissing,       x => x["grant_type"] is not ""),
        new(E.CodeMissing,            x => x["code"] is not ""),
        new(E.GrantTypeUnsupported,   x => x["grant_type"] is IdentityGrantTypes.Code),
        .. AppRules.Proof<Request>(IdentityGrantTypes.Code),
        new(E.CodeInvalid,            x => x.ReadCodeAsync(),      why: _ => "the code is none of this platform"),
        new(E.CodeInvalid,            x => x.IsOfClient,           why: x => x.WhyOfAnotherClient()),
        new(E.CodeExpired,            x => !x.IsExpired,           why: x => x.WhyExpired()),
        Rule.Claim<Request>(E.CodeInvalid, x => x.IsUnusedAsync(), x => x.TryUseAsync(), why: _ => "the code was used before"),
        new(E.CodeInvalid,            x => x.GrantHoldsAsync(),
            why: _ => "the consent was withdrawn, or everything of the user was revoked"),
        // clients of this family of platforms leave it out
        new(E.RedirectUriUnregistered, x => x["redirect_uri"] is "" || x.RedirectUriMatches,
            why: _ => "redirect_uri is another one than authorize was asked with"),
        new(E.CodeInvalid,            x => x.VerifierMatches,      why: x => x.WhyVerifierIsWrong()),
    ];

    public IOperation Define() => new Operation<Request>("identity", "AccessToken", IdentityFailures.Rows())
    {
        Methods = ["GET", "POST"],
        Readers = Readers.NamedPages,
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.Caller.AppId),
        Rules = RuleLists.One(
            Rules, x => ValueTask.FromResult(Tokens.Of(x.App!, x.Code.AccountId, x.Issue()))),
        Gives = Given.Tokens,
        Failures = IdentityFailures.OfApps,
    };

    internal sealed class Request(Call call, AccessToken operation) : CodeGrant(call, operation.Kit, operation.Profile), IAppRequest
    {
        public AppCaller Caller { get; } = new(call, operation.Callers, "identity.accessToken");

        public override string Secret => Caller.Secret;
    }
}
