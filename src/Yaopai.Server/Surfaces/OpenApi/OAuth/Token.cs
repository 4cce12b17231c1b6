using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/token — trades what a person or an app can show for tokens.</summary>
internal static partial class Token
{
    private static readonly Rule<Request>[] s_opening =
    [
        new(E.RequestMalformed,           x => x["grant_type"] is not ""),
        new(E.GrantTypeUnsupported,       x => x.GrantType is not null),
        new(E.RequestMalformed,           x => x["client_id"] is not ""),
        new(E.RequestMalformed,           x => OAuthFormats.IsSecret(x["client_secret"]) || (x["client_secret"] is "" && x.IsPublicClient)),
    ];

    // Nothing of a code or token is told before the caller has proved who it is.
    private static readonly Rule<Request>[] s_proof =
    [
        new(E.ClientAuthenticationFailed, x => x.App is not null),
        new(E.ClientAuthenticationFailed, x => x.App!.IsPublic ? x["client_secret"] is "" : ClientSecret.Matches(x.App!, x["client_secret"])),
        new(E.GrantTypeForbidden,         x => x.App!.MayUse(x.GrantType!)),
        new(Api.CallsThrottled,           x => x.IsPublicClient || x.IsWithinQuota()), // whoever names a public app has proved nothing yet
    ];

    internal static readonly Rule<Request>[] AuthorizationCode =
    [
        .. s_opening,
        new(E.RequestMalformed,           x => x["code"] is not "" && x["redirect_uri"] is not ""),
        new(E.RequestMalformed,           x => x["code_verifier"] is "" || OAuthFormats.CodeVerifier.IsMatch(x["code_verifier"])),
        .. s_proof,
        new(E.RedirectUriMismatch,        x => RedirectUri.IsRegistered(x.App!.RedirectUris, x["redirect_uri"])),
        new(E.GrantInvalid,               x => x.OpenCodeAsync(CredentialKind.Code)),
        new(E.GrantInvalid,               x => x.Code.AppId == x.App!.Id),
        new(E.GrantInvalid,               x => !x.Code.IsExpiredAt(x.Now)),
        new(Api.CallsThrottled,           x => !x.IsPublicClient || !x.VerifierMatches || x.IsWithinQuota()),
        new(E.GrantInvalid,               x => x.ClaimCodeAsync()),
        new(E.GrantInvalid,               x => x.GrantHolds && x.RedirectUriMatches && x.VerifierMatches),
    ];

    internal static readonly Rule<Request>[] RefreshToken =
    [
        .. s_opening,
        new(E.RequestMalformed,           x => x["refresh_token"] is not ""),
        .. s_proof,
        new(E.GrantInvalid,               x => x.OpenRefreshTokenAsync()),
        new(E.GrantInvalid,               x => x.Code.AppId == x.App!.Id),
        new(E.RefreshTokenExpired,        x => !x.Code.IsExpiredAt(x.Now)),
        new(E.RefreshTokenExpired,        x => x.IsUnusedAsync()),
        new(E.GrantInvalid,               x => x.GrantHolds),
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.Scopes.All(x.Code.Covers)),
        new(Api.CallsThrottled,           x => !x.IsPublicClient || x.IsWithinQuota()),
        new(E.RefreshTokenExpired,        x => x.ClaimRefreshTokenAsync()),
    ];

    internal static readonly Rule<Request>[] ClientCredentials =
    [
        .. s_opening,
        .. s_proof,
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.Scopes.All(scope => OpenScopes.IsOpenToAppAlone(x.App!, scope))),
    ];

    internal static readonly Rule<Request>[] Password =
    [
        .. s_opening,
        new(E.RequestMalformed,           x => OAuthFormats.IsSecret(x["username"]) && OAuthFormats.IsSecret(x["password"])),
        .. s_proof,
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.Scopes.All(scope => OpenScopes.IsOpenTo(x.App!, scope))),
        new(E.AccessDenied,               x => x.MaySignInAsync()),
        new(E.ClientAuthenticationFailed, x => x.Person is not null),
    ];

    internal static readonly Rule<Request>[] DeviceToken =
    [
        .. s_opening,
        new(E.RequestMalformed,           x => x["code"] is not ""),
        .. s_proof,
        new(E.GrantInvalid,               x => x.OpenCodeAsync(CredentialKind.DeviceCode)),
        new(E.GrantInvalid,               x => x.Code.AppId == x.App!.Id),
        new(E.RefreshTokenExpired,        x => !x.Code.IsExpiredAt(x.Now)), // RFC 8628 calls it expired_token, and so does the number
        new(Api.CallsThrottled,           x => !x.IsPublicClient || x.IsWithinQuota()),
        new(E.GrantInvalid,               x => x.PollAsync()),
        new(E.GrantInvalid,               x => x.IsPolledInTime),           // said as slow_down
        new(E.GrantInvalid,               x => x.IsAnswered),               // said as authorization_pending
        new(E.AccessDenied,               x => x.Device!.State is not DeviceState.Denied),
        new(E.GrantInvalid,               x => x.ClaimDeviceAsync()),
        new(E.GrantInvalid,               x => x.GrantHolds),
    ];

    public static Operation<Request> Operation(Services services) => new("open", "Token", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        Admission = services.Admission,
        Read = call => ValueTask.FromResult(new Request(call, services)),
        Client = x => ApiRequest.ClientId(x["client_id"]),
        RuleLists = [AuthorizationCode, RefreshToken, ClientCredentials, Password, DeviceToken],
        Choose = x => x.GrantType switch
        {
            OpenGrants.Refresh => RefreshToken,
            OpenGrants.AppAlone => ClientCredentials,
            OpenGrants.Password => Password,
            OpenGrants.Device => DeviceToken,
            _ => AuthorizationCode, // its first lines refuse what is none of the five
        },
        Refuse = (x, error) => error == E.GrantInvalid && x.WaitName is { } name ? OpenApiDialect.Refusal(error, name) : Answer.Refusal(error),
        Answer = x => x.AnswerAsync(),
        Failures = OpenApiFailures.OfOAuth,
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(
        Admission Admission, IAppClock Clock, Quotas Quotas, OpenCredentials Credentials, CredentialReader Reader, IGrantStore Grants, IConsentStore Consents,
        CodeUse Codes, RefreshTokenUse RefreshTokens, DeviceAuthorizations Devices, SignIn SignIn, OpenIssuer Issuer);
}
