namespace Yaopai.Server;

/// <summary>What somebody may have meant.</summary>
internal static class Spelling
{
    private const int LongestWord = 80;
    private const int Room = 1024;

    /// <summary>The word that differs least, where it differs by slips of the finger; null when none is near.</summary>
    public static string? Nearest(string asked, IEnumerable<string> words) => asked.Length > LongestWord
        ? null
        : (from word in words
           where word.Length <= LongestWord
           let distance = Distance(word, asked)
           where distance <= Math.Max(asked.Length > 4 ? 2 : 1, asked.Length / 4) && distance < asked.Length
           orderby distance, word.AsSpan().CommonPrefixLength(asked) descending
           select word).FirstOrDefault();

    /// <summary>How many characters have to be put in, taken out, changed or swapped with the next, whatever their case.</summary>
    public static int Distance(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var width = other.Length + 1;
        var size = (one.Length + 1) * width;
        Span<int> steps = size <= Room ? stackalloc int[size] : new int[size];
        for (var line = 0; line <= one.Length; line++)
        {
            for (var column = 0; column <= other.Length; column++)
            {
                var here = line * width + column;
                if (line is 0 || column is 0)
                {
                    steps[here] = line + column;
                    continue;
                }

                var change = Same(one[line - 1], other[column - 1]) ? 0 : 1;
                steps[here] = Math.Min(steps[here - width - 1] + change, 1 + Math.Min(steps[here - width], steps[here - 1]));
                if (line > 1 && column > 1 && Same(one[line - 1], other[column - 2]) && Same(one[line - 2], other[column - 1]))
                    steps[here] = Math.Min(steps[here], 1 + steps[here - 2 * width - 2]);
            }
        }

        return steps[^1];
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
