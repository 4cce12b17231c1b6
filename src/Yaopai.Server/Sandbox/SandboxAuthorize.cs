using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Sandbox;

/// <summary>What signing in and consenting would give, without a browser: a real consent, and a real code.</summary>
internal sealed class SandboxAuthorize(IAppStore apps, IAccountStore accounts, IConsentStore consents, Issuer issuer, IAppClock clock, TimeProvider time)
{
    internal sealed record Request(
        string? Surface, long ClientId, string? User, string? Scope, string? RedirectUri, string? State, string? Nonce,
        string? CodeChallenge, string? CodeChallengeMethod, string? Component, string? Phone, string? AccessType);

    internal sealed record Code(string Value, string? RedirectTo);

    public async Task<(Code? Code, Problem? Problem)> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Surface is not "huawei")
            return No(Problem.Invalid("surface: say which one the code is for; there are \"huawei\" and \"open\"."));

        if (await apps.FindAsync(request.ClientId, ct) is not { IsEnabled: true } app)
            return No(Problem.NotFound($"client_id: there is no enabled app {request.ClientId}. GET /sandbox lists the demo apps."));

        if (await accounts.FindByNameAsync(request.User ?? "", ct) is not { } account)
            return No(Problem.NotFound($"user: there is nobody called \"{request.User}\". GET /sandbox lists the demo users."));

        if (account.DisabledAt is not null)
            return No(new Problem(403, "The person cannot sign in", $"user: the account \"{account.Name}\" is locked or recycled."));

        if (request.RedirectUri is { } uri && !(RedirectUri.IsWellFormed(uri) && RedirectUri.IsRegistered(app.RedirectUris, uri)))
            return No(Problem.Invalid($"redirect_uri: the app has registered {string.Join(", ", app.RedirectUris)} (a query may follow)."));

        var scopes = Scopes.Split(request.Scope ?? Scopes.Default);
        if (scopes.FirstOrDefault(scope => !Scopes.IsOpenTo(app, scope)) is { } refused)
            return No(Problem.Invalid($"scope: \"{refused}\" is not approved for this app. Approved: {string.Join(' ', app.ApprovedScopes)}."));

        var method = request.CodeChallengeMethod ?? "";
        if (!CodeChallenge.IsMethod(method) || !CodeChallenge.TryHash(request.CodeChallenge ?? "", method, out var challenge))
            return No(Problem.Invalid("code_challenge: 43 characters of base64url for S256, 43 to 128 for plain; code_challenge_method: S256 or plain."));

        if (new[] { request.Nonce, request.State }.Any(text => text is not null && !StateFormat.IsWellFormed(text)))
            return No(Problem.Invalid("nonce, state: 1 to 255 letters, digits and : / . - _"));

        if (request.AccessType is not (null or "" or "online" or "offline"))
            return No(Problem.Invalid("access_type: \"offline\" (by default), or \"online\" for no refresh token."));

        if (request.Component is not (null or "" or CodeTerms.QuickLogin))
            return No(Problem.Invalid("component: \"quickLogin\" or nothing."));

        if (!TryChoosePhone(request, scopes, account, out var phone))
            return No(Problem.Invalid("phone: \"none\", or a national number that the person has."));

        var validSince = time.GetUtcNow();
        var consent = new Consent(account.Id, app.Id, scopes, phone?.Id, clock.NowFor(app.Id));
        await consents.PutAsync(consent, ct);

        var terms = CodeTerms.For(
            request.Component ?? "", request.Nonce ?? "", request.RedirectUri, challenge, isOffline: request.AccessType is not "online");
        var code = issuer.Code(consent, string.Join(' ', scopes), terms, validSince);
        return (new Code(code, RedirectTo(request, code)), null);
    }

    internal static string? RedirectTo(Request request, string code)
    {
        if (request.RedirectUri is not { } uri)
            return null;

        return request.State is { } state ? RedirectUri.With(uri, ("code", code), ("state", state)) : RedirectUri.With(uri, ("code", code));
    }

    /// <summary>The number that the person shares: the account's, unless another or none was chosen.</summary>
    private static bool TryChoosePhone(Request request, string[] scopes, Account account, out PhoneNumber? phone)
    {
        phone = null;
        if (!scopes.Contains(Scopes.Phone) || request.Phone is "none")
            return true;

        phone = request.Phone is null ? account.BoundPhone : account.Phones.FirstOrDefault(known => known.National == request.Phone);
        return request.Phone is null || phone is not null;
    }

    private static (Code?, Problem) No(Problem problem) => (null, problem);
}
