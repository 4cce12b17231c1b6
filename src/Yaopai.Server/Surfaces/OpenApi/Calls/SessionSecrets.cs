using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>What signs the requests that name a session key: derived from it, and kept nowhere.</summary>
internal sealed class SessionSecrets(KeyRing keys)
{
    public string Of(string sessionKey)
    {
        // Hashed first, because a session key is longer than what is derived from may be.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(sessionKey), hash);
        Span<byte> derived = stackalloc byte[IdentifierKey.DerivedLength];
        keys.Derive("open session secret"u8, hash, derived);
        return Convert.ToHexStringLower(derived);
    }
}
