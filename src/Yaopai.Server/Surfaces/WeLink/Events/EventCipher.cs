using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Yaopai.Server.Surfaces.WeLink.Events;

/// <summary>How events and their answers are encrypted: AES-128-GCM under a key of the app's secret, the vector in front.</summary>
/// <remarks>The vector has 16 bytes, and the framework's AES-GCM takes 12 only; so this is a library's.</remarks>
internal static class EventCipher
{
    private const int KeyBytes = 16, VectorBytes = 16, TagBits = 128;

    /// <summary>Of 16 bytes in base64, with its padding.</summary>
    private const int VectorCharacters = 24;

    public static string Encrypt(string secret, string text)
    {
        var vector = Randomness.GetBytes(VectorBytes);
        return Convert.ToBase64String(vector) + Convert.ToBase64String(Run(encrypt: true, secret, vector, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Null for what was not encrypted with this secret.</summary>
    public static string? Decrypt(string secret, string encrypted)
    {
        var (vector, @sealed) = (new byte[VectorCharacters], new byte[encrypted.Length]);
        if (encrypted.Length <= VectorCharacters
            || !Convert.TryFromBase64Chars(encrypted.AsSpan(0, VectorCharacters), vector, out var vectorBytes) || vectorBytes != VectorBytes
            || !Convert.TryFromBase64Chars(encrypted.AsSpan(VectorCharacters), @sealed, out var length))
            return null;

        try
        {
            return Encoding.UTF8.GetString(Run(encrypt: false, secret, vector[..VectorBytes], @sealed[..length]));
        }
        catch (InvalidCipherTextException)
        {
            return null;
        }
    }

    /// <summary>The first 16 bytes of the digest of the digest of the secret.</summary>
    /// <remarks>It is what the random generator of the platform's samples gives for the secret as its seed.</remarks>
    internal static byte[] KeyOf(string secret)
    {
#pragma warning disable CA5350 // the platform's choice: it makes a key of a long random secret, and proves nothing
        return SHA1.HashData(SHA1.HashData(Encoding.UTF8.GetBytes(secret)))[..KeyBytes];
#pragma warning restore CA5350
    }

    private static byte[] Run(bool encrypt, string secret, byte[] vector, byte[] input)
    {
        var cipher = new GcmBlockCipher(new AesEngine());
        cipher.Init(encrypt, new AeadParameters(new KeyParameter(KeyOf(secret)), TagBits, vector));
        var output = new byte[cipher.GetOutputSize(input.Length)];
        var written = cipher.ProcessBytes(input, 0, input.Length, output, 0);
        written += cipher.DoFinal(output, written);
        return output[..written];
    }
}
