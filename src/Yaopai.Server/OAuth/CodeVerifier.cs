using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Yaopai.Server.OAuth;

/// <summary>What a client shows when it trades its code (RFC 7636 §4.1).</summary>
internal static partial class CodeVerifier
{
    public static bool IsWellFormed(string text) => Format.IsMatch(text);

    public static bool Matches(byte[] challengeHash, string verifier) => Hashes.Match(challengeHash, verifier);

    [GeneratedRegex(@"^[0-9a-zA-Z\-._~]{43,128}\z")]
    private static partial Regex Format { get; }
}

/// <summary>Texts that are kept as hashes.</summary>
internal static class Hashes
{
    public static byte[] Of(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>In constant time.</summary>
    public static bool Match(byte[] expected, string text) => CryptographicOperations.FixedTimeEquals(expected, Of(text));
}
