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
                    orderby distance
                    select error)
            .DistinctBy(ErrorCatalogue.PageOf)
            .Take(MostNear),
    ];

    /// <summary>How many characters have to be put in, taken out or changed.</summary>
    private static int Distance(string one, string other)
    {
        Span<int> row = stackalloc int[LongestCode + 1];
        for (var column = 0; column <= other.Length; column++)
            row[column] = column;

        for (var line = 1; line <= one.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= other.Length; column++)
            {
                var same = char.ToUpperInvariant(one[line - 1]) == char.ToUpperInvariant(other[column - 1]);
                var change = diagonal + (same ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(change, 1 + Math.Min(diagonal, row[column - 1]));
            }
        }

        return row[other.Length];
    }
}
