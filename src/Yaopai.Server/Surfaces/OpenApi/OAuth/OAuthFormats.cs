using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>What parameters of the OAuth endpoints look like.</summary>
internal static class OAuthFormats
{
    private const int LongestScope = 1024;

    /// <summary>Of a name, a password or a client secret that a caller sends.</summary>
    private const int LongestSecret = 256;

    public static bool IsDisplay(string text) => text is "" or "page" or "popup" or "dialog" or "mobile" or "pad" or "touch" or "tv";

    public static bool IsSecret(string text) => text.Length is > 0 and <= LongestSecret;

    /// <summary>Whether there are such scopes is another question.</summary>
    public static bool IsScope(string text) =>
        text.Length <= LongestScope && (text is "" || ScopeText.Split(ScopeText.WithSpacesForCommas(text)).Length > 0);
}
