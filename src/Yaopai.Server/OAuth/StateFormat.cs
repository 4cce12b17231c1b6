namespace Yaopai.Server.OAuth;

/// <summary>What comes back as it was sent: the format that the documents give for state and nonce.</summary>
internal static class StateFormat
{
    public static bool IsWellFormed(string text) =>
        text.Length is >= 1 and <= 255 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '_');
}
