using System.Buffers;

namespace Yaopai.Server.Consents;

/// <summary>What a device shows and a person types: eight capital letters.</summary>
internal static class UserCode
{
    private const int Length = 8;

    /// <summary>As much as anybody types, with all the spaces and dashes that they like.</summary>
    public const int LongestTyped = 4 * Length;

    // RFC 8628 §6.1: consonants only. None looks like a digit or like another, and no code is a word. 20^8 is 34 bits.
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    private static readonly SearchValues<char> s_letters = SearchValues.Create(Letters);

    /// <summary>In two halves, as it is easiest to compare: <c>BCDF GHJK</c>.</summary>
    public static string Shown(string code) => $"{code[..4]} {code[4..]}";

    public static string New() => Randomness.GetString(Letters, Length);

    /// <summary>Reads what a person typed: in small letters too, in full width, with spaces and dashes.
    /// False when it can be no user code.</summary>
    public static bool TryRead(string text, out string code)
    {
        code = text.Length > LongestTyped
            ? ""
            : string.Concat(HalfWidth.Of(text).Where(letter => letter is not (' ' or '-'))).ToUpperInvariant();
        return code.Length == Length && !code.AsSpan().ContainsAnyExcept(s_letters);
    }
}
