using Yaopai.Server.Accounts;
using Yaopai.Server.Storage.Sql.Accounts;

namespace Yaopai.Tests.Storage;

public sealed class SqliteAccessKeyStoreTests(OnSqlite engine) : AccessKeyStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresAccessKeyStoreTests(OnPostgres engine) : AccessKeyStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class AccessKeyStoreContract(Engine engine)
{
    private readonly SqlAccessKeyStore _keys = new(engine.Database);
    private readonly long _account = Samples.NewId();

    [Fact]
    public async Task A_key_is_found_until_another_one_takes_its_place_or_it_is_withdrawn()
    {
        await _keys.PutAsync(AccessKey.Of(_account, "first", Samples.Noon), default);
        await _keys.PutAsync(AccessKey.Of(_account, "second", Samples.Noon.AddDays(1)), default);

        var key = await _keys.FindAsync(_account, default);

        Assert.True(key!.Matches("second"));
        Assert.False(key.Matches("first"));
        Assert.Equal(Samples.Noon.AddDays(1), key.IssuedAt);
        Assert.True(await _keys.TryRemoveAsync(_account, default));
        Assert.False(await _keys.TryRemoveAsync(_account, default));
        Assert.Null(await _keys.FindAsync(_account, default));
    }
}
