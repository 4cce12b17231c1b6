using Yaopai.Server.Consents;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sql.Keys;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class SqliteBadDayTests(OnSqlite engine) : BadDayContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresBadDayTests(OnPostgres engine) : BadDayContract(engine), IClassFixture<OnPostgres>
{
    private readonly OnPostgres _engine = engine;

    [Fact]
    public async Task A_statement_that_took_too_long_gives_its_connection_back()
    {
        await using var database = _engine.Open(options => (options.Timeout, options.PoolSize, options.BreakAfter) = (Timeout, 2, 1000));
        var consents = new SqlConsentStore(database, Samples.Identifiers);
        await using (await _engine.BlockWritesAsync())
        {
            var reads = Enumerable.Range(0, 6).Select(_ => Assert.ThrowsAsync<StorageException>(() => consents.FindAsync(1, 1, default)));
            Assert.All(await Task.WhenAll(reads), exception => Assert.Equal(StorageFailure.Timeout, exception.Failure));

            // While the table is still locked: nobody of us waits for it any more.
            await Eventually.HoldsAsync(async () => (await _engine.Database.ReadAsync(session => session.ListAsync<long>(
                """
                SELECT count(*)
                  FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'
                """), default)).Single() == 0);
        }

        Assert.Null(await consents.FindAsync(1, 1, default));
    }
}

public abstract class BadDayContract(Engine engine)
{
    protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_command_that_fails_does_not_fail_those_that_wait_beside_it()
    {
        var codes = new SqlUsedCodeStore(engine.Database);
        var bad = new List<Task>();
        var good = new List<Task<bool>>();
        for (var i = 0; i < 50; i++)
        {
            good.Add(codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
            bad.Add(engine.Database.WriteAsync(session => session.ExecuteAsync("DELETE FROM there_is_no_such_table"), default));
        }

        Assert.All(await Task.WhenAll(good), Assert.True);
        foreach (var task in bad)
            Assert.Equal(StorageFailure.Failed, (await Assert.ThrowsAsync<StorageException>(() => task)).Failure);
    }

    [Fact]
    public async Task Writes_to_a_blocked_database_fail_in_time_and_work_again_when_it_is_free()
    {
        await using var database = engine.Open(options => (options.Timeout, options.BreakAfter) = (Timeout, 1000));
        var codes = new SqlUsedCodeStore(database);
        var revocations = new SqlRevocationStore(database);
        var keys = new SqlKeyStore(database);
        var code = Guid.NewGuid();

        await using (await engine.BlockWritesAsync())
        {
            Func<Task>[] writes =
            [
                () => codes.TryUseAsync(1, code, Samples.Noon, default),
                () => revocations.AddAsync(new(1, 1, code, Samples.Noon, Samples.Noon), default),
                () => keys.AddOrGetAsync(new(KeyKind.Sealing, "blocked", Samples.Noon, []), default),
            ];
            var failures = await Task.WhenAll(writes.Select(write => Assert.ThrowsAsync<StorageException>(write)));
            Assert.All(failures, exception => Assert.Contains(
                exception.Failure, new[] { StorageFailure.Timeout, StorageFailure.Conflict }));
        }

        await Eventually.SucceedsAsync<StorageException>(() => codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
        await revocations.AddAsync(new(1, 1, code, Samples.Noon, Samples.Noon), default);
        Assert.Equal("blocked", (await keys.AddOrGetAsync(new(KeyKind.Sealing, "blocked", Samples.Noon, []), default)).Slot);
    }

    [Fact]
    public async Task A_caller_that_goes_away_is_not_told_of_a_failure_of_storage()
    {
        using var gone = new CancellationTokenSource();
        await using var database = engine.Open();
        await using (await engine.BlockWritesAsync())
        {
            var write = new SqlConsentStore(database, Samples.Identifiers).PutAsync(new Consent(1, 1, [], null, Samples.Noon), gone.Token);
            await gone.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        }
    }
}
