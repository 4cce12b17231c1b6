using System.Buffers;
using System.Buffers.Text;

namespace Yaopai.Server.Keys.Jose;

/// <summary>Base64url as RFC 7515 §2 wants it: one text for one value.</summary>
internal static class StrictBase64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly SearchValues<char> s_letters = SearchValues.Create(Alphabet);

    /// <summary>Null for padding, white space, foreign letters, an impossible length or stray bits at the end.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(s_letters))
            return null;

        var strayBits = (text.Length % 4) switch { 0 => 0, 2 => 0b1111, 3 => 0b11, _ => -1 };
        if (strayBits < 0 || (strayBits > 0 && (Alphabet.IndexOf(text[^1]) & strayBits) != 0))
            return null;

        return Base64Url.DecodeFromChars(text);
    }
}
