using Yaopai.Server.Apps;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>Addresses of the web that callers hand in.</summary>
internal static class WebUrl
{
    public const int Longest = 2048;

    /// <summary>An absolute http or https address without a fragment.</summary>
    public static bool IsWellFormed(string text) =>
        RedirectUri.IsWellFormed(text) && new Uri(text) is { Scheme: "https" or "http", Host: not "" };

    /// <summary>Whether the app has registered an address of the same origin: links lead nowhere else.</summary>
    public static bool IsOf(App app, string url) => app.RedirectUris
        .Where(registered => registered is not RedirectUri.OutOfBand && IsWellFormed(registered))
        .Any(registered => RedirectUri.OriginOf(registered) == RedirectUri.OriginOf(url));
}
