namespace Yaopai.Server.Knowledge;

/// <summary>Whose list an article is in: a text for each department and member that may read it.</summary>
internal static class ArticleScope
{
    /// <summary>All articles of an app, for the app itself.</summary>
    public const string OfApp = "";

    /// <summary>What every member may read.</summary>
    public const string Everyone = "*";

    public static string OfDepartment(string code) => "d:" + code;

    public static string OfMember(string userId) => "u:" + userId;

    /// <summary>The lists of an article.</summary>
    public static IEnumerable<string> Of(Article article) =>
    [
        OfApp,
        .. article is { Departments: [], Readers: [] } ? [Everyone] : Array.Empty<string>(),
        .. article.Departments.Select(OfDepartment).Concat(article.Readers.Select(OfMember)).Distinct(),
    ];

    /// <summary>The lists that a member reads.</summary>
    /// <param name="departments">The member's, and all above them.</param>
    public static IReadOnlyList<string> For(string userId, IEnumerable<string> departments) =>
        [Everyone, OfMember(userId), .. departments.Select(OfDepartment).Distinct()];
}
