using Yaopai.Server.Accounts;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Grants;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/token — trades what a person or an app can show for tokens.</summary>
internal sealed record Token(
    GrantKit Kit, OpenApiProfile Profile, SignIn SignIn, IConsentStore Consents, HybridClock Clock, SessionSecrets Secrets)
    : IOperationDefinition
{
    public const string Path = "/oauth/2.0/token";

    private static Rule<T>[] Opening<T>() where T : TokenRequest =>
    [
        new(E.RequestMalformed,           x => x["grant_type"] is not ""),
        new(E.GrantTypeUnsupported,
            x => x["grant_type"] is not OpenApiGrantTypes.Implicit && OpenApiGrantTypes.Types.All.Contains(x["grant_type"])),
        new(E.RequestMalformed,           x => !x.Client.IsTwofold,
            why: _ => "an Authorization: Basic header cannot be read, or client_secret or another client_id came beside it"),
        new(E.RequestMalformed,           x => x.Client.Id is not ""),
        new(E.RequestMalformed,           x => OAuthFormats.IsSecret(x.Secret) || (x.Secret is "" && x.IsPublicClient)),
    ];

    // Nothing of a code or token is told before the caller has proved who it is.
    private static Rule<T>[] Proof<T>() where T : TokenRequest =>
    [
        new(E.ClientAuthenticationFailed, x => x.App is not null),
        new(E.ClientAuthenticationFailed, x => x.App!.IsPublic ? x.Secret is "" : x.SecretMatches,
            why: x => x.WhySecretIsWrong()),
        new(E.GrantTypeForbidden,         x => OpenApiGrantTypes.MayUse(x.App!, x["grant_type"])),
        // a request that names a public app has proved nothing yet
        new(Api.CallsThrottled,           x => x.IsPublicClient || x.IsWithinQuota()),
    ];

    internal static readonly Rule<CodeGrant>[] AuthorizationCode =
    [
        .. Opening<CodeGrant>(),
        new(E.RequestMalformed,           x => x["code"] is not "" && x["redirect_uri"] is not ""),
        new(E.RequestMalformed,           x => x["code_verifier"] is "" || CodeVerifier.IsWellFormed(x["code_verifier"])),
        .. Proof<CodeGrant>(),
        new(E.RedirectUriMismatch,        x => RedirectUri.IsRegistered(x.App!, x["redirect_uri"], returnsState: false),
                                          why: x => RedirectUri.WhyUnregistered(x.App!, x["redirect_uri"])),
        new(E.GrantInvalid,               x => x.ReadCodeAsync()),
        new(E.GrantInvalid,               x => x.IsOfClient,         why: x => x.WhyOfAnotherClient()),
        new(E.GrantInvalid,               x => !x.IsExpired,         why: x => x.WhyExpired()),
        Rule.Claim<CodeGrant>(E.GrantInvalid, x => x.IsUnusedAsync(), x => x.TryUseAsync(), why: _ => "the code was used before"),
        Rule.ClaimWhere<CodeGrant>(Api.CallsThrottled, x => x.IsPublicClient, x => x.IsWithinQuota()),
        new(E.GrantInvalid,               x => x.GrantHoldsAsync(),
            why: _ => "the consent was withdrawn, or everything of the user was revoked"),
        new(E.GrantInvalid,               x => x.RedirectUriMatches, why: _ => "redirect_uri is another one than authorize was asked with"),
        new(E.GrantInvalid,               x => x.VerifierMatches,    why: x => x.WhyVerifierIsWrong()),
    ];

    internal static readonly Rule<RefreshTokenGrant>[] RefreshToken =
    [
        .. Opening<RefreshTokenGrant>(),
        new(E.RequestMalformed,           x => x["refresh_token"] is not ""),
        .. Proof<RefreshTokenGrant>(),
        new(E.GrantInvalid,               x => x.ReadAsync(),        why: x => $"{x.Result}"),
        new(E.GrantInvalid,               x => x.IsOfClient),
        new(E.RefreshTokenExpired,        x => !x.IsExpired,         why: x => x.WhyExpired()),
        Rule.Claim<RefreshTokenGrant>(
            E.RefreshTokenExpired, x => x.IsUnusedAsync(), x => x.TryUseAsync(), why: _ => "the refresh token was used before"),
        new(E.GrantInvalid,               x => x.GrantHoldsAsync(),  why: _ => "the consent was withdrawn, or the grant was revoked"),
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.ScopesAreGranted, why: x => x.WhyScopesAreWrong()),
        Rule.ClaimWhere<RefreshTokenGrant>(Api.CallsThrottled, x => x.IsPublicClient, x => x.IsWithinQuota()),
    ];

    internal static readonly Rule<AppGrant>[] ClientCredentials =
    [
        .. Opening<AppGrant>(),
        .. Proof<AppGrant>(),
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.ScopesAreOpen),
    ];

    internal static readonly Rule<PasswordGrant>[] Password =
    [
        .. Opening<PasswordGrant>(),
        new(E.RequestMalformed,           x => OAuthFormats.IsSecret(x["username"]) && OAuthFormats.IsSecret(x["password"])),
        .. Proof<PasswordGrant>(),
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.ScopesAreOpen),
        new(E.AccessDenied,               x => x.MaySignInAsync()),
        new(E.ClientAuthenticationFailed, x => x.Account is not null),
    ];

    internal static readonly Rule<DeviceGrant>[] DeviceToken =
    [
        .. Opening<DeviceGrant>(),
        new(E.RequestMalformed,           x => x["code"] is not ""),
        .. Proof<DeviceGrant>(),
        new(E.GrantInvalid,               x => x.ReadDeviceCodeAsync()),
        new(E.GrantInvalid,               x => x.IsOfClient),
        // RFC 8628 calls it expired_token, and so does the number
        new(E.RefreshTokenExpired,        x => !x.IsExpired,         why: x => x.WhyExpired()),
        new(Api.CallsThrottled,           x => !x.IsPublicClient || x.IsWithinQuota()),
        new(E.GrantInvalid,               x => x.PollAsync()),
        new(E.GrantInvalid,               x => x.IsPolledInTime),    // said as slow_down
        new(E.GrantInvalid,               x => x.IsAnswered),        // said as authorization_pending
        new(E.AccessDenied,               x => x.Device!.State is not DeviceState.Denied),
        Rule.Claim<DeviceGrant>(E.GrantInvalid, x => x.IsUntakenAsync(), x => x.TryTakeAsync(), why: _ => "the tokens were taken before"),
        new(E.GrantInvalid,               x => x.GrantHoldsAsync()),
    ];

    public IOperation Define() => new Operation<Call>("open", "Token", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        Readers = Readers.NamedPages,
        Read = ValueTask.FromResult,
        Client = call => ClientId.Parse(ClientProof.Of(call, Profile.TakesBasic).Id),
        Rules = RuleLists.Alternatives(
            call => call.Parameters["grant_type"],
            Alternative<Call>.Of(
                OpenApiGrantTypes.Code, call => new CodeGrant(call, Kit, Profile), AuthorizationCode, x => Answer(x.Issue())),
            Alternative<Call>.Of(
                OpenApiGrantTypes.Refresh, call => new RefreshTokenGrant(call, Kit, Profile), RefreshToken, x => Answer(x.Issue())),
            Alternative<Call>.Of(
                OpenApiGrantTypes.AppAlone, call => new AppGrant(call, Kit, Profile), ClientCredentials, x => Answer(x.Issue())),
            Alternative<Call>.Of(
                OpenApiGrantTypes.Password, call => new PasswordGrant(call, Kit, Profile, SignIn, Consents, Clock), Password,
                async x => await Answer(await x.IssueAsync())),
            Alternative<Call>.Of(
                OpenApiGrantTypes.Device, call => new DeviceGrant(call, Kit, Profile), DeviceToken, x => Answer(x.Issue()), Refuse)),
        Gives = Given.Tokens | Given.TokenType,
        Failures = OpenApiFailures.OfOAuth,
    };

    private ValueTask<Answer> Answer(IssuedTokens tokens) => ValueTask.FromResult(OpenApiDialect.Tokens(tokens, Secrets));

    /// <summary>A device that has to go on asking is refused by the names of RFC 8628 §3.5.</summary>
    private static Answer Refuse(DeviceGrant x, Refusal refusal) => refusal.Error != E.GrantInvalid || x.Device is null
        ? Gateway.Answer.Refusal(refusal)
            : !x.IsPolledInTime ? OpenApiDialect.Refusal(refusal, "slow_down")
            : !x.IsAnswered ? OpenApiDialect.Refusal(refusal, "authorization_pending")
            : Gateway.Answer.Refusal(refusal);

    /// <summary>An app that asks for itself.</summary>
    internal sealed class AppGrant(Call call, GrantKit kit, OpenApiProfile profile) : ClientCredentialsGrant(call, kit, profile)
    {
        private string[]? _scopes;

        public string[] Scopes =>
            _scopes ??= ScopeText.Split(this["scope"] is "" ? OpenApiProfile.PublicScope : profile.WithSpaces(this["scope"]));

        public bool ScopesAreOpen => Array.TrueForAll(Scopes, scope => profile.IsOpenToAppAlone(App!, scope));

        public IssuedTokens Issue() => Issue(string.Join(' ', Scopes));
    }
}
