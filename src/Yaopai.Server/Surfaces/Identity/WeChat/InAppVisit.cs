using Yaopai.Server.Consents;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>A request for authorization while its person is at WeChat: kept in a cookie, so that it is of one browser.</summary>
/// <param name="Name">What WeChat brings back.</param>
/// <param name="Request">Path and query.</param>
internal sealed record InAppVisit(string Name, string Request, DateTimeOffset IssuedAt) : ITicket
{
    private const string Prefix = "inapp-";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    public static byte Kind => 8;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;

    public static void Keep(HttpContext http, string name, string ticket) => BrowserTexts.Keep(http, CookieOf(name), ticket, s_lifetime);

    /// <summary>Empty where the browser has none of that name.</summary>
    public static string Find(HttpContext http, string name) => BrowserTexts.Find(http, CookieOf(name));

    /// <summary>Once the person is back at the app.</summary>
    public void End(HttpContext http) => BrowserTexts.End(http, CookieOf(Name));

    private static string CookieOf(string name) => Prefix + name;
}
