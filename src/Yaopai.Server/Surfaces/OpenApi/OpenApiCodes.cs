using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>Codes and tokens of the sandbox.</summary>
internal sealed class OpenApiCodes(
    OpenApiProfile profile, SandboxParties parties, IConsentStore consents, CredentialIssuer issuer, SessionSecrets secrets) : ISandboxCodes
{
    public string Slug => profile.Slug;

    public async Task<(SandboxCode? Code, Problem? Problem)> IssueCodeAsync(SandboxCodeRequest request, CancellationToken ct)
    {
        if (new[] { request.Nonce, request.Component, request.Phone, request.AccessType }.Any(text => text is not (null or "")))
            return (null, Problem.Invalid("nonce, component, phone, access_type: not known to this surface."));

        if (request.State is { } state && !StateFormat.IsWellFormed(state))
            return (null, Problem.Invalid("state: 1 to 4096 printable characters of ASCII."));

        if (!request.TryHashChallenge(out var challenge))
            return (null, SandboxCodeRequest.ChallengeMalformed);

        var (app, problem) = await parties.FindAppAsync(request.ClientId, ct);
        if (problem is null && request.RedirectUri is { } uri
            && !(RedirectUri.IsWellFormed(uri) && RedirectUri.IsRegistered(app!, uri, returnsState: request.State is not null)))
            problem = Problem.Invalid($"redirect_uri: {RedirectUri.WhyUnregistered(app!, uri)}.");

        if (problem is not null)
            return (null, problem);

        var on = parties.OnNow(app!);
        var scopes = profile.ScopesOrDefault(request.Scope ?? "");
        var (consent, refusal) = await ConsentAsync(app!, request.User, scopes, ct);
        if (consent is null)
            return (null, refusal);

        var terms = CodeTerms.For("", "", request.RedirectUri, challenge, isOffline: true);
        var code = issuer.Code(profile.Credentials, GrantOf(consent, scopes), terms, on);
        return (new SandboxCode(code, request.RedirectTo(code)), null);
    }

    public async Task<(SandboxTokens? Tokens, Problem? Problem)> IssueTokensAsync(SandboxTokensRequest request, CancellationToken ct)
    {
        var (app, problem) = await parties.FindAppAsync(request.ClientId, ct);
        if (app is null)
            return (null, problem);

        var on = parties.OnNow(app);
        if (request.User is not null)
        {
            var asked = profile.ScopesOrDefault(request.Scope ?? "");
            var (consent, refusal) = await ConsentAsync(app, request.User, asked, ct);
            return consent is null
                ? (null, refusal)
                : (Written(issuer.Tokens(
                    profile.Credentials, GrantOf(consent, asked), on, withRefreshToken: true, secretWasShown: !app.IsPublic)), null);
        }

        var scopes = ScopeText.Split(profile.WithSpaces(request.Scope ?? OpenApiProfile.PublicScope));
        return scopes.FirstOrDefault(scope => !profile.IsOpenToAppAlone(app, scope)) is { } refused
            ? (null, Problem.Invalid($"scope: \"{refused}\" is not for an app alone; name a user."))
            : (Written(issuer.AppTokens(profile.Credentials, app.Id, string.Join(' ', scopes), on)), null);
    }

    private SandboxTokens Written(IssuedTokens tokens) => SandboxTokens.Of(tokens, secrets.Of(tokens.SessionKey!));

    private Grant GrantOf(Consent consent, string[] scopes) =>
        new(consent.AppId, consent.AccountId, issuer.NewId(), string.Join(' ', scopes));

    /// <summary>Stored beside what was allowed before, as the page of consent does.</summary>
    private async Task<(Consent? Consent, Problem? Problem)> ConsentAsync(App app, string? user, string[] scopes, CancellationToken ct)
    {
        var (account, problem) = await parties.FindPersonAsync(user, ct);
        problem ??= SandboxParties.WhyScopesAreNotOpen(profile, app, scopes);
        if (account is null || problem is not null)
            return (null, problem);

        return (await consents.AddAsync(new Consent(account.Id, app.Id, scopes, PhoneId: null, parties.OnNow(app).Now), ct), null);
    }
}
