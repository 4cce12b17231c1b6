using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Tests.Storage;

public sealed class SqliteCallIdStoreTests(OnSqlite engine) : CallIdStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresCallIdStoreTests(OnPostgres engine) : CallIdStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class CallIdStoreContract(Engine engine)
{
    private readonly SqlCallIdStore _calls = new(engine.Database);
    private readonly long _app = Samples.NewId();
    private readonly Guid _session = Guid.NewGuid();

    [Fact]
    public async Task Only_a_number_above_the_last_one_of_the_session_is_taken()
    {
        Assert.True(await TakeAsync(5));
        Assert.False(await TakeAsync(5));
        Assert.False(await TakeAsync(4));
        Assert.True(await TakeAsync(6));
        Assert.True(await _calls.TryAdvanceAsync(_app, Guid.NewGuid(), 1, Samples.Noon, default));
        Assert.True(await _calls.TryAdvanceAsync(Samples.NewId(), _session, 1, Samples.Noon, default));
    }

    [Fact]
    public async Task Of_ten_callers_with_one_number_only_one_gets_through()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TakeAsync(7)));

        Assert.Single(taken, true);
    }

    [Fact]
    public async Task What_is_over_leaves()
    {
        Assert.True(await TakeAsync(9));
        await new SqlPurge(engine.Database).RunAsync(Samples.Noon.AddMinutes(30), default);

        Assert.True(await TakeAsync(1));
    }

    private Task<bool> TakeAsync(long callId) => _calls.TryAdvanceAsync(_app, _session, callId, Samples.Noon.AddMinutes(15), default);
}
