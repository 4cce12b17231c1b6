using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Knowledge;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Knowledge;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Knowledge;

public sealed class SqliteAttachmentsTests(OnSqlite engine) : AttachmentsContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresAttachmentsTests(OnPostgres engine) : AttachmentsContract(engine), IClassFixture<OnPostgres>;

/// <summary>Files over their stores.</summary>
public abstract class AttachmentsContract : IAsyncDisposable
{
    private const long App = 7;

    private static readonly byte[] s_pdf = Encoding.ASCII.GetBytes("%PDF-1.7 a document");

    private readonly FakeTimeProvider _clock = new(Samples.Noon);
    private readonly KnowledgeOptions _options = new() { MaxFileBytes = 1024 * 1024, MaxTenantBytes = 2 * 1024 * 1024 };
    private readonly Database _database;
    private readonly SqlAttachmentStore _store;
    private readonly SqlArticleStore _articles;
    private readonly Attachments _attachments;
    private readonly long _tenant = Samples.NewId();

    private protected AttachmentsContract(Engine engine)
    {
        _database = engine.Open(clock: _clock);
        (_store, _articles) = (new SqlAttachmentStore(_database), new SqlArticleStore(_database));
        _attachments = new Attachments(new SqlUploadStore(_database), _store, Options.Create(_options), _clock);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_file_comes_back_as_it_came_with_its_hashes_and_what_its_bytes_say_that_it_is()
    {
        var bytes = Bytes(600 * 1024);
        s_pdf.CopyTo(bytes, 0);
        var added = await AddAsync(bytes, "报告.exe");

        var found = await _attachments.FindAsync(_tenant, added.Id, default);
        Assert.Equal("报告.exe", found!.Name);
        Assert.Equal("application/pdf", found.Content!.Type);
        Assert.Equal(bytes.Length, found.Content.Size);
        Assert.Equal(MD5.HashData(bytes), found.Content.Md5);
        Assert.Equal(SHA256.HashData(bytes), found.Content.Sha256);
        Assert.Equal(bytes, await ReadAsync(found));
        Assert.Null(await _attachments.FindAsync(Samples.NewId(), added.Id, default));
        Assert.Null(await _attachments.FindOfAppAsync(_tenant, App + 1, added.Id, default));
    }

    [Fact]
    public async Task What_is_not_what_was_said_to_come_leaves_nothing()
    {
        Assert.Equal(UploadOutcome.Different, await TryAddAsync(s_pdf, new Expected(s_pdf.Length + 1)));
        Assert.Equal(UploadOutcome.Different, await TryAddAsync(s_pdf, new Expected(s_pdf.Length - 1)));
        Assert.Equal(UploadOutcome.Different, await TryAddAsync(s_pdf, new Expected(Md5: new byte[16])));
        Assert.Equal(UploadOutcome.Empty, await TryAddAsync([]));
        Assert.Equal(UploadOutcome.TooLarge, await TryAddAsync(Bytes(1024 * 1024 + 1)));
        Assert.Equal(UploadOutcome.TooLarge, await TryAddAsync(s_pdf, new Expected(1024 * 1024 + 1)));
        Assert.Equal(UploadOutcome.Done, await TryAddAsync(s_pdf, new Expected(s_pdf.Length, MD5.HashData(s_pdf))));
        await SweepAsync();
        Assert.Equal(s_pdf.Length, await UsageAsync());
    }

    [Fact]
    public async Task A_tenant_stores_so_much_and_no_more()
    {
        await AddAsync(Bytes(1024 * 1024));
        await AddAsync(Bytes(1024 * 1024 - 10));
        Assert.Equal(UploadOutcome.QuotaExceeded, await TryAddAsync(Bytes(11)));
        var last = await AddAsync(Bytes(10));
        Assert.True(await _attachments.TryRemoveAsync(_tenant, App, last.Id, default));
        await AddAsync(Bytes(10));
    }

    [Fact]
    public async Task A_sender_who_goes_away_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() =>
            _attachments.AddAsync(_tenant, App, "a", new Broken(Bytes(300 * 1024)), new Expected(), default));
        await SweepAsync();
        Assert.Equal(0, await UsageAsync());
    }

    [Fact]
    public async Task A_file_without_an_article_leaves_after_a_week_and_one_with_an_article_stays()
    {
        var (unused, used) = (await AddAsync(s_pdf), await AddAsync(s_pdf));
        var article = await AddArticleAsync(used.Id);

        _clock.Advance(TimeSpan.FromDays(8));
        await SweepAsync();
        Assert.Null(await _attachments.FindAsync(_tenant, unused.Id, default));
        Assert.Equal(s_pdf, await ReadAsync((await _attachments.FindAsync(_tenant, used.Id, default))!));
        Assert.False(await _attachments.TryRemoveAsync(_tenant, App, used.Id, default));

        Assert.True(await _articles.TryRemoveAsync(_tenant, App, article.Key, "", default));
        _clock.Advance(TimeSpan.FromHours(2));
        await SweepAsync();
        Assert.Null(await _attachments.FindAsync(_tenant, used.Id, default));
        Assert.Equal(0, await UsageAsync());
    }

    [Fact]
    public async Task A_file_that_two_articles_have_leaves_with_the_second()
    {
        var file = await AddAsync(s_pdf);
        var (one, other) = (await AddArticleAsync(file.Id), await AddArticleAsync(file.Id));
        foreach (var (article, isThere) in new[] { (one, true), (other, false) })
        {
            Assert.True(await _articles.TryRemoveAsync(_tenant, App, article.Key, "", default));
            _clock.Advance(TimeSpan.FromHours(2));
            await SweepAsync();
            Assert.Equal(isThere, await _attachments.FindAsync(_tenant, file.Id, default) is not null);
        }
    }

    [Fact]
    public async Task An_article_takes_files_of_its_own_app_alone()
    {
        var file = await AddAsync(s_pdf);
        var article = NewArticle(file.Id);
        Assert.Equal(ArticleOutcome.AttachmentUnknown, await _articles.TryAddAsync(_tenant, App + 1, article, true, default));
        Assert.Equal(ArticleOutcome.AttachmentUnknown, await _articles.TryAddAsync(Samples.NewId(), App, article, true, default));
        Assert.Equal(ArticleOutcome.Done, await _articles.TryAddAsync(_tenant, App, article, true, default));
    }

    [Fact]
    public async Task A_reader_of_an_article_reads_its_files()
    {
        var file = await AddAsync(s_pdf);
        var article = NewArticle(file.Id) with { Readers = ["a@example"] };
        await _articles.TryAddAsync(_tenant, App, article, true, default);

        Assert.True(await _store.IsInListAsync(_tenant, file.Id, ArticleScope.For("a@example", []), Samples.Noon, default));
        Assert.False(await _store.IsInListAsync(_tenant, file.Id, ArticleScope.For("b@example", []), Samples.Noon, default));
        Assert.False(await _store.IsInListAsync(
            _tenant, file.Id, ArticleScope.For("a@example", []), Samples.Noon.AddMinutes(-1), default));
    }

    [Fact]
    public async Task A_replaced_file_keeps_its_id_and_its_articles_and_who_reads_the_old_one_may_end()
    {
        var file = await AddAsync(s_pdf);
        await AddArticleAsync(file.Id);
        var before = await _attachments.FindAsync(_tenant, file.Id, default);

        var answer = await _attachments.ReplaceAsync(
            _tenant, App, file.Id, "new.txt", new MemoryStream("new"u8.ToArray()), new Expected(), default);

        Assert.Equal(UploadOutcome.Done, answer.Outcome);
        var after = await _attachments.FindAsync(_tenant, file.Id, default);
        Assert.Equal(("new.txt", "text/plain", 3L), (after!.Name, after.Content!.Type, after.Content.Size));
        Assert.Equal("new"u8.ToArray(), await ReadAsync(after));
        Assert.Equal(s_pdf, await ReadAsync(before!));

        _clock.Advance(TimeSpan.FromDays(8));
        await SweepAsync();
        Assert.Equal("new"u8.ToArray(), await ReadAsync(after));
        Assert.Empty(await ReadAsync(before!));
        Assert.Equal(3, await UsageAsync());
        Assert.Equal(UploadOutcome.Unknown, (await _attachments.ReplaceAsync(
            _tenant, App + 1, file.Id, "a", new MemoryStream(s_pdf), new Expected(), default)).Outcome);
    }

    [Fact]
    public async Task What_was_announced_is_taken_from_whoever_has_the_key_while_there_is_time()
    {
        var (announced, key) = await _attachments.AnnounceAsync(
            _tenant, App, "a.pdf", s_pdf.Length, MD5.HashData(s_pdf), Samples.Noon, default);
        Assert.Null(await _attachments.FindAsync(_tenant, announced.Id, default));
        Assert.Null(await FindAnnouncedAsync("wrong", Samples.Noon));
        Assert.Null(await FindAnnouncedAsync(key, Samples.Noon.AddHours(1)));
        var open = await FindAnnouncedAsync(key, Samples.Noon);

        var answer = await _attachments.ReplaceAsync(
            _tenant, App, open!.Id, open.Name, new MemoryStream(s_pdf), new Expected(open.Announced!.Size, open.Announced.Md5), default);

        Assert.Equal(UploadOutcome.Done, answer.Outcome);
        Assert.Equal(s_pdf, await ReadAsync((await _attachments.FindAsync(_tenant, announced.Id, default))!));
        Assert.Null(await FindAnnouncedAsync(key, Samples.Noon));

        Task<Attachment?> FindAnnouncedAsync(string shown, DateTimeOffset now) =>
            _attachments.FindAnnouncedAsync(_tenant, announced.Id, shown, _ => now, default);
    }

    private static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    private static Article NewArticle(string fileId) => new()
    {
        Key = new ArticleKey("source", $"{Guid.NewGuid():n}"),
        Title = "title",
        AuthorId = "author@example",
        PublishedAt = Samples.Noon,
        CreatedAt = Samples.Noon,
        ChangedAt = Samples.Noon,
        Documents = [new ArticleDocument("a.pdf", "", 1, fileId)],
    };

    private async Task<Article> AddArticleAsync(string fileId)
    {
        var article = NewArticle(fileId);
        Assert.Equal(ArticleOutcome.Done, await _articles.TryAddAsync(_tenant, App, article, makesCategories: false, default));
        return article;
    }

    private async Task<Attachment> AddAsync(byte[] bytes, string name = "a.pdf")
    {
        var answer = await _attachments.AddAsync(_tenant, App, name, new MemoryStream(bytes), new Expected(), default);
        Assert.Equal(UploadOutcome.Done, answer.Outcome);
        return answer.Attachment!;
    }

    private async Task<UploadOutcome> TryAddAsync(byte[] bytes, Expected? expected = null) =>
        (await _attachments.AddAsync(_tenant, App, "a", new MemoryStream(bytes), expected ?? new Expected(), default)).Outcome;

    private async Task<byte[]> ReadAsync(Attachment attachment)
    {
        var all = new List<byte>();
        await foreach (var part in _attachments.ReadAsync(_tenant, attachment, default))
            all.AddRange(part);
        return [.. all];
    }

    private Task SweepAsync() => new AttachmentSweep(_database).RunAsync(_clock.GetUtcNow(), default);

    private async Task<long> UsageAsync() => Assert.Single(await _database.ReadAsync(
        session => session.ListAsync<long>("SELECT bytes FROM knowledge_usage WHERE tenant_id = @_tenant", new { _tenant }), default));

    private sealed class Broken(byte[] first) : MemoryStream(first)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? await base.ReadAsync(buffer, cancellationToken) : throw new IOException("gone");
    }
}
