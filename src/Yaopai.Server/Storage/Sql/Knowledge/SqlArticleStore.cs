using Yaopai.Server.Knowledge;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Knowledge;

internal sealed class SqlArticleStore(Database database) : IArticleStore
{
    public Task<ArticleOutcome> TryAddAsync(
        long tenantId, long appId, Article article, bool makesCategories, CancellationToken ct) => WriteAsync(
        async session =>
        {
            var articleId = ArticleChange.NewId();
            return await session.ExecuteAsync(
                """
                INSERT INTO knowledge_article (
                    tenant_id, app_id, source_name, source_id, article_id, module, created_at, details, content)
                VALUES (@tenantId, @appId, @SourceName, @SourceId, @articleId, @Module, @createdAt, @details, @Content)
                ON CONFLICT (tenant_id, app_id, source_name, source_id) DO NOTHING
                """,
                new
                {
                    tenantId,
                    appId,
                    article.Key.SourceName,
                    article.Key.SourceId,
                    articleId,
                    article.Module,
                    createdAt = article.CreatedAt.ToMilliseconds(),
                    details = ArticleRow.DetailsOf(article),
                    article.Content,
                }) == 1
                ? await FillAsync(new ArticleChange(session, tenantId, appId), article, articleId, [], makesCategories)
                : ArticleOutcome.Refused;
        }, ct);

    public Task<ArticleOutcome> TryReplaceAsync(
        long tenantId, long appId, Article article, bool makesCategories, CancellationToken ct) => WriteAsync(
        async session =>
        {
            var key = new { tenantId, appId, article.Key.SourceName, article.Key.SourceId, article.Module };

            // Nobody else changes it until this is committed.
            var row = await session.FirstAsync<ArticleRow>(
                """
                UPDATE knowledge_article
                   SET module = @Module
                 WHERE tenant_id = @tenantId AND app_id = @appId AND source_name = @SourceName AND source_id = @SourceId
                RETURNING article_id, created_at
                """, key);
            if (row is null)
                return ArticleOutcome.Refused;

            var kept = article with { CreatedAt = Instants.FromMilliseconds(row.CreatedAt) };
            await session.ExecuteAsync(
                """
                UPDATE knowledge_article
                   SET details = @details, content = @Content
                 WHERE tenant_id = @tenantId AND article_id = @ArticleId
                """, new { tenantId, row.ArticleId, details = ArticleRow.DetailsOf(kept), kept.Content });
            var change = new ArticleChange(session, tenantId, appId);
            await change.UnlistAsync(row.ArticleId);
            return await FillAsync(change, kept, row.ArticleId, await change.LinksAsync(row.ArticleId), makesCategories);
        }, ct);

    public Task<bool> TryRemoveAsync(long tenantId, long appId, ArticleKey key, string module, CancellationToken ct) =>
        database.TryWriteAsync(
            async session =>
            {
                var row = await session.FirstAsync<ArticleRow>(
                    """
                    DELETE FROM knowledge_article
                     WHERE tenant_id = @tenantId AND app_id = @appId AND source_name = @SourceName AND source_id = @SourceId
                       AND module = @module
                    RETURNING article_id
                    """, new { tenantId, appId, key.SourceName, key.SourceId, module });
                if (row is null)
                    return false;

                var change = new ArticleChange(session, tenantId, appId);
                await change.UnlistAsync(row.ArticleId);
                return await change.LinkAsync(row.ArticleId, await change.LinksAsync(row.ArticleId), []);
            }, ct);

    public async Task<Article?> FindAsync(long tenantId, long appId, ArticleKey key, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<ArticleRow>(
            """
            SELECT article_id, created_at, details, content
              FROM knowledge_article
             WHERE tenant_id = @tenantId AND app_id = @appId AND source_name = @SourceName AND source_id = @SourceId
            """, new { tenantId, appId, key.SourceName, key.SourceId }), ct))?.ToArticle();

    public Task<IReadOnlyList<Article>> ListAsync(long tenantId, long appId, ArticleQuery query, CancellationToken ct) =>
        database.ReadAsync(
            async session =>
            {
                // Each list is read in its order and as far as the page goes: what they hold together is never sorted.
                var found = new Dictionary<long, long>();
                foreach (var scope in query.Scopes)
                {
                    foreach (var entry in await session.ListAsync<Entry>(
                        """
                        SELECT rank, article_id
                          FROM knowledge_listing
                         WHERE tenant_id = @tenantId AND app_id = @appId AND scope = @scope AND component_id = @ComponentId
                           AND published_at <= @latest
                         ORDER BY rank, article_id
                         LIMIT @most
                        """,
                        new
                        {
                            tenantId,
                            appId,
                            scope,
                            query.ComponentId,
                            latest = query.PublishedBy.ToMilliseconds() ?? long.MaxValue,
                            most = (long)query.Skip + query.Take,
                        }))
                        found[entry.ArticleId] = entry.Rank;
                }

                long[] ids =
                [
                    .. (from entry in found orderby entry.Value, entry.Key select entry.Key).Skip(query.Skip).Take(query.Take),
                ];
                var rows = (await session.ListAsync<ArticleRow>(
                    """
                    SELECT article_id, created_at, details
                      FROM knowledge_article
                     WHERE tenant_id = @tenantId AND article_id IN @ids
                    """, new { tenantId, ids })).ToDictionary(row => row.ArticleId);
                return (IReadOnlyList<Article>)[.. ids.Where(rows.ContainsKey).Select(id => rows[id].ToArticle())];
            }, ct);

    private static async Task<ArticleOutcome> FillAsync(
        ArticleChange change, Article article, long articleId, IReadOnlyCollection<string> linked, bool makesCategories)
    {
        var (outcome, componentId) = await change.SortAsync(article, makesCategories);
        if (outcome is not ArticleOutcome.Done)
            return outcome;

        await change.ListAsync(article, articleId, componentId);
        string[] links = [.. article.Documents.Select(document => document.AttachmentId).OfType<string>().Distinct()];
        return await change.LinkAsync(articleId, linked, links) ? ArticleOutcome.Done : ArticleOutcome.AttachmentUnknown;
    }

    private Task<ArticleOutcome> WriteAsync(Func<Session, Task<ArticleOutcome>> write, CancellationToken ct) =>
        database.WriteAsync(write, outcome => outcome is ArticleOutcome.Done, ct);

    private sealed class Entry
    {
        public long Rank { get; init; }
        public long ArticleId { get; init; }
    }
}
