using Polly.CircuitBreaker;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

/// <summary>What happens when the server itself goes away: on one of our own, for nobody else must notice.</summary>
public sealed class PostgresOutageTests(PostgresOutageTests.OwnServer own) : IClassFixture<PostgresOutageTests.OwnServer>
{
    private readonly PostgresServer _server = own.Server;

    [Fact]
    public async Task While_it_is_down_callers_are_told_at_once_and_afterwards_all_that_was_acknowledged_is_there()
    {
        await using var database = await OpenAsync(_server.CreateDatabase());
        var codes = new SqlUsedCodeStore(database);
        var consents = new SqlConsentStore(database, Samples.Identifiers);
        var used = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(used.Select(code => codes.TryUseAsync(1, code, Samples.Noon, default)));

        _server.Stop();
        try
        {
            Assert.Equal(StorageFailure.Unreachable, (await FailsAsync(() => codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default))).Failure);
            await Eventually.HoldsAsync(async () => IsOpenCircuit(await FailsAsync(() => consents.FindAsync(1, 1, default))));
        }
        finally
        {
            _server.Start();
        }

        await Eventually.SucceedsAsync<StorageException>(() => consents.FindAsync(1, 1, default));
        var again = await Task.WhenAll(used.Select(code => codes.TryUseAsync(1, code, Samples.Noon, default)));
        Assert.All(again, Assert.False);
    }

    [Fact]
    public async Task While_it_stands_still_callers_run_into_the_time_out_and_then_into_the_open_circuit()
    {
        await using var database = await OpenAsync(_server.CreateDatabase());
        var codes = new SqlUsedCodeStore(database);
        var consents = new SqlConsentStore(database, Samples.Identifiers);
        Assert.Null(await consents.FindAsync(1, 1, default));

        _server.Freeze();
        try
        {
            var read = FailsAsync(() => consents.FindAsync(1, 1, default));
            var write = FailsAsync(() => codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
            Assert.Equal(StorageFailure.Timeout, (await read.WaitAsync(TimeSpan.FromSeconds(30))).Failure);
            Assert.Equal(StorageFailure.Timeout, (await write.WaitAsync(TimeSpan.FromSeconds(30))).Failure);
            await Eventually.HoldsAsync(async () => IsOpenCircuit(await FailsAsync(() => consents.FindAsync(1, 1, default))));
        }
        finally
        {
            _server.Thaw();
        }

        await Eventually.SucceedsAsync<StorageException>(() => codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
        await Eventually.SucceedsAsync<StorageException>(() => consents.FindAsync(1, 1, default));
    }

    [Fact]
    public async Task A_node_that_starts_before_its_database_waits_for_it()
    {
        var location = $"postgres:{_server.CreateDatabase()}";
        _server.Stop();
        try
        {
            await using var node = await new Node(location).StartAsync();
            await Assert.ThrowsAsync<StorageException>(() => node.Get<Database>().MigrateAsync(default));
            Assert.False(node.Get<StorageStartup>().Ready.IsCompleted);

            _server.Start();

            await node.Feed.Ready.WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            if (!_server.IsRunning)
                _server.Start();
        }
    }

    [Fact]
    public async Task The_feed_is_read_again_after_an_outage_and_misses_nothing()
    {
        var location = $"postgres:{_server.CreateDatabase()}";
        await using var reader = await new Node(location).StartAsync();
        await reader.Feed.Ready.WaitAsync(TimeSpan.FromMinutes(1));

        _server.Stop();
        _server.Start();

        await using var writer = new Node(location);
        var revocation = new Revocation(5, 0, Guid.Empty, Samples.Noon, Samples.Noon);
        await writer.Get<IRevocationStore>().AddAsync(revocation, default);
        await Eventually.HoldsAsync(() => Task.FromResult(reader.Revoked.Contains(revocation)));
    }

    private static async Task<Database> OpenAsync(string location)
    {
        var options = new StorageOptions { Database = $"postgres:{location}", Timeout = TimeSpan.FromSeconds(1), BreakAfter = 2 };
        var database = new PostgresDatabase(options, TimeProvider.System);
        await database.MigrateAsync(default);
        return database;
    }

    private static Task<StorageException> FailsAsync(Func<Task> use) => Assert.ThrowsAsync<StorageException>(use);

    private static bool IsOpenCircuit(StorageException exception) =>
        exception is { Failure: StorageFailure.Unreachable, InnerException: BrokenCircuitException };

    public sealed class OwnServer : IDisposable
    {
        public PostgresServer Server { get; } = new();

        public void Dispose() => Server.Dispose();
    }
}
