namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>Addresses that an app hands on to people.</summary>
internal static class Urls
{
    private const int Longest = 2048;

    /// <summary>An address of the web, or of a page inside the client.</summary>
    public static bool IsSound(string text) => IsOf(text, "https", "http", "h5");

    public static bool IsOfWeb(string text) => IsOf(text, "https", "http");

    private static bool IsOf(string text, params ReadOnlySpan<string> schemes) =>
        text.Length <= Longest && !text.Any(char.IsControl)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host is not "" && schemes.Contains(uri.Scheme);
}
