using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Pages.Forms;

/// <summary>The framework's data protection on the installation's own keys: the same on every node, and no file anywhere.</summary>
/// <param name="purposes">What the protected is for: sealed in as associated data, each with its length before it.</param>
internal sealed class KeyRingProtection(KeyRing keys, byte[] purposes) : IDataProtector
{
    public IDataProtector CreateProtector(string purpose) =>
        new KeyRingProtection(
            keys, [.. purposes, .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(purpose)), .. Encoding.UTF8.GetBytes(purpose)]);

    public byte[] Protect(byte[] plaintext)
    {
        var whole = new byte[plaintext.Length + KeyRing.Overhead];
        keys.Seal(purposes, plaintext, whole);
        return whole;
    }

    public byte[] Unprotect(byte[] protectedData)
    {
        var plain = new byte[Math.Max(0, protectedData.Length - KeyRing.Overhead)];
        return keys.Unseal(purposes, protectedData, plain) is UnsealResult.Unsealed
            ? plain
            : throw new CryptographicException("Not sealed by this installation, or not for this purpose.");
    }
}

/// <summary>Where the framework begins to ask for protectors.</summary>
internal sealed class KeyRingProtectionProvider(KeyRing keys) : IDataProtectionProvider
{
    /// <summary>Credentials and tickets are sealed with three bytes beside them; nothing of theirs begins like this.</summary>
    private static readonly byte[] s_root = [0x0e, 0x03];

    public IDataProtector CreateProtector(string purpose) => new KeyRingProtection(keys, s_root).CreateProtector(purpose);
}
