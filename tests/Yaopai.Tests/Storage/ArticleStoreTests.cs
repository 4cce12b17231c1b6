using Yaopai.Server.Knowledge;
using Yaopai.Server.Storage.Sql.Knowledge;

namespace Yaopai.Tests.Storage;

public sealed class SqliteArticleStoreTests(OnSqlite engine) : ArticleStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresArticleStoreTests(OnPostgres engine) : ArticleStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class ArticleStoreContract(Engine engine)
{
    private const long App = 7;

    private readonly SqlArticleStore _articles = new(engine.Database);
    private readonly SqlCategoryStore _categories = new(engine.Database);
    private readonly long _tenant = Samples.NewId();

    [Fact]
    public async Task An_article_is_found_by_its_key_as_it_was_stored()
    {
        var article = NewArticle() with
        {
            Content = "正文",
            Excerpt = "excerpt",
            Cover = "https://a.example/c.png",
            Language = 1,
            Style = 9,
            IsRecommended = true,
            IsTopped = true,
            Component = "规章",
            Categories = ["二", "一"],
            Departments = ["10"],
            Readers = ["a@example"],
            Module = "bulletins",
            Documents = [new ArticleDocument("a.pdf", "https://a.example/a.pdf", 3)],
        };
        await AddAsync(article);

        var found = await _articles.FindAsync(_tenant, App, article.Key, default);

        Assert.Equivalent(article, found, strict: true);
        Assert.Null(await _articles.FindAsync(_tenant, App + 1, article.Key, default));
        Assert.Null(await _articles.FindAsync(Samples.NewId(), App, article.Key, default));
        Assert.Null(await _articles.FindAsync(_tenant, App, article.Key with { SourceName = "other" }, default));
    }

    [Fact]
    public async Task Of_ten_articles_of_one_key_one_is_stored()
    {
        var article = NewArticle() with { Component = "component", Categories = ["category"] };
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => _articles.TryAddAsync(_tenant, App, article, makesCategories: true, default)));
        Assert.Single(outcomes, ArticleOutcome.Done);
        Assert.Equal(9, outcomes.Count(outcome => outcome is ArticleOutcome.Refused));
        Assert.Single(await ListAsync(ArticleScope.OfApp));
        await AddAsync(article with { Key = article.Key with { SourceName = "other" } });
        Assert.Equal(ArticleOutcome.Done, await _articles.TryAddAsync(_tenant, App + 1, article, makesCategories: false, default));
    }

    [Fact]
    public async Task Categories_and_components_are_made_once_or_nothing_is_stored()
    {
        var article = NewArticle() with { Component = "规章", Categories = ["一", "二"] };
        Assert.Equal(ArticleOutcome.CategoryUnknown, await _articles.TryAddAsync(_tenant, App, article, makesCategories: false, default));
        Assert.Null(await _articles.FindAsync(_tenant, App, article.Key, default));
        Assert.Empty(await _categories.ListComponentsAsync(_tenant, default));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(
            _ => _articles.TryAddAsync(_tenant, App, article with { Key = NewArticle().Key }, makesCategories: true, default)));
        var component = Assert.Single(await _categories.ListComponentsAsync(_tenant, default));
        Assert.Equal("规章", component.Name);
        Assert.Equal(["一", "二"], (await _categories.ListAsync(_tenant, component.Id, default)).Select(one => one.Name).Order());
        Assert.Empty(await _categories.ListAsync(_tenant, componentId: 0, default));
        Assert.Empty(await _categories.ListAsync(Samples.NewId(), component.Id, default));
    }

    [Fact]
    public async Task A_tenant_has_so_many_components()
    {
        for (var i = 0; i < KnowledgeLimits.Components; i++)
            await AddAsync(NewArticle() with { Component = $"c{i}" });

        var article = NewArticle() with { Component = "one more" };
        Assert.Equal(ArticleOutcome.TooManyCategories, await _articles.TryAddAsync(_tenant, App, article, makesCategories: true, default));
        Assert.Null(await _articles.FindAsync(_tenant, App, article.Key, default));
    }

    [Fact]
    public async Task A_list_has_those_on_top_first_and_then_the_latest()
    {
        var old = await AddAsync(NewArticle(published: 1));
        var late = await AddAsync(NewArticle(published: 3));
        var top = await AddAsync(NewArticle(published: 2) with { IsTopped = true });

        Assert.Equal([top.Key, late.Key, old.Key], await ListAsync(ArticleScope.OfApp));
        Assert.Equal([late.Key], await ListAsync(ArticleScope.OfApp, skip: 1, take: 1));
        Assert.Empty(await ListAsync(ArticleScope.OfApp, skip: 3));
    }

    [Fact]
    public async Task Who_may_read_an_article_has_it_listed_once()
    {
        var all = await AddAsync(NewArticle(published: 1));
        var mine = await AddAsync(NewArticle(published: 2) with { Readers = ["a@example"], Departments = ["10"] });
        await AddAsync(NewArticle(published: 3) with { Readers = ["b@example"] });

        Assert.Equal([mine.Key, all.Key], await ListAsync([.. ArticleScope.For("a@example", ["0", "10"])]));
        Assert.Equal([mine.Key, all.Key], await ListAsync([.. ArticleScope.For("c@example", ["10"])]));
        Assert.Equal([all.Key], await ListAsync([.. ArticleScope.For("c@example", ["11"])]));
    }

    [Fact]
    public async Task What_is_to_come_is_not_listed_for_readers()
    {
        var soon = await AddAsync(NewArticle(published: 5));
        Assert.Equal([soon.Key], await ListAsync(ArticleScope.OfApp));
        Assert.Empty(await ListAsync([ArticleScope.Everyone], publishedBy: Samples.Noon.AddMinutes(4)));
        Assert.Equal([soon.Key], await ListAsync([ArticleScope.Everyone], publishedBy: Samples.Noon.AddMinutes(5)));
    }

    [Fact]
    public async Task A_component_has_a_list_of_its_own()
    {
        var inside = await AddAsync(NewArticle() with { Component = "here" });
        await AddAsync(NewArticle());
        var component = Assert.Single(await _categories.ListComponentsAsync(_tenant, default));
        Assert.Equal([inside.Key], await ListAsync([ArticleScope.OfApp], componentId: component.Id));
        Assert.Equal([inside.Key], await ListAsync([ArticleScope.Everyone], componentId: component.Id));
    }

    [Fact]
    public async Task A_replaced_article_stays_as_old_as_it_was_and_leaves_its_lists()
    {
        var article = await AddAsync(NewArticle() with { Readers = ["a@example"] });
        var changed = article with { Title = "changed", Readers = [], CreatedAt = Samples.Noon.AddDays(9), IsTopped = true };

        Assert.Equal(ArticleOutcome.Done, await _articles.TryReplaceAsync(_tenant, App, changed, makesCategories: false, default));

        Assert.Equivalent(
            changed with { CreatedAt = article.CreatedAt }, await _articles.FindAsync(_tenant, App, article.Key, default), strict: true);
        Assert.Empty(await ListAsync(ArticleScope.OfMember("a@example")));
        Assert.Equal([article.Key], await ListAsync(ArticleScope.Everyone));
        Assert.Equal(ArticleOutcome.Refused, await _articles.TryReplaceAsync(_tenant, App, NewArticle(), makesCategories: true, default));
    }

    [Fact]
    public async Task A_refused_replacement_changes_nothing()
    {
        var article = await AddAsync(NewArticle());
        var worse = article with { Title = "worse", Documents = [new ArticleDocument("a", "", 1, new string('a', 32))] };
        Assert.Equal(
            ArticleOutcome.AttachmentUnknown, await _articles.TryReplaceAsync(_tenant, App, worse, makesCategories: true, default));
        Assert.Equivalent(article, await _articles.FindAsync(_tenant, App, article.Key, default), strict: true);
        Assert.Equal([article.Key], await ListAsync(ArticleScope.Everyone));
    }

    [Fact]
    public async Task A_removed_article_is_in_no_list_and_its_key_is_free()
    {
        var article = await AddAsync(NewArticle() with { Module = "bulletins" });
        Assert.False(await _articles.TryRemoveAsync(_tenant, App, article.Key, "other", default));
        Assert.False(await _articles.TryRemoveAsync(_tenant, App + 1, article.Key, "bulletins", default));
        Assert.True(await _articles.TryRemoveAsync(_tenant, App, article.Key, "bulletins", default));
        Assert.False(await _articles.TryRemoveAsync(_tenant, App, article.Key, "bulletins", default));
        Assert.Empty(await ListAsync(ArticleScope.OfApp));
        await AddAsync(article);
    }

    private static Article NewArticle(int published = 0) => new()
    {
        Key = new ArticleKey("source", $"{Guid.NewGuid():n}"),
        Title = "title",
        AuthorId = "author@example",
        Content = "text",
        PublishedAt = Samples.Noon.AddMinutes(published),
        CreatedAt = Samples.Noon,
        ChangedAt = Samples.Noon,
    };

    private async Task<Article> AddAsync(Article article)
    {
        Assert.Equal(ArticleOutcome.Done, await _articles.TryAddAsync(_tenant, App, article, makesCategories: true, default));
        return article;
    }

    private Task<IEnumerable<ArticleKey>> ListAsync(string scope, int skip = 0, int take = 50) => ListAsync([scope], skip, take);

    private async Task<IEnumerable<ArticleKey>> ListAsync(
        string[] scopes, int skip = 0, int take = 50, long componentId = 0, DateTimeOffset? publishedBy = null) =>
        (await _articles.ListAsync(_tenant, App, new ArticleQuery(scopes, componentId, publishedBy, skip, take), default))
            .Select(article => article.Key);
}
