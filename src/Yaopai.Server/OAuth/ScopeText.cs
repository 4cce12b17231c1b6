namespace Yaopai.Server.OAuth;

/// <summary>Scopes as parameters hold them: names with spaces between (RFC 6749 §3.3).</summary>
internal static class ScopeText
{
    /// <summary>Each name once.</summary>
    public static string[] Split(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <summary>Some clients write a plus where an address has a space, encoded once too often.</summary>
    public static string WithSpaces(string text) => text.Replace('+', ' ');

    /// <summary>Where commas will do, too.</summary>
    public static string WithSpacesForCommas(string text) => WithSpaces(text).Replace(',', ' ');
}
