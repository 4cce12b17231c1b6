using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth;

/// <summary>How the server's cookies are called and kept. Browsers tell hosts apart and no ports, so an app beside the server gets
/// and may overwrite what is called as its own: no name here is one that somebody else would choose.</summary>
internal static class OwnCookies
{
    private const string Prefix = "yaopai-";

    /// <summary>With TLS the name itself forbids a sibling host to plant the cookie (RFC 6265bis §4.1.3.2).</summary>
    public static string NameOf(HttpRequest request, string name) => (PublicAddress.IsSecureFor(request) ? "__Host-" : "") + Prefix + name;

    /// <param name="lifetime">Null for as long as the browser is open.</param>
    public static CookieOptions Options(HttpRequest request, TimeSpan? lifetime = null) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lifetime,
        Path = "/",
        SameSite = SameSiteMode.Lax, // who comes over from an app's page, with a top-level GET, has to be known
        Secure = PublicAddress.IsSecureFor(request),
    };
}
