using Yaopai.Server.Consents;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>A request for authorization while its person is at WeChat: kept in a cookie, so that it is of one browser.</summary>
/// <param name="Name">What WeChat brings back.</param>
/// <param name="Request">Path and query.</param>
internal sealed record InAppVisit(string Name, string Request, DateTimeOffset IssuedAt) : ITicket
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    public static byte Kind => 8;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;

    public static void Keep(HttpContext http, string name, string ticket) =>
        http.Response.Cookies.Append(CookieOf(name), ticket, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = s_lifetime,
            Path = "/",
            SameSite = SameSiteMode.Lax, // WeChat sends the browser back with a top-level GET
            Secure = http.Request.IsHttps,
        });

    /// <summary>Empty where the browser has none of that name.</summary>
    public static string Find(HttpContext http, string name) =>
        name.Length is 32 && name.All(char.IsAsciiLetterOrDigit) ? http.Request.Cookies[CookieOf(name)] ?? "" : "";

    /// <summary>Once the person is back at the app.</summary>
    public void End(HttpContext http) => http.Response.Cookies.Delete(CookieOf(Name), new CookieOptions { Path = "/" });

    private static string CookieOf(string name) => "inapp-" + name;
}
