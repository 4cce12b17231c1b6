using System.Security.Cryptography;

namespace Yaopai.Server.Apps;

/// <summary>What of an app may receive data that only it can read.</summary>
/// <param name="ClientId">Digits: <c>sub_account</c> in the key file.</param>
/// <param name="KeyId">Hex: <c>key_id</c> in the key file.</param>
/// <param name="PublicKey">RSA, as SubjectPublicKeyInfo.</param>
internal sealed record ServiceAccount(string ClientId, string KeyId, byte[] PublicKey)
{
    /// <summary>An app is kept in memory with all of them.</summary>
    public const int MostOfAnApp = 16;

    public int CountBits()
    {
        using var rsa = Open();
        return rsa.KeySize;
    }

    /// <summary>RSA-OAEP-256: the hash and that of MGF1 are SHA-256, and the label is empty.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plain)
    {
        using var rsa = Open();
        return rsa.Encrypt(plain, RSAEncryptionPadding.OaepSHA256);
    }

    private RSA Open()
    {
        var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(PublicKey, out _);
        return rsa;
    }
}
