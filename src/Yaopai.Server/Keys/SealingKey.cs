using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace Yaopai.Server.Keys;

/// <summary>An AES-256-GCM key that seals credentials or personal data: key id (4), nonce (12), ciphertext, tag (16).</summary>
/// <remarks>
/// Nonces are 96 random bits. NIST SP 800-38D §8.3 allows 2^32 of them under one key; a new key every day keeps well below that:
/// 49,700 seals in each second of a day would be needed to reach it.
/// </remarks>
internal sealed class SealingKey(byte[] key)
{
    public const int Length = 32;
    public const int Overhead = IdLength + NonceLength + TagLength;

    private const int IdLength = 4;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly ObjectPool<AesGcm> _instances = InstancePool.Of(() => new AesGcm(key, TagLength));

    /// <summary>Says nothing about the key but which one it is.</summary>
    public uint Id { get; } = IdOf(key);

    /// <summary>The id as it is stored and shown.</summary>
    public static string NameOf(uint id) => id.ToString("x8");

    public static uint ReadId(ReadOnlySpan<byte> @sealed) => BinaryPrimitives.ReadUInt32BigEndian(@sealed);

    public void Seal(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain, Span<byte> @sealed)
    {
        if (@sealed.Length != plain.Length + Overhead)
            throw new ArgumentException("The buffer must be longer than the plain text by exactly the overhead.", nameof(@sealed));

        BinaryPrimitives.WriteUInt32BigEndian(@sealed, Id);
        var nonce = @sealed.Slice(IdLength, NonceLength);
        Randomness.Fill(nonce);

        var aes = _instances.Get();
        aes.Encrypt(nonce, plain, @sealed.Slice(IdLength + NonceLength, plain.Length), @sealed[^TagLength..], associated);
        _instances.Return(aes);
    }

    public bool TryUnseal(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> @sealed, Span<byte> plain)
    {
        var nonce = @sealed.Slice(IdLength, NonceLength);
        var ciphertext = @sealed[(IdLength + NonceLength)..^TagLength];
        plain = plain[..ciphertext.Length];

        var aes = _instances.Get();
        try
        {
            aes.Decrypt(nonce, ciphertext, @sealed[^TagLength..], plain, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The framework opens in no other way. It goes no further than here, and costs the forger's request some 3 µs.
            return false;
        }
        finally
        {
            _instances.Return(aes);
        }
    }

    private static uint IdOf(byte[] key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("yaopai sealing key id\0"u8);
        hash.AppendData(key);
        return BinaryPrimitives.ReadUInt32BigEndian(hash.GetHashAndReset());
    }
}
