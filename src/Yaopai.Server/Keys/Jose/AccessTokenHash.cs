using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Keys.Jose;

/// <summary>The claim <c>at_hash</c>, which ties an ID token to the access token it came with.</summary>
internal static class AccessTokenHash
{
    /// <summary>OpenID Connect Core §3.1.3.6: the left half of the hash of the token's ASCII, base64url.</summary>
    public static string Of(string accessToken) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, SHA256.HashSizeInBytes / 2));
}
