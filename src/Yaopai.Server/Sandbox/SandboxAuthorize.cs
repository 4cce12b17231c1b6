using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Grants;
using Yaopai.Server.Protocol;

namespace Yaopai.Server.Sandbox;

/// <summary>What signing in and consenting would give, without a browser: a real consent, and a real code.</summary>
internal sealed class SandboxAuthorize(IAppStore apps, IAccountStore accounts, IConsentStore consents, Issuer issuer, IAppClock clock)
{
    /// <summary>Scopes that every app may ask for, and those that had to be applied for.</summary>
    private static readonly string[] s_open = ["openid", "profile", "email"];

    internal sealed record Request(
        string? Surface, long ClientId, string? User, string? Scope, string? RedirectUri, string? State, string? Nonce,
        string? CodeChallenge, string? CodeChallengeMethod, string? Component, string? Phone);

    internal sealed record Code(string Value, string? RedirectTo);

    public async Task<(Code? Code, Problem? Problem)> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Surface is not "huawei")
            return No(Problem.Invalid("surface: say which one the code is for; there is \"huawei\"."));

        if (await apps.FindAsync(request.ClientId, ct) is not { IsEnabled: true } app)
            return No(Problem.NotFound($"client_id: there is no enabled app {request.ClientId}. GET /sandbox lists the demo apps."));

        if (await accounts.FindByNameAsync(request.User ?? "", ct) is not { } account)
            return No(Problem.NotFound($"user: there is nobody called \"{request.User}\". GET /sandbox lists the demo users."));

        if (account.DisabledAt is not null)
            return No(new Problem(403, "The person cannot sign in", $"user: the account \"{account.Name}\" is locked or recycled."));

        if (request.RedirectUri is { } uri && !app.RedirectUris.Any(registered => uri == registered || uri.StartsWith(registered + "?", StringComparison.Ordinal)))
            return No(Problem.Invalid($"redirect_uri: the app has registered {string.Join(", ", app.RedirectUris)} (a query may follow)."));

        var scopes = (request.Scope ?? "openid").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
        if (scopes.FirstOrDefault(scope => !s_open.Contains(scope) && !app.ApprovedScopes.Contains(scope)) is { } refused)
            return No(Problem.Invalid($"scope: \"{refused}\" is not approved for this app. Approved: {string.Join(' ', app.ApprovedScopes)}."));

        if (!TryChallenge(request, out var challenge))
            return No(Problem.Invalid("code_challenge: 43 characters of base64url for S256, 43 to 128 for plain; code_challenge_method: S256 or plain."));

        if (!IsEcho(request.Nonce) || !IsEcho(request.State))
            return No(Problem.Invalid("nonce, state: 1 to 255 letters, digits and : / . - _"));

        if (request.Component is not (null or "" or "quickLogin"))
            return No(Problem.Invalid("component: \"quickLogin\" or nothing."));

        if (!TryChoosePhone(request, scopes, account, out var phone))
            return No(Problem.Invalid("phone: \"none\", or a national number that the person has."));

        var consent = new Consent(account.Id, app.Id, scopes, phone?.Id, clock.NowFor(app.Id));
        await consents.PutAsync(consent, ct);

        var redirectHash = request.RedirectUri is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(request.RedirectUri));
        var code = issuer.Code(consent, string.Join(' ', scopes), new CodeTerms(request.Component ?? "", request.Nonce ?? "", redirectHash, challenge));
        return (new Code(code, RedirectTo(request, code)), null);
    }

    /// <summary>What comes back as it was sent: the format that the documents give for state and nonce.</summary>
    private static bool IsEcho(string? text) =>
        text is null || (text.Length is >= 1 and <= 255 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '_'));

    private static string? RedirectTo(Request request, string code)
    {
        if (request.RedirectUri is not { } uri)
            return null;

        var state = request.State is null ? "" : "&state=" + Uri.EscapeDataString(request.State);
        return $"{uri}{(uri.Contains('?') ? '&' : '?')}code={Uri.EscapeDataString(code)}{state}";
    }

    /// <summary>SHA-256 of the verifier that has to come, whichever method named it.</summary>
    private static bool TryChallenge(Request request, out byte[]? hash)
    {
        hash = null;
        switch (request.CodeChallengeMethod ?? (request.CodeChallenge is null ? "" : "plain"))
        {
            case "" when request.CodeChallenge is null:
                return true;
            case "S256" when request.CodeChallenge is { Length: 43 } challenge && System.Buffers.Text.Base64Url.IsValid(challenge):
                hash = System.Buffers.Text.Base64Url.DecodeFromChars(challenge);
                return true;
            case "plain" when request.CodeChallenge is { Length: >= 43 and <= 128 } plain:
                hash = SHA256.HashData(Encoding.UTF8.GetBytes(plain));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The number that the person shares: the account's, unless another or none was chosen.</summary>
    private static bool TryChoosePhone(Request request, string[] scopes, Account account, out PhoneNumber? phone)
    {
        phone = null;
        if (!scopes.Contains("phone") || request.Phone is "none")
            return true;

        phone = request.Phone is null ? account.BoundPhone : account.Phones.FirstOrDefault(known => known.National == request.Phone);
        return request.Phone is null || phone is not null;
    }

    private static (Code?, Problem) No(Problem problem) => (null, problem);
}
