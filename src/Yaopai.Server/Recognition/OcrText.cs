using System.Text;

namespace Yaopai.Server.Recognition;

/// <summary>Where something stands in a picture, in pixels.</summary>
internal readonly record struct OcrBox(int Left, int Top, int Right, int Bottom)
{
    public int Height => Bottom - Top;

    public double Middle => (Top + Bottom) / 2.0;

    public OcrBox Around(OcrBox other) =>
        new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>Where it stands when the picture is turned upright.</summary>
    public OcrBox UprightIn(Picture picture) => picture.Rotation switch
    {
        90 => new(picture.Height - Bottom, Left, picture.Height - Top, Right),
        180 => new(picture.Width - Right, picture.Height - Bottom, picture.Width - Left, picture.Height - Top),
        270 => new(Top, picture.Width - Right, Bottom, picture.Width - Left),
        _ => this,
    };
}

/// <param name="Confidence">From 0 to 1.</param>
internal sealed record OcrWord(string Text, OcrBox Box, double Confidence);

/// <summary>Words that stand close together in one line.</summary>
internal sealed record OcrSegment(IReadOnlyList<OcrWord> Words)
{
    public string Text { get; } = Join(Words);

    public OcrBox Box { get; } = Words.Select(word => word.Box).Aggregate((box, next) => box.Around(next));

    /// <summary>No segment is surer than its least sure word.</summary>
    public double Confidence => Words.Min(word => word.Confidence);

    /// <summary>Han characters stand without spaces, and next to them nothing else has one.</summary>
    private static string Join(IReadOnlyList<OcrWord> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            if (text.Length > 0 && !IsWide(text[^1]) && !IsWide(word.Text[0]))
                text.Append(' ');
            text.Append(word.Text);
        }

        return text.ToString();
    }

    /// <summary>Han, kana and full-width characters and punctuation.</summary>
    private static bool IsWide(char c) =>
        c is (>= '\u2E80' and <= '\uA4CF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFFEF');
}

/// <summary>A line of words, from left to right.</summary>
internal sealed record OcrLine(IReadOnlyList<OcrWord> Words)
{
    /// <summary>A gap of more than this many heights of the line parts what belongs together from what does not.</summary>
    private const double WidestGap = 1.2;

    public string Text { get; } = new OcrSegment(Words).Text;

    public IReadOnlyList<OcrSegment> Segments { get; } = [.. Part(Words)];

    /// <summary>The height of the letters: words of one line differ, and boxes around single signs are too high at times.</summary>
    public int Height { get; } = HeightOf(Words);

    private static int HeightOf(IReadOnlyList<OcrWord> words) =>
        words.Select(word => word.Box.Height).Order().ElementAt(words.Count / 2);

    private static IEnumerable<OcrSegment> Part(IReadOnlyList<OcrWord> words)
    {
        var widest = HeightOf(words) * WidestGap;
        var first = 0;
        for (var at = 1; at <= words.Count; at++)
        {
            if (at == words.Count || words[at].Box.Left - words[at - 1].Box.Right > widest)
            {
                yield return new([.. words.Skip(first).Take(at - first)]);
                first = at;
            }
        }
    }
}

/// <summary>What an engine read of a picture: lines in the order of reading.</summary>
internal sealed record OcrText(IReadOnlyList<OcrLine> Lines)
{
    public IEnumerable<OcrSegment> Segments => Lines.SelectMany(line => line.Segments);
}
