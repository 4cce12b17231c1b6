namespace Yaopai.Server.Knowledge;

/// <summary>How much an article may be, and a tenant may sort by.</summary>
internal static class KnowledgeLimits
{
    public const int Title = 200;
    public const int Content = 200_000;
    public const int Excerpt = 500;
    public const int Address = 2048;
    public const int Name = 50;
    public const int FileName = 255;
    public const int CategoriesOfArticle = 20;
    public const int Documents = 20;
    public const int Readers = 200;

    public const int Components = 100;
    public const int CategoriesOfComponent = 1000;

    public const int LargestPage = 50;

    /// <summary>Older articles are not paged to.</summary>
    public const int LastPage = 200;
}
