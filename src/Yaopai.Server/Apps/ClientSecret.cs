using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Apps;

/// <summary>Client secrets: 32 random bytes in hex, kept as SHA-256.
/// A slow hash would protect nothing that so much chance does not.</summary>
internal static class ClientSecret
{
    public static string New() => Convert.ToHexStringLower(Randomness.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>True for any live secret of the app. Takes the same time whichever it is, and whether any is.</summary>
    public static bool Matches(App app, string secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> text = secret.Length <= 128
            ? stackalloc byte[Encoding.UTF8.GetMaxByteCount(128)]
            : new byte[Encoding.UTF8.GetMaxByteCount(secret.Length)];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(secret, text)], hash);

        var matches = false;
        foreach (var live in app.SecretHashes)
            matches |= CryptographicOperations.FixedTimeEquals(live, hash);

        return matches;
    }
}
