using System.Globalization;
using System.Text;

namespace Yaopai.Server.Admin;

/// <summary>Columns that stay aligned on a terminal, where a Chinese character is two columns wide.</summary>
internal static class Table
{
    // Unicode Standard Annex #11: the blocks whose characters are wide.
    private static readonly (int First, int Last)[] s_wide =
    [
        (0x1100,  0x115f),  // Hangul Jamo
        (0x2e80,  0x303e),  // CJK radicals, symbols and punctuation
        (0x3041,  0xa4cf),  // Kana to Yi
        (0xac00,  0xd7a3),  // Hangul syllables
        (0xf900,  0xfaff),  // CJK compatibility
        (0xfe30,  0xfe4f),
        (0xff00,  0xff60),  // full-width forms
        (0xffe0,  0xffe6),
        (0x1f300, 0x1f64f), // pictographs
        (0x1f900, 0x1f9ff),
        (0x20000, 0x3fffd), // CJK extensions
    ];

    /// <param name="columns">The names of the fields to show, in their order.</param>
    public static string Of(IEnumerable<IReadOnlyList<Field>> rows, params string[] columns) => Of(
        [
            columns.Select(name => name.ToUpperInvariant().Replace('_', ' ')).ToArray(),
            .. rows.Select(row => columns.Select(name => row.First(field => field.Name == name).Text).ToArray()),
        ]);

    /// <param name="rows">The first one is the heading.</param>
    public static string Of(IReadOnlyList<string[]> rows)
    {
        var printable = rows.Select(row => row.Select(Printable).ToArray()).ToList();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => printable.Max(row => Width(row[column]))).ToArray();
        var text = new StringBuilder();
        foreach (var row in printable)
        {
            var line = string.Join("  ", row.Select((cell, column) => cell + new string(' ', widths[column] - Width(cell))));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    public static int Width(string text) => text.EnumerateRunes().Sum(Width);

    /// <summary>A name that came from elsewhere must not steer the terminal it is shown on.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\ufffd' : c)) : text;

    private static int Width(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
        : s_wide.Any(block => rune.Value >= block.First && rune.Value <= block.Last) ? 2
        : 1;
}
