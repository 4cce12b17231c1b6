using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>Codes of the sandbox, with all that a page of this platform could add to one.</summary>
internal sealed class HuaweiAccountCodes(
    HuaweiAccountProfile profile, SandboxParties parties, IConsentStore consents, CredentialIssuer issuer) : ISandboxCodes
{
    public string Slug => profile.Slug;

    public async Task<(SandboxCode? Code, Problem? Problem)> IssueCodeAsync(SandboxCodeRequest request, CancellationToken ct)
    {
        var (app, account, problem) = await parties.FindAsync(request.ClientId, request.User, ct);
        if (app is null || account is null)
            return No(problem!);

        if (request.RedirectUri is { } uri
            && !(RedirectUri.IsWellFormed(uri) && RedirectUri.IsRegistered(app, uri, returnsState: request.State is not null)))
            return No(Problem.Invalid($"redirect_uri: {RedirectUri.WhyUnregistered(app, uri)}."));

        var scopes = ScopeText.Split(request.Scope ?? profile.DefaultScope);
        if (WhyNotOpen(app, scopes) is { } refused)
            return No(refused);

        if (!request.TryHashChallenge(out var challenge))
            return No(SandboxCodeRequest.ChallengeMalformed);

        if ((request.Nonce is { } nonce && !StateFormat.IsNonce(nonce)) || (request.State is { } state && !StateFormat.IsWellFormed(state)))
            return No(Problem.Invalid("state: 1 to 4096 printable characters of ASCII; nonce: 1 to 255 of them."));

        if (request.AccessType is not (null or "" or "online" or "offline"))
            return No(Problem.Invalid("access_type: \"offline\" (by default), or \"online\" for no refresh token."));

        if (request.Component is not (null or "" or HuaweiAccountProfile.QuickLogin))
            return No(Problem.Invalid("component: \"quickLogin\" or nothing."));

        if (!TryChoosePhone(request, scopes, account, out var phone))
            return No(Problem.Invalid("phone: \"none\", or a national number that the person has."));

        var on = parties.OnNow(app);
        var grant = await GrantAsync(app, account, scopes, phone, on, ct);
        var terms = CodeTerms.For(
            request.Component ?? "", request.Nonce ?? "", request.RedirectUri, challenge, isOffline: request.AccessType is not "online");
        var code = issuer.Code(profile.Credentials, grant, terms, on);
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

        var (app, account, problem) = await parties.FindAsync(request.ClientId, request.User, ct);
        if (app is null || account is null)
            return (null, problem);

        var scopes = ScopeText.Split(request.Scope ?? profile.DefaultScope);
        if (WhyNotOpen(app, scopes) is { } refused)
            return (null, refused);

        var on = parties.OnNow(app);
        var grant = await GrantAsync(
            app, account, scopes, HuaweiAccountProfile.AsksForPhone(scopes) ? account.BoundPhone : null, on, ct);
        return (SandboxTokens.Of(issuer.Tokens(profile.Credentials, grant, on, withRefreshToken: true, secretWasShown: true)), null);
    }

    private Problem? WhyNotOpen(App app, string[] scopes) => scopes.FirstOrDefault(scope => !profile.IsOpenTo(app, scope)) is { } refused
        ? Problem.Invalid($"scope: \"{refused}\" is not approved for this app. Approved: {string.Join(' ', app.ApprovedScopes)}.")
        : null;

    /// <summary>What a person allows the app, stored as the page of consent does.</summary>
    private async Task<Grant> GrantAsync(
        App app, Account account, string[] scopes, PhoneNumber? phone, IssuedOn on, CancellationToken ct)
    {
        await consents.PutAsync(new Consent(account.Id, app.Id, scopes, phone?.Id, on.Now), ct);
        return new Grant(app.Id, account.Id, issuer.NewId(), string.Join(' ', scopes), phone?.Id);
    }

    /// <summary>The number that the person shares: the account's, unless another or none was chosen.</summary>
    private static bool TryChoosePhone(SandboxCodeRequest request, string[] scopes, Account account, out PhoneNumber? phone)
    {
        phone = null;
        if (!HuaweiAccountProfile.AsksForPhone(scopes) || request.Phone is "none")
            return true;

        phone = request.Phone is null ? account.BoundPhone : account.Phones.FirstOrDefault(known => known.National == request.Phone);
        return request.Phone is null || phone is not null;
    }

    private static (SandboxCode?, Problem) No(Problem problem) => (null, problem);
}
