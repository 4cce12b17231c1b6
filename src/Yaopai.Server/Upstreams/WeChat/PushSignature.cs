using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Upstreams.WeChat;

/// <summary>How pushes are signed: the SHA-1 of the sorted parts, of which one is the token that both sides know.</summary>
internal static class PushSignature
{
    /// <param name="parts">Token, timestamp and nonce; in the encrypted mode also the encrypted text.</param>
    public static string Of(params string[] parts)
    {
        Array.Sort(parts, StringComparer.Ordinal);
#pragma warning disable CA5350 // the document says SHA-1; what protects is the token inside it
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
#pragma warning restore CA5350
    }

    public static bool Holds(string? signature, params string[] parts) =>
        signature is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Of(parts)));
}
