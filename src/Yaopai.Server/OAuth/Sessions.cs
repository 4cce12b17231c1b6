using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Keys;

namespace Yaopai.Server.OAuth;

/// <summary>Sessions at the pages: a sealed cookie, opened without a database row of its own.</summary>
internal sealed class Sessions(
    CredentialReader reader, CredentialIssuer issuer, Revoker revoker, AccountDirectory accounts, IAppClock clock, SessionProfile profile)
{
    private static string NameFor(HttpRequest request) => OwnCookies.NameOf(request, "session");

    /// <summary>Null when nobody is signed in, or no longer: expired, signed out, password changed, account disabled.</summary>
    public async ValueTask<SignedIn?> FindAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Request.Cookies[NameFor(http.Request)] is not { Length: > 0 } cookie)
            return null;

        var session = await ReadAsync(cookie, ct);
        if (session is null || session.IsExpiredAt(clock.Now) || !await reader.HoldsAsync(session, ct))
            return null;

        return await accounts.FindAsync(session.AccountId, ct) is { MaySignIn: true } account ? new SignedIn(account, session) : null;
    }

    /// <summary>Signs in under a session that nobody knew before, whatever cookie came along:
    /// one that was planted stays worthless.</summary>
    /// <param name="validSince">By <see cref="HybridClock.NowAsync"/>, before the password was looked at:
    /// a change of it that comes meanwhile ends this sign-in too.</param>
    public void Begin(HttpContext http, Account account, DateTimeOffset validSince) =>
        http.Response.Cookies.Append(NameFor(http.Request),
            issuer.Session(profile.Credentials, account.Id, new IssuedOn(validSince, clock.Now)), OwnCookies.Options(http.Request));

    public async Task EndAsync(HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(http, ct) is { } signedIn)
            await revoker.RevokeGrantAsync(signedIn.Session, ct);

        http.Response.Cookies.Delete(NameFor(http.Request), OwnCookies.Options(http.Request));
    }

    /// <summary>Null, too, for what a lost key sealed: that person signs in again,
    /// and is not turned away as long as the cookie lives.</summary>
    private async ValueTask<Credential?> ReadAsync(string cookie, CancellationToken ct)
    {
        try
        {
            return (await reader.ReadAsync(profile.Credentials, cookie, ct)).Credential;
        }
        catch (KeyLostException)
        {
            return null;
        }
    }
}

/// <summary>A person at the pages. The session's grant id names this sign-in; nothing else does.</summary>
internal sealed record SignedIn(Account Account, Credential Session);
