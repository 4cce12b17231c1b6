using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Keys;

/// <summary>The key that wraps the keys kept in the database.</summary>
/// <param name="origin">Where it comes from, for the operator who has to mend it.</param>
internal sealed class MasterKey(byte[] key, string origin)
{
    public const int Length = 32;

    private const byte Layout = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    /// <summary>Layout (1), nonce (12), ciphertext, tag (16), bound to the place the key is stored in.</summary>
    public byte[] Wrap(KeyKind kind, string slot, ReadOnlySpan<byte> plain)
    {
        var wrapped = new byte[Overhead + plain.Length];
        wrapped[0] = Layout;
        var nonce = wrapped.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, wrapped.AsSpan(1 + NonceLength, plain.Length), wrapped.AsSpan(^TagLength), Place(kind, slot));
        return wrapped;
    }

    /// <summary>Null for what this key did not wrap, or not for that place, or what was changed since.</summary>
    public byte[]? TryUnwrap(StoredKey stored)
    {
        var wrapped = stored.Wrapped.AsSpan();
        if (wrapped.Length < Overhead || wrapped[0] != Layout)
            return null;

        var plain = new byte[wrapped.Length - Overhead];
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(
                wrapped.Slice(1, NonceLength), wrapped[(1 + NonceLength)..^TagLength], wrapped[^TagLength..], plain,
                Place(stored.Kind, stored.Slot));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return plain;
    }

    public MasterKeyException OpensNone() =>
        new(MasterKeyFault.Foreign, $"The master key from {origin} does not open the keys in the database.");

    // A wrapped key that was moved to another slot, or another kind, does not open there.
    private static byte[] Place(KeyKind kind, string slot) => Encoding.UTF8.GetBytes($"yaopai key\0{(int)kind}\0{slot}");
}
