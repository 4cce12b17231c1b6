using System.Buffers.Text;
using System.Security.Cryptography;

namespace Yaopai.Server.Pages.Forms;

/// <summary>What a browser is recognised by at its next sign-in: chance, and nothing about the person.</summary>
internal static class BrowserId
{
    private const int Bytes = 16;

    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(365);

    private static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-device" : "device";

    /// <summary>Empty for a browser that has none yet.</summary>
    public static string Of(HttpRequest request) =>
        request.Cookies[NameFor(request)] is { } id && Base64Url.IsValid(id, out var length) && length is Bytes ? id : "";

    public static void Remember(HttpContext http)
    {
        if (Of(http.Request) is not "")
            return;

        http.Response.Cookies.Append(
            NameFor(http.Request), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = s_remembered,
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
            });
    }
}
