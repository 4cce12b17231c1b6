namespace Yaopai.Server.Recognition;

/// <param name="Row">From 0.</param>
/// <param name="Columns">The columns that it reaches over, from 0.</param>
internal sealed record TableCell(int Row, IReadOnlyList<int> Columns, OcrSegment Segment);

/// <summary>Text as rows and columns.</summary>
/// <remarks>
/// Segments whose middles are on one height are a row. Rows of more than one segment say where the columns are: segments above
/// each other, of which one reaches over the other, are in one. A row of a single segment, as a heading, reaches over whatever it covers.
/// </remarks>
internal sealed record TableReading(int Rows, int Columns, IReadOnlyList<TableCell> Cells)
{
    public bool IsTable => Rows > 1 && Columns > 1;

    public static TableReading Of(OcrText text)
    {
        var rows = RowsOf(text.Segments);
        var columns = ColumnsOf(rows.Where(row => row.Count > 1).DefaultIfEmpty([]).SelectMany(row => row));
        if (columns.Count == 0)
            columns = ColumnsOf(rows.SelectMany(row => row));

        TableCell[] cells =
            [.. from row in rows.Index() from segment in row.Item select new TableCell(row.Index, Covered(segment.Box), segment)];
        return new(rows.Count, columns.Count, cells);

        IReadOnlyList<int> Covered(OcrBox box)
        {
            int[] covered =
            [
                .. from column in columns.Index()
                   where box.Left < column.Item.Right && box.Right > column.Item.Left
                   select column.Index,
            ];
            return covered.Length > 0 ? covered : [columns.Index().MinBy(column => Distance(box, column.Item)).Index];
        }
    }

    private static double Distance(OcrBox box, (int Left, int Right) column) =>
        Math.Abs((box.Left + box.Right) / 2.0 - (column.Left + column.Right) / 2.0);

    private static List<List<OcrSegment>> RowsOf(IEnumerable<OcrSegment> segments)
    {
        var rows = new List<List<OcrSegment>>();
        foreach (var segment in segments.OrderBy(segment => segment.Box.Middle))
        {
            if (rows.Count > 0
                && segment.Box.Middle - rows[^1].Average(one => one.Box.Middle) < rows[^1].Average(one => one.Box.Height) / 2)
                rows[^1].Add(segment);
            else
                rows.Add([segment]);
        }

        foreach (var row in rows)
            row.Sort((one, other) => one.Box.Left.CompareTo(other.Box.Left));
        return rows;
    }

    private static List<(int Left, int Right)> ColumnsOf(IEnumerable<OcrSegment> segments)
    {
        var columns = new List<(int Left, int Right)>();
        foreach (var box in segments.Select(segment => segment.Box).OrderBy(box => box.Left))
        {
            if (columns.Count > 0 && box.Left < columns[^1].Right)
                columns[^1] = (columns[^1].Left, Math.Max(columns[^1].Right, box.Right));
            else
                columns.Add((box.Left, box.Right));
        }

        return columns;
    }
}
