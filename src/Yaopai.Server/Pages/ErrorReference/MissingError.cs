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
                    let distance = Math.Min(
                        Spelling.Distance(error.Code, number), Spelling.Distance(error.Number, number.Replace('-', '/')))
                    where distance <= FarthestNear && distance < error.Code.Length
                    orderby distance, SameStart(error.Code, number) descending
                    select error)
            .DistinctBy(ErrorCatalogue.PageOf)
            .Take(MostNear),
    ];

    private static int SameStart(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.CommonPrefixLength(other);
}
