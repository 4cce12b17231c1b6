using Yaopai.Server.ShortLinks;
using Yaopai.Server.Storage.Sql.ShortLinks;

namespace Yaopai.Tests.Storage;

public sealed class SqliteShortLinkStoreTests(OnSqlite engine) : ShortLinkStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresShortLinkStoreTests(OnPostgres engine) : ShortLinkStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class ShortLinkStoreContract(Engine engine)
{
    private readonly SqlShortLinkStore _links = new(engine.Database);

    [Fact]
    public async Task A_link_is_found_by_its_code_and_a_code_is_given_out_once()
    {
        var link = new ShortLink($"{Guid.NewGuid():n}"[..12], 42, "https://app.example/一?a=b", Samples.Noon.AddDays(30));
        Assert.True(await _links.TryAddAsync(link, link.ExpiresAt.AddHours(1), default));
        Assert.False(await _links.TryAddAsync(link with { Url = "https://evil.example/" }, link.ExpiresAt, default));
        Assert.Equal(link, await _links.FindAsync(link.Code, default));
        Assert.Null(await _links.FindAsync("another code", default));
    }
}
