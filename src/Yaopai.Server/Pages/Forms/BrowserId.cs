using System.Buffers.Text;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Forms;

/// <summary>What a browser is recognised by, at its next sign-in and when it sends a form: chance, and nothing about the person.</summary>
internal static class BrowserId
{
    private const int Bytes = 16;

    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(365);

    private static string NameFor(HttpRequest request) => OwnCookies.NameOf(request, "device");

    /// <summary>Empty for a browser that has none yet.</summary>
    public static string Of(HttpRequest request) =>
        request.Cookies[NameFor(request)] is { } id && Base64Url.IsValid(id, out var length) && length is Bytes ? id : "";

    /// <summary>What it has, or is given with this answer.</summary>
    public static string Remember(HttpContext http)
    {
        if (Of(http.Request) is { Length: > 0 } known)
            return known;

        if (http.Items[typeof(BrowserId)] is string given)
            return given;

        var id = Base64Url.EncodeToString(Randomness.GetBytes(Bytes));
        http.Items[typeof(BrowserId)] = id;
        http.Response.Cookies.Append(NameFor(http.Request), id, OwnCookies.Options(http.Request, s_remembered));
        return id;
    }
}
