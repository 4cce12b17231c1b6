using System.Security.Cryptography;

namespace Yaopai.Server.Keys;

/// <summary>The HMAC-SHA-256 key behind everything that must stay the same for the life of the installation.</summary>
internal sealed class IdentifierKey(byte[] key, DateTimeOffset validFrom)
{
    public const int Length = 32;
    public const int DerivedLength = HMACSHA256.HashSizeInBytes;

    /// <summary>The slot of the one key there is.</summary>
    public const string Slot = "installation";

    private const int LongestInput = 256;

    public DateTimeOffset ValidFrom => validFrom;

    /// <summary>32 bytes that only this installation can make of the label and the data.</summary>
    public void Derive(ReadOnlySpan<byte> label, ReadOnlySpan<byte> data, Span<byte> derived)
    {
        // Labels hold no NUL, so no two pairs of label and data make one input.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(label.Length + 1 + data.Length, LongestInput, nameof(data));
        Span<byte> input = stackalloc byte[LongestInput];
        label.CopyTo(input);
        input[label.Length] = 0;
        data.CopyTo(input[(label.Length + 1)..]);
        HMACSHA256.HashData(key, input[..(label.Length + 1 + data.Length)], derived);
    }
}
