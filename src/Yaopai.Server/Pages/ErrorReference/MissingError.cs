using Yaopai.Errors;

namespace Yaopai.Server.Pages.ErrorReference;

/// <summary>What a reader asked for in vain, and what may have been meant.</summary>
/// <param name="Surface">Null when it is the surface that is unknown.</param>
/// <param name="Number">The code asked for; empty when only a surface was.</param>
public sealed record MissingError(ErrorSurface? Surface, string Slug, string Number)
{
    private const int MostNear = 8;
    private const int LongestCode = 40;
    private const int FarthestNear = 2;

    /// <summary>The same code elsewhere, then codes that differ by a slip of the finger, nearest first.</summary>
    public IReadOnlyList<ErrorDefinition> Near { get; } = Number.Length is 0 or > LongestCode ? [] : NearTo(Surface, Number);

    private static IReadOnlyList<ErrorDefinition> NearTo(ErrorSurface? surface, string number) =>
    [
        .. ErrorCatalogue.Find(null, number)
            .Concat(from error in surface?.Errors ?? ErrorCatalogue.All
                    let distance = Math.Min(Distance(error.Code, number), Distance(error.Number, number.Replace('-', '/')))
                    where distance <= FarthestNear && distance < error.Code.Length
                    orderby distance, SameStart(error.Code, number) descending
                    select error)
            .DistinctBy(ErrorCatalogue.PageOf)
            .Take(MostNear),
    ];

    private static int SameStart(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.CommonPrefixLength(other);

    /// <summary>How many characters have to be put in, taken out, changed or swapped with the next.</summary>
    private static int Distance(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var width = other.Length + 1;
        Span<int> steps = stackalloc int[(one.Length + 1) * width];
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
