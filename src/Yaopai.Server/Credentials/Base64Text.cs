using System.Buffers.Text;

namespace Yaopai.Server.Credentials;

/// <summary>A credential in the alphabet of base64, with its padding.</summary>
internal sealed class Base64Text : ICredentialText
{
    public string Write(Credential credential, ReadOnlySpan<byte> @sealed) => Convert.ToBase64String(@sealed);

    /// <summary>No white space, and only the one text that the bytes encode to.</summary>
    public bool TryRead(string text, Span<byte> @sealed, out int length)
    {
        length = 0;
        if (text.AsSpan().ContainsAny(" \t\r\n") || !Convert.TryFromBase64Chars(text, @sealed, out length))
            return false;

        // Spare bits of the last character may be anything to the framework's decoder; a second spelling of one token is no token.
        var tail = length % 3 is 0 ? 0 : length - (length % 3);
        Span<char> canonical = stackalloc char[4];
        return length % 3 is 0 || (Convert.TryToBase64Chars(@sealed[tail..length], canonical, out var written)
            && text.AsSpan().EndsWith(canonical[..written]));
    }

    public bool IsTextOf(Credential credential, string text) => true; // TryRead takes no other spelling
}

/// <summary>A credential in the alphabet of base64url, without padding: it may stand in an address.</summary>
internal sealed class Base64UrlText : ICredentialText
{
    public string Write(Credential credential, ReadOnlySpan<byte> @sealed) => Base64Url.EncodeToString(@sealed);

    public bool TryRead(string text, Span<byte> @sealed, out int length) => TryRead(text.AsSpan(), @sealed, out length);

    public bool IsTextOf(Credential credential, string text) => true; // TryRead takes no other spelling

    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> @sealed, out int length)
    {
        length = 0;
        if (text.ContainsAny(" \t\r\n=") || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, @sealed, out length))
            return false;

        var tail = length - (length % 3);
        Span<char> canonical = stackalloc char[4];
        return text.EndsWith(canonical[..Base64Url.EncodeToChars(@sealed[tail..length], canonical)]);
    }
}
