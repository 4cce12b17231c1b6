using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.SigningIn;

/// <summary>Somebody whose password was right and whose code is asked. It opens nothing but the page that asks.</summary>
/// <param name="Browser">As <see cref="BrowserId"/> has it: in another it is worth nothing.</param>
/// <param name="ValidSince">Since before the password was looked at, as a session has it that comes of it.</param>
internal sealed record HalfSignIn(long AccountId, string Browser, DateTimeOffset ValidSince, DateTimeOffset IssuedAt) : ITicket
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    public static byte Kind => 12;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}

/// <summary>Half sign-ins, each in a cookie of its browser.</summary>
internal sealed class HalfSignIns(Tickets tickets, IAppClock clock)
{
    public void Begin(HttpContext http, Account account, DateTimeOffset validSince) => http.Response.Cookies.Append(
        NameFor(http.Request), tickets.Seal(new HalfSignIn(account.Id, BrowserId.Remember(http), validSince, clock.Now)),
        OwnCookies.Options(http.Request));

    /// <summary>Null, too, for one that is older than a request which wants another sign-in than there was.</summary>
    public async ValueTask<HalfSignIn?> FindAsync(HttpContext http, Interaction interaction) =>
        http.Request.Cookies[NameFor(http.Request)] is { Length: > 0 } cookie
        && await tickets.UnsealAsync<HalfSignIn>(cookie, http.RequestAborted) is { } half
        && half.Browser == BrowserId.Of(http.Request)
        && (!interaction.WantsSignIn || half.IssuedAt >= interaction.IssuedAt)
            ? half
            : null;

    public static void End(HttpContext http) => http.Response.Cookies.Delete(NameFor(http.Request), OwnCookies.Options(http.Request));

    private static string NameFor(HttpRequest request) => OwnCookies.NameOf(request, "half");
}
