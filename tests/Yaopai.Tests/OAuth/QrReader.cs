using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Yaopai.Tests.OAuth;

/// <summary>Reads a QR code back as a phone would (ISO/IEC 18004): versions 1 to 6, level M, bytes.
/// Nothing is repaired, because nothing may be broken.</summary>
internal sealed partial class QrReader(bool[,] dark)
{
    private static readonly (int Codewords, int Blocks)[] s_levelM = [(16, 1), (28, 1), (44, 1), (64, 2), (86, 2), (108, 4)];

    private readonly int _size = dark.GetLength(0);

    private const int QuietZone = 4;

    private int Version => (_size - 17) / 4;

    /// <summary>What a drawing of dark runs, with its quiet zone, says.</summary>
    public static string Read(XElement svg)
    {
        var size = int.Parse(svg.Attribute("viewBox")!.Value.Split(' ')[2]);
        var dark = new bool[size - (2 * QuietZone), size - (2 * QuietZone)];
        foreach (Match run in Run.Matches(svg.Elements().Last().Attribute("d")!.Value))
        {
            for (var i = 0; i < int.Parse(run.Groups["length"].Value); i++)
                dark[int.Parse(run.Groups["y"].Value) - QuietZone, int.Parse(run.Groups["x"].Value) + i - QuietZone] = true;
        }

        return new QrReader(dark).Read();
    }

    public string Read()
    {
        var format = Format();
        Assert.Equal(0, format >> 13); // level M
        var codewords = Codewords((format >> 10) & 7);
        var (count, blocks) = s_levelM[Version - 1];
        var data = new byte[count];
        for (var i = 0; i < count; i++)
            data[(i % blocks * (count / blocks)) + (i / blocks)] = codewords[i];

        Assert.Equal(4, data[0] >> 4); // bytes
        var length = ((data[0] & 15) << 4) | (data[1] >> 4);
        return Encoding.UTF8.GetString([.. Enumerable.Range(1, length).Select(i => (byte)((data[i] << 4) | (data[i + 1] >> 4)))]);
    }

    /// <summary>Level, mask and their check bits, around the first finder.</summary>
    private int Format()
    {
        (int Row, int Column)[] places =
        [
            (8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8), (5, 8), (4, 8), (3, 8), (2, 8), (1, 8), (0, 8),
        ];
        return places.Aggregate(0, (bits, place) => (bits << 1) | (dark[place.Row, place.Column] ? 1 : 0)) ^ 0x5412;
    }

    /// <summary>Two columns at a time from the right, up and down by turns; the mask is taken off.</summary>
    private byte[] Codewords(int mask)
    {
        var bits = new List<bool>();
        var up = true;
        for (var right = _size - 1; right > 0; right -= 2, up = !up)
        {
            if (right == 6) // the column of the timing pattern
                right--;
            for (var step = 0; step < _size; step++)
            {
                var row = up ? _size - 1 - step : step;
                foreach (var column in new[] { right, right - 1 })
                {
                    if (!IsPattern(row, column))
                        bits.Add(dark[row, column] ^ IsFlipped(mask, row, column));
                }
            }
        }

        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => (byte)chunk.Aggregate(
            0, (value, bit) => (value << 1) | (bit ? 1 : 0)))];
    }

    private bool IsPattern(int row, int column) =>
        (row < 9 && column < 9) || (row < 9 && column >= _size - 8) || (row >= _size - 8 && column < 9) || row == 6 || column == 6
        || (Version > 1 && Math.Abs(row - (_size - 7)) <= 2 && Math.Abs(column - (_size - 7)) <= 2);

    private static bool IsFlipped(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => ((row / 2) + (column / 3)) % 2 == 0,
        5 => (row * column % 2) + (row * column % 3) == 0,
        6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
        _ => (((row + column) % 2) + (row * column % 3)) % 2 == 0,
    };

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<length>\d+)v1h-\d+z")]
    private static partial Regex Run { get; }
}
