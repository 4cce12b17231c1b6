using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>Codes of the sandbox, with all that a page of this platform could add to one.</summary>
internal sealed class HuaweiAccountCodes(
    HuaweiAccountProfile profile, IAppStore apps, IAccountStore accounts, IConsentStore consents, CredentialIssuer issuer, IAppClock clock,
    TimeProvider time)
    : ISandboxCodes
{
    public string Slug => profile.Slug;

    public Func<SandboxTokensRequest, CancellationToken, Task<(SandboxTokens? Tokens, Problem? Problem)>>? IssueTokensAsync => null;

    public async Task<(SandboxCode? Code, Problem? Problem)> IssueCodeAsync(SandboxCodeRequest request, CancellationToken ct)
    {
        if (await apps.FindAsync(request.ClientId, ct) is not { IsEnabled: true } app)
            return No(Problem.NotFound($"client_id: there is no enabled app {request.ClientId}. GET /sandbox lists the demo apps."));

        if (await accounts.FindByNameAsync(request.User ?? "", ct) is not { } account)
            return No(Problem.NotFound($"user: there is nobody called \"{request.User}\". GET /sandbox lists the demo users."));

        if (!account.MaySignIn)
            return No(new Problem(403, "The person cannot sign in", $"user: the account \"{account.Name}\" is locked or recycled."));

        if (request.RedirectUri is { } uri && !(RedirectUri.IsWellFormed(uri) && RedirectUri.IsRegistered(app.RedirectUris, uri)))
            return No(Problem.Invalid($"redirect_uri: the app has registered {string.Join(", ", app.RedirectUris)} (a query may follow)."));

        var scopes = ScopeText.Split(request.Scope ?? profile.DefaultScope);
        if (scopes.FirstOrDefault(scope => !profile.IsOpenTo(app, scope)) is { } refused)
            return No(Problem.Invalid(
                $"scope: \"{refused}\" is not approved for this app. Approved: {string.Join(' ', app.ApprovedScopes)}."));

        var method = request.CodeChallengeMethod ?? "";
        if (!CodeChallenge.IsMethod(method) || !CodeChallenge.TryHash(request.CodeChallenge ?? "", method, out var challenge))
            return No(Problem.Invalid(
                "code_challenge: 43 characters of base64url for S256, 43 to 128 for plain; code_challenge_method: S256 or plain."));

        if (new[] { request.Nonce, request.State }.Any(text => text is not null && !StateFormat.IsWellFormed(text)))
            return No(Problem.Invalid("nonce, state: 1 to 255 letters, digits and : / . - _"));

        if (request.AccessType is not (null or "" or "online" or "offline"))
            return No(Problem.Invalid("access_type: \"offline\" (by default), or \"online\" for no refresh token."));

        if (request.Component is not (null or "" or HuaweiAccountProfile.QuickLogin))
            return No(Problem.Invalid("component: \"quickLogin\" or nothing."));

        if (!TryChoosePhone(request, scopes, account, out var phone))
            return No(Problem.Invalid("phone: \"none\", or a national number that the person has."));

        var on = new IssuedOn(time.GetUtcNow(), clock.NowFor(app.Id));
        var consent = new Consent(account.Id, app.Id, scopes, phone?.Id, on.Now);
        await consents.PutAsync(consent, ct);

        var terms = CodeTerms.For(
            request.Component ?? "", request.Nonce ?? "", request.RedirectUri, challenge, isOffline: request.AccessType is not "online");
        var grant = new Grant(app.Id, account.Id, issuer.NewId(), string.Join(' ', scopes), phone?.Id);
        var code = issuer.Code(profile.Credentials, grant, terms, on);
        return (new SandboxCode(code, request.RedirectTo(code)), null);
    }

    /// <summary>The number that the person shares: the account's, unless another or none was chosen.</summary>
    private static bool TryChoosePhone(SandboxCodeRequest request, string[] scopes, Account account, out PhoneNumber? phone)
    {
        phone = null;
        if (!scopes.Contains(HuaweiAccountProfile.PhoneScope) || request.Phone is "none")
            return true;

        phone = request.Phone is null ? account.BoundPhone : account.Phones.FirstOrDefault(known => known.National == request.Phone);
        return request.Phone is null || phone is not null;
    }

    private static (SandboxCode?, Problem) No(Problem problem) => (null, problem);
}
