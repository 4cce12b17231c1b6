using System.Buffers.Binary;
using System.Security.Cryptography;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>What apps are told of a person's picture: a token of letters and digits, for each app another.</summary>
/// <remarks>
/// The account and the app, enciphered under a tag of themselves (as RFC 5297 does it), so that a token is the same each time, needs no
/// row, and says nothing; whoever counts through texts finds none of 2^64.
/// </remarks>
internal sealed class PortraitTokens(KeyRing keys)
{
    public const int Length = 2 * (TagLength + PlainLength);

    private const int TagLength = 8;
    private const int PlainLength = 2 * sizeof(long);

    public string Of(long appId, long accountId)
    {
        Span<byte> token = stackalloc byte[TagLength + PlainLength];
        var plain = token[TagLength..];
        BinaryPrimitives.WriteInt64BigEndian(plain, appId);
        BinaryPrimitives.WriteInt64BigEndian(plain[sizeof(long)..], accountId);
        Tag(plain, token[..TagLength]);
        Cipher(token[..TagLength], plain);
        return Convert.ToHexStringLower(token);
    }

    /// <summary>Null for a text that was never given out.</summary>
    public (long AppId, long AccountId)? Read(string text)
    {
        Span<byte> token = stackalloc byte[TagLength + PlainLength];
        if (text.Length != Length || text.Any(char.IsAsciiLetterUpper)
            || Convert.FromHexString(text, token, out _, out _) is not System.Buffers.OperationStatus.Done)
            return null;

        var plain = token[TagLength..];
        Cipher(token[..TagLength], plain);
        Span<byte> tag = stackalloc byte[TagLength];
        Tag(plain, tag);
        return CryptographicOperations.FixedTimeEquals(tag, token[..TagLength])
            ? (BinaryPrimitives.ReadInt64BigEndian(plain), BinaryPrimitives.ReadInt64BigEndian(plain[sizeof(long)..]))
            : null;
    }

    private void Tag(ReadOnlySpan<byte> plain, Span<byte> tag)
    {
        Span<byte> derived = stackalloc byte[IdentifierKey.DerivedLength];
        keys.Derive("open portrait tag"u8, plain, derived);
        derived[..TagLength].CopyTo(tag);
    }

    /// <summary>There and back.</summary>
    private void Cipher(ReadOnlySpan<byte> tag, Span<byte> text)
    {
        Span<byte> stream = stackalloc byte[IdentifierKey.DerivedLength];
        keys.Derive("open portrait text"u8, tag, stream);
        for (var i = 0; i < text.Length; i++)
            text[i] ^= stream[i];
    }
}
