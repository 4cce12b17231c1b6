using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Yaopai.Server.Sandbox.Chance;

/// <summary>HMAC-SHA256 of a counter under a key: HKDF-Expand (RFC 5869 §2.3) without its end.</summary>
internal sealed class SeededStream(byte[] key) : IRandomStream
{
    private readonly Lock _lock = new();
    private readonly byte[] _block = new byte[HMACSHA256.HashSizeInBytes];
    private int _used = HMACSHA256.HashSizeInBytes;
    private long _blocks;

    public bool TryFill(Span<byte> bytes)
    {
        lock (_lock)
        {
            while (bytes.Length > 0)
            {
                if (_used == _block.Length)
                    Next();

                var taken = Math.Min(bytes.Length, _block.Length - _used);
                _block.AsSpan(_used, taken).CopyTo(bytes);
                bytes = bytes[taken..];
                _used += taken;
            }
        }

        return true;
    }

    private void Next()
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, ++_blocks);
        HMACSHA256.HashData(key, counter, _block);
        _used = 0;
    }
}
