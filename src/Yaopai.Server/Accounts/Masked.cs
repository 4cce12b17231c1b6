using System.Globalization;

namespace Yaopai.Server.Accounts;

/// <summary>What is left of something personal when its middle is hidden.</summary>
internal static class Masked
{
    /// <summary><c>182******74</c></summary>
    public static string Phone(PhoneNumber phone) => Text(phone.National, 3, 2);

    /// <summary>Counted as people count characters: nothing that they see as one is cut.</summary>
    public static string Text(string text, int head, int tail)
    {
        int[] characters = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        var count = characters.Length - 1;
        return count <= head + tail
            ? new string('*', count)
            : string.Concat(text.AsSpan(0, characters[head]), new string('*', count - head - tail), text.AsSpan(characters[count - tail]));
    }
}
