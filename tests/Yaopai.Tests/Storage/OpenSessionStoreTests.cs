using Yaopai.Server.Accounts.Devices;
using Yaopai.Server.Storage.Sql.Accounts;

namespace Yaopai.Tests.Storage;

public sealed class SqliteOpenSessionStoreTests(OnSqlite engine) : OpenSessionStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresOpenSessionStoreTests(OnPostgres engine) : OpenSessionStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class OpenSessionStoreContract(Engine engine)
{
    private readonly SqlOpenSessionStore _store = new(engine.Database);

    [Fact]
    public async Task Sessions_are_listed_until_they_expire_or_are_removed_the_latest_first()
    {
        var account = await AddAccountAsync();
        var (first, second) = (NewSession(account, Samples.Noon), NewSession(account, Samples.Noon.AddHours(1)));
        await _store.AddAsync(first, default);
        await _store.AddAsync(second, default);
        await _store.AddAsync(NewSession(await AddAccountAsync(), Samples.Noon), default);

        var listed = await _store.ListAsync(account, Samples.Noon.AddHours(2), 10, default);

        Assert.Equal([second.Id, first.Id], listed.Select(session => session.Id));
        Assert.Equal(second with { Place = [] }, listed[0] with { Place = [] });
        Assert.Equal(second.Place, listed[0].Place);
        Assert.Equal([second.Id], (await _store.ListAsync(account, Samples.Noon.AddHours(2), 1, default)).Select(session => session.Id));
        Assert.Equal([second.Id], (await _store.ListAsync(account, Samples.Noon.AddHours(8), 10, default)).Select(session => session.Id));
        await _store.RemoveAsync(account, second.Id, default);
        Assert.Equal([first.Id], (await _store.ListAsync(account, Samples.Noon.AddHours(2), 10, default)).Select(session => session.Id));
    }

    [Fact]
    public async Task Nobody_removes_a_session_of_another_and_who_is_gone_begins_none()
    {
        var (account, other) = (await AddAccountAsync(), await AddAccountAsync());
        var session = NewSession(account, Samples.Noon);
        await _store.AddAsync(session, default);
        var nobody = NewSession(Samples.NewId(), Samples.Noon);
        await _store.AddAsync(nobody, default);

        await _store.RemoveAsync(other, session.Id, default);

        Assert.Single(await _store.ListAsync(account, Samples.Noon, 10, default));
        Assert.Empty(await _store.ListAsync(nobody.AccountId, Samples.Noon, 10, default));
    }

    private static OpenSession NewSession(long account, DateTimeOffset at) =>
        new(account, Guid.NewGuid(), at.AddMicroseconds(-1), at, at.AddHours(8), [1, 2, 3]);

    private async Task<long> AddAccountAsync()
    {
        var account = Samples.NewAccount();
        Assert.True(await new SqlAccountStore(engine.Database).TryAddAsync(account, default));
        return account.Id;
    }
}
