using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Devices;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Keys;

namespace Yaopai.Server.OAuth;

/// <summary>Sessions at the pages: a sealed cookie, opened without a database row of its own.</summary>
internal sealed class Sessions(
    CredentialReader reader, CredentialIssuer issuer, Revoker revoker, AccountDirectory accounts, OpenSessions open, IAppClock clock,
    SessionProfile profile)
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
    public async Task BeginAsync(HttpContext http, Account account, DateTimeOffset validSince)
    {
        var ct = http.RequestAborted;
        if (await FindAsync(http, ct) is { } before)
            await EndAsync(before.Session, ct); // this browser will have another one

        var id = Randomness.NewGuid();
        await open.AddAsync(
            account.Id, id, validSince, profile.Credentials.Lifetimes.AccessToken, http.Connection.RemoteIpAddress!,
            http.Request.Headers.UserAgent.ToString(), ct);
        http.Response.Cookies.Append(NameFor(http.Request),
            issuer.Session(profile.Credentials, account.Id, id, new IssuedOn(validSince, clock.Now)), OwnCookies.Options(http.Request));
    }

    public async Task EndAsync(HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(http, ct) is { } signedIn)
            await EndAsync(signedIn.Session, ct);

        http.Response.Cookies.Delete(NameFor(http.Request), OwnCookies.Options(http.Request));
    }

    /// <summary>Where a person is signed in, the latest first.</summary>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(long accountId, CancellationToken ct)
    {
        var holding = new List<OpenSession>();
        foreach (var session in await open.ListAsync(accountId, ct))
        {
            if (await reader.HoldsAsync(CredentialOf(session), ct))
                holding.Add(session);
        }

        return holding;
    }

    /// <summary>Ends one session of a person. False where they have none of that id.</summary>
    public async Task<bool> TryEndAsync(long accountId, Guid id, CancellationToken ct)
    {
        if ((await open.ListAsync(accountId, ct)).FirstOrDefault(session => session.Id == id) is not { } session)
            return false;

        await EndAsync(CredentialOf(session), ct);
        return true;
    }

    /// <summary>Ends all sessions of a person but this one.</summary>
    public async Task EndOthersAsync(SignedIn person, CancellationToken ct)
    {
        OpenSession[] others;
        do
        {
            others = [.. (await open.ListAsync(person.Account.Id, ct)).Where(session => session.Id != person.Session.GrantId)];
            foreach (var session in others)
                await EndAsync(CredentialOf(session), ct);
        }
        while (others.Length >= OpenSessions.Most - 1);
    }

    private async Task EndAsync(Credential session, CancellationToken ct)
    {
        await revoker.RevokeGrantAsync(session, ct);
        await open.RemoveAsync(session.AccountId, session.GrantId, ct);
    }

    private Credential CredentialOf(OpenSession session) => new(
        CredentialKind.Session, AppId: 0, session.AccountId, session.Id, session.ValidSince, session.BeganAt, session.ExpiresAt,
        Scopes: "", PhoneId: null)
    {
        Profile = profile.Credentials,
    };

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
