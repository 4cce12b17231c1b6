using Yaopai.Server.Knowledge;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Knowledge;

/// <summary>A write of an article, with what hangs on it.</summary>
internal sealed class ArticleChange(Session session, long tenantId, long appId)
{
    /// <summary>How long a file is kept that no article has any more: somebody may be reading it.</summary>
    private static readonly TimeSpan s_unlinked = TimeSpan.FromHours(1);

    /// <summary>More than the milliseconds that anything was published at.</summary>
    private const long Topped = 1_000_000_000_000_000;

    // 53 random bits: two of one tenant are not met, and readers that know no larger numbers read them
    public static long NewId() => Randomness.GetInt53();

    /// <summary>Makes what an article is sorted into, or finds it. Zero is the component of one that has none.</summary>
    public async Task<(ArticleOutcome Outcome, long ComponentId)> SortAsync(Article article, bool makes)
    {
        var componentId = 0L;
        if (article.Component is not "")
        {
            var (outcome, id) = await FindComponentAsync(article.Component, makes);
            if (outcome is not ArticleOutcome.Done)
                return (outcome, 0);

            componentId = id;
        }

        foreach (var category in article.Categories.Order(StringComparer.Ordinal))
        {
            if (await FindCategoryAsync(componentId, category, makes) is not ArticleOutcome.Done and var outcome)
                return (outcome, 0);
        }

        return (ArticleOutcome.Done, componentId);
    }

    public async Task ListAsync(Article article, long articleId, long componentId)
    {
        long published = article.PublishedAt.ToMilliseconds(), rank = -published - (article.IsTopped ? Topped : 0);
        foreach (var scope in ArticleScope.Of(article))
        {
            foreach (var component in componentId == 0 ? [0L] : new[] { 0, componentId })
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO knowledge_listing (tenant_id, app_id, scope, component_id, rank, article_id, published_at)
                    VALUES (@tenantId, @appId, @scope, @component, @rank, @articleId, @published)
                    """, new { tenantId, appId, scope, component, rank, articleId, published });
            }
        }
    }

    public Task UnlistAsync(long articleId) => session.ExecuteAsync(
        """
        DELETE FROM knowledge_listing
         WHERE tenant_id = @tenantId AND article_id = @articleId
        """, new { tenantId, articleId });

    public Task<IReadOnlyList<string>> LinksAsync(long articleId) => session.ListAsync<string>(
        """
        SELECT attachment_id
          FROM knowledge_link
         WHERE tenant_id = @tenantId AND article_id = @articleId
        """, new { tenantId, articleId });

    /// <summary>False when one of them is not there, or not complete, or another app's.</summary>
    public async Task<bool> LinkAsync(long articleId, IReadOnlyCollection<string> before, IReadOnlyCollection<string> after)
    {
        // in one order, so that no two writes wait for each other
        foreach (var id in before.Union(after).Order(StringComparer.Ordinal))
        {
            var row = new { tenantId, appId, articleId, id, bucket = Bucket.Of(session.Now + s_unlinked) };
            if (!before.Contains(id))
            {
                if (await session.ExecuteAsync(
                    """
                    UPDATE knowledge_attachment
                       SET links = links + 1, bucket = NULL
                     WHERE tenant_id = @tenantId AND id = @id AND app_id = @appId AND sha256 IS NOT NULL
                    """, row) == 0)
                    return false;

                await session.ExecuteAsync(
                    """
                    INSERT INTO knowledge_link (tenant_id, article_id, attachment_id)
                    VALUES (@tenantId, @articleId, @id)
                    """, row);
            }
            else if (!after.Contains(id))
            {
                await session.ExecuteAsync(
                    """
                    UPDATE knowledge_attachment
                       SET links = links - 1, bucket = CASE WHEN links = 1 THEN @bucket END
                     WHERE tenant_id = @tenantId AND id = @id
                    """, row);
                await session.ExecuteAsync(
                    """
                    DELETE FROM knowledge_link
                     WHERE tenant_id = @tenantId AND article_id = @articleId AND attachment_id = @id
                    """, row);
            }
        }

        return true;
    }

    private async Task<(ArticleOutcome Outcome, long Id)> FindComponentAsync(string name, bool makes)
    {
        const string Find = "SELECT id FROM knowledge_component WHERE tenant_id = @tenantId AND name = @name";
        var row = new { tenantId, name, id = NewId(), most = (long)KnowledgeLimits.Components };
        if (await session.ListAsync<long>(Find, row) is [var found])
            return (ArticleOutcome.Done, found);
        if (!makes)
            return (ArticleOutcome.CategoryUnknown, 0);

        await session.ExecuteAsync(
            """
            INSERT INTO knowledge_component (tenant_id, id, name)
            SELECT @tenantId, @id, @name
             WHERE (SELECT COUNT(*) FROM knowledge_component WHERE tenant_id = @tenantId) < @most
            ON CONFLICT (tenant_id, name) DO NOTHING
            """, row);
        return await session.ListAsync<long>(Find, row) is [var made] ? (ArticleOutcome.Done, made) : (ArticleOutcome.TooManyCategories, 0);
    }

    private async Task<ArticleOutcome> FindCategoryAsync(long componentId, string name, bool makes)
    {
        const string Find =
            "SELECT id FROM knowledge_category WHERE tenant_id = @tenantId AND component_id = @componentId AND name = @name";
        var row = new { tenantId, componentId, name, id = NewId(), most = (long)KnowledgeLimits.CategoriesOfComponent };
        if ((await session.ListAsync<long>(Find, row)).Count == 1)
            return ArticleOutcome.Done;
        if (!makes)
            return ArticleOutcome.CategoryUnknown;

        await session.ExecuteAsync(
            """
            INSERT INTO knowledge_category (tenant_id, component_id, name, id)
            SELECT @tenantId, @componentId, @name, @id
             WHERE (SELECT COUNT(*) FROM knowledge_category WHERE tenant_id = @tenantId AND component_id = @componentId) < @most
            ON CONFLICT (tenant_id, component_id, name) DO NOTHING
            """, row);
        return (await session.ListAsync<long>(Find, row)).Count == 1 ? ArticleOutcome.Done : ArticleOutcome.TooManyCategories;
    }
}
