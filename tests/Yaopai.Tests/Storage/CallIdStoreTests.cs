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
    public async Task F13_of_many_numbers_at_once_each_above_the_last_is_taken_and_the_highest_is_kept()
    {
        await using var other = engine.Open();
        var stores = new[] { _calls, new SqlCallIdStore(other) };
        Assert.Equal(0, await _calls.LastAsync(_app, _session, default));

        var taken = await Task.WhenAll(Enumerable.Range(1, 40).Select(async number => (
            Number: number, Taken: await stores[number % 2].TryAdvanceAsync(_app, _session, number / 2, Samples.Noon, default))));

        Assert.All(taken.GroupBy(one => one.Number / 2), same => Assert.True(same.Count(one => one.Taken) <= 1));
        Assert.Single(taken, one => one.Taken && one.Number / 2 is 20);
        Assert.Equal(20, await _calls.LastAsync(_app, _session, default));
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
