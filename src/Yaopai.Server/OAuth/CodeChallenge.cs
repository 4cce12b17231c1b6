using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.OAuth;

/// <summary>What a client shows of its code verifier when it asks for a code (RFC 7636).</summary>
internal static class CodeChallenge
{
    /// <summary>The methods; without one the challenge is the verifier itself (§4.3).</summary>
    public static bool IsMethod(string text) => text is "" or "S256" or "plain";

    /// <summary>SHA-256 of the verifier that has to come, whichever method named it; null where no challenge was given.
    /// False when it is none.</summary>
    public static bool TryHash(string challenge, string method, out byte[]? hash)
    {
        hash = null;
        switch (method)
        {
            case "" when challenge is "":
                return true;
            case "S256" when challenge.Length is 43 && Base64Url.IsValid(challenge, out var length) && length is SHA256.HashSizeInBytes:
                hash = Base64Url.DecodeFromChars(challenge);
                return true;
            case "plain" or "" when challenge.Length is >= 43 and <= 128 && challenge.All(IsUnreserved):
                hash = SHA256.HashData(Encoding.UTF8.GetBytes(challenge));
                return true;
            default:
                return false;
        }
    }

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
}
