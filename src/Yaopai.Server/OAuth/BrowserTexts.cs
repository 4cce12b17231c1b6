namespace Yaopai.Server.OAuth;

/// <summary>Texts that wait in a cookie of one browser, under a name that an address may say:
/// the address is worth nothing in another.</summary>
internal static class BrowserTexts
{
    private const int LongestName = 64;

    /// <summary>Of one kind at a time: a browser sends all of them with every request, and the server reads only so much.</summary>
    private const int Most = 5;

    /// <param name="name">What stands before its hyphen is the kind; of a kind the oldest leave.</param>
    public static void Keep(HttpContext http, string name, string text, TimeSpan lifetime)
    {
        // Browsers send the oldest first (RFC 6265 §5.4).
        var kind = CookieOf(http, name[..(name.IndexOf('-') + 1)]);
        string[] waiting = [.. http.Request.Cookies.Keys.Where(cookie => cookie.StartsWith(kind, StringComparison.Ordinal))];
        foreach (var old in waiting.SkipLast(Most - 1))
            http.Response.Cookies.Delete(old, OwnCookies.Options(http.Request));

        http.Response.Cookies.Append(CookieOf(http, name), text, OwnCookies.Options(http.Request, lifetime));
    }

    /// <summary>Empty where the browser has none of that name.</summary>
    public static string Find(HttpContext http, string name) =>
        name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? http.Request.Cookies[CookieOf(http, name)] ?? ""
            : "";

    public static void End(HttpContext http, string name) =>
        http.Response.Cookies.Delete(CookieOf(http, name), OwnCookies.Options(http.Request));

    private static string CookieOf(HttpContext http, string name) => OwnCookies.NameOf(http.Request, name);
}
