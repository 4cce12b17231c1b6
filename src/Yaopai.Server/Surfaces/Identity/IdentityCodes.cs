using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>Codes and tokens of the sandbox.</summary>
internal sealed class IdentityCodes(
    IdentityProfile profile, SandboxParties parties, IConsentStore consents, CredentialIssuer issuer) : ISandboxCodes
{
    public string Slug => profile.Slug;

    public async Task<(SandboxCode? Code, Problem? Problem)> IssueCodeAsync(SandboxCodeRequest request, CancellationToken ct)
    {
        if (new[] { request.Nonce, request.Component, request.Phone, request.AccessType }.Any(text => text is not (null or "")))
            return (null, Problem.Invalid("nonce, component, phone, access_type: not known to this surface."));

        if (request.State is { } state && !Authorize.IsState(state))
            return (null, Problem.Invalid("state: at most 128 bytes of UTF-8."));

        if (!request.TryHashChallenge(out var challenge))
            return (null, SandboxCodeRequest.ChallengeMalformed);

        var (grant, app, problem) = await GrantAsync(request.ClientId, request.User, request.Scope, ct);
        if (problem is null && request.RedirectUri is { } uri
            && !(WebUrl.IsWellFormed(uri) && RedirectUri.IsRegistered(app!, uri, returnsState: request.State is not null)))
            problem = Problem.Invalid($"redirect_uri: {RedirectUri.WhyUnregistered(app!, uri)}.");

        if (problem is not null)
            return (null, problem);

        var terms = CodeTerms.For("", "", request.RedirectUri, challenge, isOffline: true);
        var code = issuer.Code(profile.Credentials, grant!, terms, parties.OnNow(app!));
        return (new SandboxCode(code, request.RedirectTo(code)), null);
    }

    public async Task<(SandboxTokens? Tokens, Problem? Problem)> IssueTokensAsync(SandboxTokensRequest request, CancellationToken ct)
    {
        if (request.User is null)
        {
            var (alone, missing) = await parties.FindAppAsync(request.ClientId, ct);
            return alone is null
                ? (null, missing)
                : (SandboxTokens.Of(issuer.AppTokens(profile.Credentials, alone.Id, scopes: "", parties.OnNow(alone))), null);
        }

        var (grant, app, problem) = await GrantAsync(request.ClientId, request.User, request.Scope, ct);
        return problem is not null
            ? (null, problem)
            : (SandboxTokens.Of(issuer.Tokens(
                profile.Credentials, grant!, parties.OnNow(app!), withRefreshToken: true, secretWasShown: true)), null);
    }

    /// <summary>What a person allows the app, stored beside what was allowed before, as the page of consent does.</summary>
    private async Task<(Grant? Grant, App? App, Problem? Problem)> GrantAsync(long appId, string? user, string? scope, CancellationToken ct)
    {
        var (app, account, problem) = await parties.FindAsync(appId, user, ct);
        if (app is null || account is null)
            return (null, null, problem);

        var scopes = profile.ScopesOrDefault((scope ?? "").Replace(',', ' '));
        if (SandboxParties.WhyScopesAreNotOpen(profile, app, scopes) is { } refused)
            return (null, null, refused);

        var consent = await consents.AddAsync(new Consent(account.Id, app.Id, scopes, PhoneId: null, parties.OnNow(app).Now), ct);
        return (new Grant(app.Id, consent.AccountId, issuer.NewId(), string.Join(' ', scopes)), app, null);
    }
}
