using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>Codes and tokens of the sandbox.</summary>
internal sealed class WeLinkCodes(
    WeLinkProfile profile, SandboxParties parties, TenantDirectory tenants, IMemberStore members, CredentialIssuer issuer,
    IOptions<WeLinkGrantOptions> lifetimes) : ISandboxCodes
{
    private static readonly string[] s_scopes = [WeLinkProfile.BackOffice, WeLinkProfile.QrSignIn, WeLinkProfile.InClient];

    public string Slug => profile.Slug;

    public async Task<(SandboxCode? Code, Problem? Problem)> IssueCodeAsync(SandboxCodeRequest request, CancellationToken ct)
    {
        string?[] foreign =
        [
            request.Nonce, request.Component, request.Phone, request.AccessType, request.CodeChallenge, request.CodeChallengeMethod,
        ];
        if (foreign.Any(text => text is not (null or "")))
            return (null, Problem.Invalid("nonce, component, phone, access_type, code_challenge: not known to this surface."));

        if (request.State is { Length: > 255 })
            return (null, Problem.Invalid("state: at most 255 characters."));

        var (grant, app, problem) = await GrantAsync(request.ClientId, request.User, request.Scope, ct);
        if (problem is null && request.RedirectUri is { } uri && !app!.RedirectUris.Contains(uri))
            problem = Problem.Invalid(
                $"redirect_uri: the app has registered {string.Join(", ", app.RedirectUris)}, and nothing may follow.");

        if (problem is not null)
            return (null, problem);

        var code = issuer.Code(
            profile.Credentials, grant!, CodeTerms.For("", "", request.RedirectUri, challengeHash: null, isOffline: false),
            parties.OnNow(app!),
            grant!.Scopes is WeLinkProfile.InClient ? lifetimes.Value.AuthCodeLifetime : null);
        return (new SandboxCode(code, request.RedirectTo(code)), null);
    }

    public async Task<(SandboxTokens? Tokens, Problem? Problem)> IssueTokensAsync(SandboxTokensRequest request, CancellationToken ct)
    {
        if (request.User is null)
        {
            var (alone, missing) = await parties.FindAppAsync(request.ClientId, ct);
            return alone is null ? (null, missing)
                : await tenants.FindHomeAsync(alone.Id, ct) is not { } home
                    ? (null, Problem.NotFound($"client_id: app {alone.Id} is at home in no tenant."))
                : (SandboxTokens.Of(issuer.AppTokens(
                    profile.Credentials, alone.Id, WeLinkProfile.OpenTo(alone), parties.OnNow(alone), home.HomeTenantId)), null);
        }

        var (grant, app, problem) = await GrantAsync(request.ClientId, request.User, request.Scope, ct);
        return problem is not null ? (null, problem)
            : (SandboxTokens.Of(issuer.Tokens(
                profile.Credentials, grant! with { Scopes = WeLinkProfile.OpenTo(app!, grant.Scopes) }, parties.OnNow(app!),
                withRefreshToken: false, secretWasShown: true)), null);
    }

    private async Task<(Grant? Grant, App? App, Problem? Problem)> GrantAsync(long appId, string? user, string? scope, CancellationToken ct)
    {
        var (app, account, problem) = await parties.FindAsync(appId, user, ct);
        if (app is null || account is null)
            return (null, null, problem);

        if (await members.FindByAccountAsync(account.Id, ct) is not { IsClosed: false } member
            || await tenants.FindSubscriptionAsync(member.TenantId, app.Id, ct) is null)
            return (null, null,
                new Problem(403, "The person cannot sign in",
                    $"user: \"{account.Name}\" is no open member of a tenant that has app {app.Id}."));

        var asked = scope is null or "" ? profile.DefaultScope : scope;
        return s_scopes.Contains(asked)
            ? (new Grant(app.Id, account.Id, issuer.NewId(), asked) { TenantId = member.TenantId }, app, null)
            : (null, null, Problem.Invalid($"scope: \"{asked}\" is not known. One of: {string.Join(' ', s_scopes)}."));
    }
}
