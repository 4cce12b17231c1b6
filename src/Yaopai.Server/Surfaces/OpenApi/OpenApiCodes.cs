using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>Codes and tokens of the sandbox.</summary>
internal sealed class OpenApiCodes(
    OpenApiProfile profile, IAppStore apps, IAccountStore accounts, IConsentStore consents, CredentialIssuer issuer, SessionSecrets secrets,
    IAppClock clock,
    TimeProvider time) : ISandboxCodes
{
    public string Slug => profile.Slug;

    public Func<SandboxTokensRequest, CancellationToken, Task<(SandboxTokens? Tokens, Problem? Problem)>>? IssueTokensAsync => TokensAsync;

    public async Task<(SandboxCode? Code, Problem? Problem)> IssueCodeAsync(SandboxCodeRequest request, CancellationToken ct)
    {
        if (new[] { request.Nonce, request.Component, request.Phone, request.AccessType }.Any(text => text is not (null or "")))
            return (null, Problem.Invalid("nonce, component, phone, access_type: not known to this surface."));

        if (request.State is { Length: > 512 })
            return (null, Problem.Invalid("state: at most 512 characters."));

        var method = request.CodeChallengeMethod ?? "";
        if (!CodeChallenge.IsMethod(method) || !CodeChallenge.TryHash(request.CodeChallenge ?? "", method, out var challenge))
            return (null, Problem.Invalid(
                "code_challenge: 43 characters of base64url for S256, 43 to 128 for plain; code_challenge_method: S256 or plain."));

        var (app, problem) = await FindAsync(request.ClientId, ct);
        if (problem is null && request.RedirectUri is { } uri
            && !(RedirectUri.IsWellFormed(uri) && RedirectUri.IsRegistered(app!.RedirectUris, uri)))
            problem = Problem.Invalid($"redirect_uri: the app has registered {string.Join(", ", app!.RedirectUris)} (a query may follow).");

        if (problem is not null)
            return (null, problem);

        var on = OnNow(app!);
        var scopes = ScopeText.Split(request.Scope ?? profile.DefaultScope);
        var (consent, refusal) = await ConsentAsync(app!, request.User, scopes, ct);
        if (consent is null)
            return (null, refusal);

        var terms = CodeTerms.For("", "", request.RedirectUri, challenge, isOffline: true);
        var code = issuer.Code(profile.Credentials, GrantOf(consent, scopes), terms, on);
        return (new SandboxCode(code, request.RedirectTo(code)), null);
    }

    private async Task<(SandboxTokens? Tokens, Problem? Problem)> TokensAsync(SandboxTokensRequest request, CancellationToken ct)
    {
        var (app, problem) = await FindAsync(request.ClientId, ct);
        if (app is null)
            return (null, problem);

        var on = OnNow(app);
        if (request.User is not null)
        {
            var asked = ScopeText.Split(request.Scope ?? profile.DefaultScope);
            var (consent, refusal) = await ConsentAsync(app, request.User, asked, ct);
            return consent is null
                ? (null, refusal)
                : (Written(issuer.Tokens(
                    profile.Credentials, GrantOf(consent, asked), on, withRefreshToken: true, secretWasShown: !app.IsPublic)), null);
        }

        var scopes = ScopeText.Split(request.Scope ?? OpenApiProfile.PublicScope);
        return scopes.FirstOrDefault(scope => !profile.IsOpenToAppAlone(app, scope)) is { } refused
            ? (null, Problem.Invalid($"scope: \"{refused}\" is not for an app alone; name a user."))
            : (Written(issuer.AppTokens(profile.Credentials, app.Id, string.Join(' ', scopes), on)), null);
    }

    private SandboxTokens Written(IssuedTokens tokens) => new(
        tokens.AccessToken, (long)tokens.Lifetime.TotalSeconds, tokens.RefreshToken, tokens.Scopes, tokens.SessionKey,
        secrets.Of(tokens.SessionKey!));

    private IssuedOn OnNow(App app) => new(time.GetUtcNow(), clock.NowFor(app.Id));

    private Grant GrantOf(Consent consent, string[] scopes) =>
        new(consent.AppId, consent.AccountId, issuer.NewId(), string.Join(' ', scopes));

    private async Task<(App? App, Problem? Problem)> FindAsync(long clientId, CancellationToken ct) =>
        await apps.FindAsync(clientId, ct) is { IsEnabled: true } app
            ? (app, null)
            : (null, Problem.NotFound($"client_id: there is no enabled app {clientId}. GET /sandbox lists the demo apps."));

    /// <summary>Stored beside what was allowed before, as the page of consent does.</summary>
    private async Task<(Consent? Consent, Problem? Problem)> ConsentAsync(App app, string? user, string[] scopes, CancellationToken ct)
    {
        if (await accounts.FindByNameAsync(user ?? "", ct) is not { } account)
            return (null, Problem.NotFound($"user: there is nobody called \"{user}\". GET /sandbox lists the demo users."));

        if (!account.MaySignIn)
            return (null, new Problem(403, "The person cannot sign in", $"user: the account \"{account.Name}\" is locked or recycled."));

        if (scopes.FirstOrDefault(scope => !profile.IsOpenTo(app, scope)) is { } refused)
        {
            var known = string.Join(' ', profile.Scopes.Select(scope => scope.Name).Where(scope => profile.IsOpenTo(app, scope)));
            return (null, Problem.Invalid($"scope: \"{refused}\" is not for this app. It may ask for: {known}."));
        }

        return (await consents.AddAsync(new Consent(account.Id, app.Id, scopes, PhoneId: null, clock.NowFor(app.Id)), ct), null);
    }
}
