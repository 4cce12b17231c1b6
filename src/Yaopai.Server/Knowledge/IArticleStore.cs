namespace Yaopai.Server.Knowledge;

/// <summary>Articles: each is one app's, under a key of the app's own. What an article makes or names comes with it, or nothing
/// does.</summary>
internal interface IArticleStore
{
    /// <summary>Refused when the app has one of that key.</summary>
    /// <param name="makesCategories">Whether categories and a component that are not there are made.</param>
    Task<ArticleOutcome> TryAddAsync(long tenantId, long appId, Article article, bool makesCategories, CancellationToken ct);

    /// <summary>Refused when the app has none of that key. It stays as old as it was.</summary>
    Task<ArticleOutcome> TryReplaceAsync(long tenantId, long appId, Article article, bool makesCategories, CancellationToken ct);

    /// <summary>False when the app has none of that key in that module.</summary>
    Task<bool> TryRemoveAsync(long tenantId, long appId, ArticleKey key, string module, CancellationToken ct);

    Task<Article?> FindAsync(long tenantId, long appId, ArticleKey key, CancellationToken ct);

    Task<IReadOnlyList<Article>> ListAsync(long tenantId, long appId, ArticleQuery query, CancellationToken ct);
}

/// <summary>A page of an app's articles without what they say: those on top first, the latest first.</summary>
/// <param name="Scopes">The lists that are read as one: <see cref="ArticleScope"/>.</param>
/// <param name="ComponentId">Zero for all.</param>
/// <param name="PublishedBy">Null for those too that are to come.</param>
internal sealed record ArticleQuery(
    IReadOnlyList<string> Scopes, long ComponentId, DateTimeOffset? PublishedBy, int Skip, int Take);

/// <summary>What articles are sorted into; the first article of a kind makes it.</summary>
internal interface ICategoryStore
{
    /// <summary>All, by name.</summary>
    Task<IReadOnlyList<Component>> ListComponentsAsync(long tenantId, CancellationToken ct);

    /// <summary>All of a component, by name; zero for those of none.</summary>
    Task<IReadOnlyList<Category>> ListAsync(long tenantId, long componentId, CancellationToken ct);
}
