using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>What parameters of the OAuth endpoints look like.</summary>
internal static class OAuthFormats
{
    private const int LongestState = 512;
    private const int LongestScope = 1024;

    /// <summary>Of a name, a password or a client secret that a caller sends.</summary>
    private const int LongestSecret = 256;

    /// <summary>An app's own affair, as long as it can stand in an address.</summary>
    public static bool IsState(string text) => text.Length <= LongestState && !text.Any(char.IsControl);

    public static bool IsDisplay(string text) => text is "" or "page" or "popup" or "dialog" or "mobile" or "pad" or "tv";

    public static bool IsSecret(string text) => text.Length is > 0 and <= LongestSecret;

    /// <summary>Whether there are such scopes is another question.</summary>
    public static bool IsScope(string text) =>
        text.Length <= LongestScope && (text is "" || ScopeText.Split(ScopeText.WithSpaces(text)).Length > 0);
}
