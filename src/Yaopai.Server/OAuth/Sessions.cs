using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.OAuth;

/// <summary>Sessions at the pages: a sealed cookie, opened without a database row of its own.</summary>
internal sealed class Sessions(
    CredentialReader reader, CredentialIssuer issuer, Revoker revoker, AccountDirectory accounts, IAppClock clock, SessionProfile profile)
{
    /// <summary>With TLS the name itself forbids a sibling host to plant the cookie (RFC 6265bis §4.1.3.2).</summary>
    private static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-session" : "session";

    /// <summary>Null when nobody is signed in, or no longer: expired, signed out, password changed, account disabled.</summary>
    public async ValueTask<SignedIn?> FindAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Request.Cookies[NameFor(http.Request)] is not { Length: > 0 } cookie)
            return null;

        var session = (await reader.ReadAsync(profile.Credentials, cookie, ct)).Credential;
        if (session is null || session.IsExpiredAt(clock.Now) || !await reader.HoldsAsync(session, ct))
            return null;

        return await accounts.FindAsync(session.AccountId, ct) is { MaySignIn: true } account ? new SignedIn(account, session) : null;
    }

    /// <summary>Signs in under a session that nobody knew before, whatever cookie came along:
    /// one that was planted stays worthless.</summary>
    /// <param name="validSince">A moment before the password was looked at:
    /// a change of it that comes meanwhile ends this sign-in too.</param>
    public void Begin(HttpContext http, Account account, DateTimeOffset validSince) =>
        http.Response.Cookies.Append(NameFor(http.Request),
            issuer.Session(profile.Credentials, account.Id, new IssuedOn(validSince, clock.Now)), Options(http.Request));

    public async Task EndAsync(HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(http, ct) is { } signedIn)
            await revoker.RevokeGrantAsync(signedIn.Session, ct);

        http.Response.Cookies.Delete(NameFor(http.Request), Options(http.Request));
    }

    // Lax: the request that comes over from an app's page is a top-level GET, and has to find the session.
    private static CookieOptions Options(HttpRequest request) =>
        new() { HttpOnly = true, IsEssential = true, Path = "/", SameSite = SameSiteMode.Lax, Secure = request.IsHttps };
}

/// <summary>A person at the pages. The session's grant id names this sign-in; nothing else does.</summary>
internal sealed record SignedIn(Account Account, Credential Session);
