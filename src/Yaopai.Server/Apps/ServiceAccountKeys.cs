using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Yaopai.Server.Apps;

internal enum ServiceAccountKeyFault
{
    None,

    /// <summary>No RSA public key in PEM.</summary>
    Unreadable,

    /// <summary>A private key, which nobody but its owner should have.</summary>
    Private,

    SizeUnsuitable,

    ExponentUnsuitable,
}

/// <summary>Makes and reads the keys of service accounts.</summary>
internal static class ServiceAccountKeys
{
    public const int LeastBits = 2048;
    public const int MostBits = 4096;

    private const int NewBits = 3072;
    private const int LongestPem = 8 * 1024;

    /// <summary>A service account with a new key pair. The private half, PKCS#8 in PEM, is given out and kept nowhere.</summary>
    public static (ServiceAccount Account, string PrivateKey) Make()
    {
        using var rsa = RSA.Create(NewBits);
        return (New(rsa.ExportSubjectPublicKeyInfo()), rsa.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A service account with the public key of a pair that was made elsewhere.</summary>
    public static bool TryRead(string pem, [NotNullWhen(true)] out ServiceAccount? account, out ServiceAccountKeyFault fault)
    {
        fault = Read(pem, out var publicKey);
        account = fault is ServiceAccountKeyFault.None ? New(publicKey) : null;
        return account is not null;
    }

    private static ServiceAccountKeyFault Read(string pem, out byte[] publicKey)
    {
        publicKey = [];
        if (pem.Length > LongestPem || !PemEncoding.TryFind(pem, out var found))
            return ServiceAccountKeyFault.Unreadable;

        var label = pem[found.Label];
        if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            return ServiceAccountKeyFault.Private;

        if (label is not ("PUBLIC KEY" or "RSA PUBLIC KEY"))
            return ServiceAccountKeyFault.Unreadable;

        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem[found.Location]);
            publicKey = rsa.ExportSubjectPublicKeyInfo();
            return FaultOf(rsa.ExportParameters(includePrivateParameters: false));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return ServiceAccountKeyFault.Unreadable;
        }
    }

    private static ServiceAccountKeyFault FaultOf(RSAParameters key)
    {
        if (key.Modulus!.Length * 8 is < LeastBits or > MostBits || (key.Modulus[0] & 0x80) == 0)
            return ServiceAccountKeyFault.SizeUnsuitable;

        // NIST SP 800-56B §6.2: odd, above 2^16.
        return key.Exponent!.Length < 3 || (key.Exponent[^1] & 1) == 0
            ? ServiceAccountKeyFault.ExponentUnsuitable
            : ServiceAccountKeyFault.None;
    }

    private static ServiceAccount New(byte[] publicKey) => new(
        $"{Randomness.GetInt32(100_000_000, 1_000_000_000)}",
        Randomness.GetHexString(32),
        publicKey);
}
