using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>Codes and tokens of the sandbox.</summary>
internal sealed class IdentityCodes(
    IdentityProfile profile, IAppStore apps, IAccountStore accounts, IConsentStore consents, CredentialIssuer issuer, IAppClock clock,
    TimeProvider time) : ISandboxCodes
{
    public string Slug => profile.Slug;

    public Func<SandboxTokensRequest, CancellationToken, Task<(SandboxTokens? Tokens, Problem? Problem)>>? IssueTokensAsync => TokensAsync;

    public async Task<(SandboxCode? Code, Problem? Problem)> IssueCodeAsync(SandboxCodeRequest request, CancellationToken ct)
    {
        if (new[] { request.Nonce, request.Component, request.Phone, request.AccessType }.Any(text => text is not (null or "")))
            return (null, Problem.Invalid("nonce, component, phone, access_type: not known to this surface."));

        if (request.State is { } state && !Authorize.IsState(state))
            return (null, Problem.Invalid("state: at most 128 bytes of UTF-8."));

        var method = request.CodeChallengeMethod ?? "";
        if (!CodeChallenge.IsMethod(method) || !CodeChallenge.TryHash(request.CodeChallenge ?? "", method, out var challenge))
            return (null, Problem.Invalid(
                "code_challenge: 43 characters of base64url for S256, 43 to 128 for plain; code_challenge_method: S256 or plain."));

        var (grant, app, problem) = await GrantAsync(request.ClientId, request.User ?? "", request.Scope, ct);
        if (problem is null && request.RedirectUri is { } uri
            && !(WebUrl.IsWellFormed(uri) && RedirectUri.IsRegistered(app!.RedirectUris, uri)))
            problem = Problem.Invalid($"redirect_uri: the app has registered {string.Join(", ", app!.RedirectUris)} (a query may follow).");

        if (problem is not null)
            return (null, problem);

        var terms = CodeTerms.For("", "", request.RedirectUri, challenge, isOffline: true);
        var code = issuer.Code(profile.Credentials, grant!, terms, OnNow(app!));
        return (new SandboxCode(code, request.RedirectTo(code)), null);
    }

    private async Task<(SandboxTokens? Tokens, Problem? Problem)> TokensAsync(SandboxTokensRequest request, CancellationToken ct)
    {
        if (request.User is null)
            return await FindAsync(request.ClientId, ct) is { } alone
                ? (Written(issuer.AppTokens(profile.Credentials, alone.Id, scopes: "", OnNow(alone))), null)
                : (null, NoSuchApp(request.ClientId));

        var (grant, app, problem) = await GrantAsync(request.ClientId, request.User, request.Scope, ct);
        return problem is not null
            ? (null, problem)
            : (Written(issuer.Tokens(profile.Credentials, grant!, OnNow(app!), withRefreshToken: true, secretWasShown: true)), null);
    }

    private static SandboxTokens Written(IssuedTokens tokens) => new(
        tokens.AccessToken, (long)tokens.Lifetime.TotalSeconds, tokens.RefreshToken, tokens.Scopes, SessionKey: null, SessionSecret: null);

    private IssuedOn OnNow(App app) => new(time.GetUtcNow(), clock.NowFor(app.Id));

    private async Task<App?> FindAsync(long id, CancellationToken ct) =>
        await apps.FindAsync(id, ct) is { IsEnabled: true } app ? app : null;

    private static Problem NoSuchApp(long id) =>
        Problem.NotFound($"client_id: there is no enabled app {id}. GET /sandbox lists the demo apps.");

    /// <summary>What a person allows the app, stored beside what was allowed before, as the page of consent does.</summary>
    private async Task<(Grant? Grant, App? App, Problem? Problem)> GrantAsync(long appId, string user, string? scope, CancellationToken ct)
    {
        if (await FindAsync(appId, ct) is not { } app)
            return (null, null, NoSuchApp(appId));

        if (await accounts.FindByNameAsync(user, ct) is not { } account)
            return (null, null, Problem.NotFound($"user: there is nobody called \"{user}\". GET /sandbox lists the demo users."));

        if (!account.MaySignIn)
            return (null, null,
                new Problem(403, "The person cannot sign in", $"user: the account \"{account.Name}\" is locked or recycled."));

        var scopes = profile.ScopesOrDefault((scope ?? "").Replace(',', ' '));
        if (scopes.FirstOrDefault(name => !profile.IsOpenTo(app, name)) is { } refused)
        {
            var known = string.Join(' ', profile.Scopes.Select(one => one.Name).Where(name => profile.IsOpenTo(app, name)));
            return (null, null, Problem.Invalid($"scope: \"{refused}\" is not for this app. It may ask for: {known}."));
        }

        var consent = await consents.AddAsync(new Consent(account.Id, app.Id, scopes, PhoneId: null, clock.NowFor(app.Id)), ct);
        return (new Grant(app.Id, consent.AccountId, issuer.NewId(), string.Join(' ', scopes)), app, null);
    }
}
