namespace Yaopai.Server;

/// <summary>Digits, letters and signs as an input method for Chinese leaves them, in the width that programs write.</summary>
/// <remarks>For numbers and codes alone: in a password, and in a name, width counts.</remarks>
internal static class HalfWidth
{
    private const char First = '！', Last = '～', Space = '\u3000'; // U+FF01 to U+FF5E are ASCII, in its order

    public static string Of(string text) => text.AsSpan().ContainsAnyInRange(Space, Last)
        ? string.Concat(text.Select(c => c is >= First and <= Last ? (char)(c - First + '!') : c is Space ? ' ' : c))
        : text;
}
