using System.Text;
using ADRaffy.ENSNormalize;

namespace Yaopai.Server.Accounts;

/// <summary>Spellings of a text that mean the same and look the same: é in one character, or as e with an accent of its own.</summary>
/// <remarks><c>string.Normalize</c> returns what it is given: without cultures (InvariantGlobalization) there are no tables.</remarks>
internal static class NormalForms
{
    /// <summary>No name or password is as long, and the time that ordering accents takes grows faster than the text.</summary>
    private const int Longest = 1024;

    /// <summary>Form C of Unicode, UAX #15. What is longer, or no text (half a surrogate pair), stays as it is.</summary>
    public static string Composed(string text) => IsComposed(text) || !IsText(text) ? text : ENSNormalize.NF.NFC(text);

    /// <summary>Form D.</summary>
    public static string Decomposed(string text) => text.All(char.IsAscii) || !IsText(text) ? text : ENSNormalize.NF.NFD(text);

    /// <summary>RFC 8265 §4.2.2, without its classes of characters: whatever space was typed, and whatever spelling.
    /// Case and width count.</summary>
    public static string OfPassword(string password) => Composed(
        password.All(c => !IsOtherSpace(c)) ? password : string.Concat(password.Select(c => IsOtherSpace(c) ? ' ' : c)));

    private static bool IsOtherSpace(char c) =>
        c is > '\x7f' && char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.SpaceSeparator;

    /// <summary>Whether form C is the text itself, as far as that needs no tables: below the combining marks, and Han.</summary>
    private static bool IsComposed(string text) => text.All(c => c is < '\u0300' or (>= '\u3400' and <= '\u9fff'));

    private static bool IsText(string text)
    {
        if (text.Length > Longest)
            return false;

        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var read) is not System.Buffers.OperationStatus.Done)
                return false;

            rest = rest[read..];
        }

        return true;
    }
}
