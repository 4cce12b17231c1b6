using System.Globalization;

namespace Yaopai.Server.OAuth;

/// <summary>A client_id as every surface reads it.</summary>
internal static class ClientId
{
    private const int MostDigits = 18;

    /// <summary>Null for a text that can name no app of ours: each has one spelling, of digits alone and without zeros before it.</summary>
    public static long? Parse(string text) => text is ['0', ..] ? null : Number(text);

    /// <summary>A number of digits alone; null for anything else.</summary>
    public static long? Number(string text) =>
        text.Length <= MostDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && char.IsAsciiDigit(text[^1]) // the framework overlooks a NUL at the end
            ? number : null;
}
