namespace Yaopai.Tests;

/// <summary>A text as an input method for Chinese leaves it.</summary>
internal static class FullWidth
{
    public static string Of(string text) => string.Concat(text.Select(c => c is >= '!' and <= '~' ? (char)(c + 0xfee0) : c));
}
