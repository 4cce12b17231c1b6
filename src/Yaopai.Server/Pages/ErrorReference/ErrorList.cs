using Microsoft.AspNetCore.Http.Extensions;
using Yaopai.Errors;

namespace Yaopai.Server.Pages.ErrorReference;

/// <summary>The errors that a reader looks for, and the ways to look further.</summary>
/// <param name="Surface">Null for all of them.</param>
/// <param name="Operation">Empty for all of them.</param>
public sealed record ErrorList(string Search, ErrorSurface? Surface, string Operation)
{
    public const int LongestSearch = 200;

    private IReadOnlyList<ErrorDefinition>? _matches;

    public bool IsTooLong => Search.Length > LongestSearch;

    public bool IsNarrowed => Search is not "" || Operation is not "";

    public IEnumerable<ErrorDefinition> Found => Matches.Where(error => IsOn(error, Surface) && IsOf(error, Operation));

    /// <summary>How many there would be on this surface (null: on all), whatever the operation.</summary>
    public int CountOn(ErrorSurface? surface) => Matches.Count(error => IsOn(error, surface));

    /// <summary>The operations of the surface that have any, in the order of its documents, and how many there would be of each.</summary>
    public IEnumerable<(string Name, int Count)> Operations => Surface is null
        ? []
        : Matches.Where(error => IsOn(error, Surface)).GroupBy(error => error.Operation).Select(errors => (errors.Key, errors.Count()));

    public string Href(ErrorSurface? surface, string operation = "", string extension = "")
    {
        var query = new QueryBuilder();
        if (Search is not "" && !IsTooLong)
            query.Add("q", Search);
        if (operation is not "")
            query.Add("operation", operation);
        return $"{Address(surface)}{extension}{query}";
    }

    public static string Address(ErrorSurface? surface) => surface is null ? "/errors" : $"/errors/{surface.Slug}";

    public static string Address(ErrorSurface surface, string operation) =>
        new ErrorList("", surface, "").Href(surface, operation);

    private IReadOnlyList<ErrorDefinition> Matches => _matches ??= IsTooLong ? [] : Matching(Search);

    private static bool IsOn(ErrorDefinition error, ErrorSurface? surface) => surface is null || error.Surface == surface.Name;

    private static bool IsOf(ErrorDefinition error, string operation) =>
        operation is "" || error.Operation.Equals(operation, StringComparison.OrdinalIgnoreCase);

    /// <summary>Every word has to be found, each wherever it stands.</summary>
    private static IReadOnlyList<ErrorDefinition> Matching(string search)
    {
        var matches = ErrorCatalogue.All;
        foreach (var word in search.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct())
        {
            var having = new HashSet<ErrorDefinition>(ErrorCatalogue.Search(word), ReferenceEqualityComparer.Instance);
            having.UnionWith(ErrorCatalogue.Find(null, word));
            having.UnionWith(matches.Where(error => FullName(error).Contains(word, StringComparison.OrdinalIgnoreCase)));
            matches = [.. matches.Where(having.Contains)];
        }

        return matches;
    }

    private static string FullName(ErrorDefinition error) => $"{error.Surface}.{error.Operation}.{error.Name}";
}
