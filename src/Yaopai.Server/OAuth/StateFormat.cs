using System.Text;

namespace Yaopai.Server.OAuth;

/// <summary>What comes back as it was sent: an app's own affair, as long as any program can read it in an address.</summary>
internal static class StateFormat
{
    private const int Longest = 4096;

    /// <summary>Goes into a code and an ID token, which are short.</summary>
    private const int LongestNonce = 255;

    /// <summary>RFC 6749, appendix A.5: any printable character of ASCII, the space too.</summary>
    public static bool IsWellFormed(string text) => text.Length is >= 1 and <= Longest && text.All(IsPrintable);

    public static bool IsNonce(string text) => text.Length is >= 1 and <= LongestNonce && text.All(IsPrintable);

    /// <summary>RFC 6749 §4.1.2.1: it goes back with the error too, or no client knows whose answer that is;
    /// also one that is itself what is wrong, unless it is too long for an address.</summary>
    public static bool MayReturn(string text) => Encoding.UTF8.GetByteCount(text) <= Longest;

    private static bool IsPrintable(char c) => c is >= ' ' and <= '~';
}
