using System.Globalization;

namespace Yaopai.Server.Recognition;

/// <summary>Reads the table that tesseract writes: level, page, block, paragraph, line, word, left, top, width, height, confidence,
/// text.</summary>
internal static class TesseractTsv
{
    private const int Columns = 12;

    private const string WordLevel = "5";

    /// <summary>More words than any picture within the limits shows.</summary>
    private const int MostWords = 20_000;

    /// <summary>Null for what is no such table.</summary>
    public static OcrText? Read(string table, Picture picture)
    {
        var lines = new List<OcrLine>();
        var words = new List<OcrWord>();
        var (current, count) = ("", 0);
        foreach (var row in table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = row.TrimEnd('\r').Split('\t', Columns);
            if (cells.Length is not Columns || ++count > MostWords)
                return null;

            if (cells[0] is not WordLevel || string.IsNullOrWhiteSpace(cells[11]))
                continue; // the boxes of pages, blocks and lines, and of lines that are drawn

            if (WordOf(cells, picture) is not { } word)
                return null;

            var line = string.Join('.', cells[1..5]);
            if (line != current && words.Count > 0)
            {
                lines.Add(new([.. words]));
                words.Clear();
            }

            current = line;
            words.Add(word);
        }

        if (words.Count > 0)
            lines.Add(new([.. words]));
        return table.StartsWith("level\t", StringComparison.Ordinal) ? new(lines) : null;
    }

    private static OcrWord? WordOf(string[] cells, Picture picture) =>
        TryRead(cells[6], out var left) && TryRead(cells[7], out var top)
        && TryRead(cells[8], out var width) && TryRead(cells[9], out var height)
        && double.TryParse(cells[10], NumberStyles.Float, CultureInfo.InvariantCulture, out var confidence)
            ? new(
                cells[11].Trim(), new OcrBox(left, top, left + width, top + height).UprightIn(picture), Math.Clamp(confidence / 100, 0, 1))
            : null;

    private static bool TryRead(string cell, out int number) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
