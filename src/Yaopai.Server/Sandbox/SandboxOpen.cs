using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Sandbox;

/// <summary>What signing in and consenting would give at the Open API, without a browser: a real consent, and a real code or tokens.</summary>
internal sealed class SandboxOpen(IAppStore apps, IAccountStore accounts, IConsentStore consents, OpenIssuer issuer, IAppClock clock, TimeProvider time)
{
    /// <param name="User">Nobody for tokens of the app alone.</param>
    internal sealed record TokensRequest(string? Surface, long ClientId, string? User, string? Scope);

    public async Task<(SandboxAuthorize.Code? Code, Problem? Problem)> AuthorizeAsync(SandboxAuthorize.Request request, CancellationToken ct)
    {
        if (new[] { request.Nonce, request.Component, request.Phone, request.AccessType }.Any(text => text is not (null or "")))
            return (null, Problem.Invalid("nonce, component, phone, access_type: not known to this surface."));

        if (request.State is { Length: > 512 })
            return (null, Problem.Invalid("state: at most 512 characters."));

        var method = request.CodeChallengeMethod ?? "";
        if (!CodeChallenge.IsMethod(method) || !CodeChallenge.TryHash(request.CodeChallenge ?? "", method, out var challenge))
            return (null, Problem.Invalid("code_challenge: 43 characters of base64url for S256, 43 to 128 for plain; code_challenge_method: S256 or plain."));

        var (app, problem) = await FindAsync(request.ClientId, ct);
        if (problem is null && request.RedirectUri is { } uri && !(RedirectUri.IsWellFormed(uri) && RedirectUri.IsRegistered(app!.RedirectUris, uri)))
            problem = Problem.Invalid($"redirect_uri: the app has registered {string.Join(", ", app!.RedirectUris)} (a query may follow).");

        if (problem is not null)
            return (null, problem);

        var validSince = time.GetUtcNow();
        var scopes = Scopes.Split(request.Scope ?? OpenScopes.Default);
        var (consent, refusal) = await ConsentAsync(app!, request.User, scopes, ct);
        if (consent is null)
            return (null, refusal);

        var terms = CodeTerms.For("", "", request.RedirectUri, challenge, isOffline: true);
        var code = issuer.Code(consent, string.Join(' ', scopes), terms, validSince);
        return (new SandboxAuthorize.Code(code, SandboxAuthorize.RedirectTo(request, code)), null);
    }

    public async Task<(OpenTokens? Tokens, Problem? Problem)> TokensAsync(TokensRequest request, CancellationToken ct)
    {
        if (request.Surface is not "open")
            return (null, Problem.Invalid("surface: \"open\" is the only one whose tokens are given out without a code."));

        var (app, problem) = await FindAsync(request.ClientId, ct);
        if (app is null)
            return (null, problem);

        var validSince = time.GetUtcNow();
        if (request.User is not null)
        {
            var asked = Scopes.Split(request.Scope ?? OpenScopes.Default);
            var (consent, refusal) = await ConsentAsync(app, request.User, asked, ct);
            return consent is null ? (null, refusal) : (issuer.Tokens(consent, string.Join(' ', asked), isOffline: true, validSince), null);
        }

        var scopes = Scopes.Split(request.Scope ?? OpenScopes.Public);
        return scopes.FirstOrDefault(scope => !OpenScopes.IsOpenToAppAlone(app, scope)) is { } refused
            ? (null, Problem.Invalid($"scope: \"{refused}\" is not for an app alone; name a user."))
            : (issuer.AppTokens(app.Id, string.Join(' ', scopes), validSince), null);
    }

    private async Task<(App? App, Problem? Problem)> FindAsync(long clientId, CancellationToken ct) =>
        await apps.FindAsync(clientId, ct) is { IsEnabled: true } app
            ? (app, null)
            : (null, Problem.NotFound($"client_id: there is no enabled app {clientId}. GET /sandbox lists the demo apps."));

    /// <summary>Stored beside what was allowed before, as the page of consent does.</summary>
    private async Task<(Consent? Consent, Problem? Problem)> ConsentAsync(App app, string? user, string[] scopes, CancellationToken ct)
    {
        if (await accounts.FindByNameAsync(user ?? "", ct) is not { } account)
            return (null, Problem.NotFound($"user: there is nobody called \"{user}\". GET /sandbox lists the demo users."));

        if (account.DisabledAt is not null)
            return (null, new Problem(403, "The person cannot sign in", $"user: the account \"{account.Name}\" is locked or recycled."));

        if (scopes.FirstOrDefault(scope => !OpenScopes.IsOpenTo(app, scope)) is { } refused)
        {
            var known = string.Join(' ', OpenScopes.All.Select(scope => scope.Name).Where(scope => OpenScopes.IsOpenTo(app, scope)));
            return (null, Problem.Invalid($"scope: \"{refused}\" is not for this app. It may ask for: {known}."));
        }

        return (await consents.AddAsync(new Consent(account.Id, app.Id, scopes, PhoneId: null, clock.NowFor(app.Id)), ct), null);
    }
}
