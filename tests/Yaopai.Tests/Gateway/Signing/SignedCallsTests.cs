using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Gateway.Signing;

/// <summary>A signed call is taken once: by one process that remembers, after it, and beside it.</summary>
public sealed class SqliteSignedCallsTests(OnSqlite engine) : SignedCallsContract(engine), IClassFixture<OnSqlite>
{
    private readonly OnSqlite _engine = engine;

    [Fact]
    public async Task Alone_it_writes_one_fence_and_no_row_for_many_calls()
    {
        await using var node = Claim();

        for (var n = 0; n < 50; n++)
            Assert.True(await node.TakeAsync(Call(n)));

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(n => node.TakeAsync(Call(n)))), Assert.False);
        Assert.Equal(0, await node.RowsAsync(App));
        Assert.InRange((await node.FenceAsync(App)).Until, Start, Start.AddSeconds(3));
    }

    [Fact]
    public async Task What_broke_off_may_have_taken_is_refused_and_what_is_dated_later_is_taken()
    {
        await using (var node = Claim())
            Assert.True(await node.TakeAsync(Call(1)));

        Time.Advance(TimeSpan.FromSeconds(10));
        await using var next = Claim();
        Assert.False(await next.TakeAsync(Call(1)));
        Assert.False(await next.TakeAsync(Call(2)));
        Assert.False(await next.TakeAsync(Call(3, seconds: -300)));
        Assert.True(await next.TakeAsync(Call(4, seconds: 10)));
        Assert.False(await next.TakeAsync(Call(4, seconds: 10)));
    }

    [Fact]
    public async Task Who_stops_leaves_rows_and_keeps_nobody_out()
    {
        await using (var node = Claim())
        {
            for (var n = 0; n < 300; n++)
                Assert.True(await node.TakeAsync(Call(n)));
            await node.Calls.CloseAsync(default);
            Assert.True(await node.TakeAsync(Call(300))); // what still comes has a row at once
            Assert.Equal(301, await node.RowsAsync(App));
        }

        await using var next = Claim();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 301).Select(n => next.TakeAsync(Call(n)))), Assert.False);
        Assert.True(await next.TakeAsync(Call(301)));
        Assert.Equal(301, await next.RowsAsync(App));
    }

    [Fact]
    public async Task The_fence_of_a_node_that_broke_off_outlives_one_that_stops()
    {
        await using (var node = Claim())
            Assert.True(await node.TakeAsync(Call(1)));

        await using (var second = Claim())
        {
            Assert.True(await second.TakeAsync(Call(2, seconds: 30)));
            await second.Calls.CloseAsync(default);
        }

        await using var third = Claim();
        Assert.False(await third.TakeAsync(Call(1)));
        Assert.False(await third.TakeAsync(Call(2, seconds: 30)));
        Assert.True(await third.TakeAsync(Call(3, seconds: 5)));
    }

    [Fact]
    public async Task Beside_a_guest_each_call_has_a_row_and_neither_takes_what_the_other_took()
    {
        await using var host = Claim();
        Assert.True(await host.TakeAsync(Call(1)));

        await using var guest = new Node(_engine, Time);
        Assert.False(guest.Database.TryClaim());
        Assert.False(guest.Database.IsAlone);
        Assert.False(host.Database.IsAlone);
        Assert.False(await guest.TakeAsync(Call(1)));
        Assert.True(await guest.TakeAsync(Call(2, seconds: 10)));
        Assert.False(await host.TakeAsync(Call(2, seconds: 10)));
        Assert.True(await host.TakeAsync(Call(3, seconds: 10)));
        Assert.False(await guest.TakeAsync(Call(3, seconds: 10)));
        Assert.False(await host.TakeAsync(Call(1)));
        Assert.Equal(2, await host.RowsAsync(App));
    }

    [Fact]
    public async Task A_guest_is_forgotten_by_the_next_that_is_alone()
    {
        var host = Claim();
        await using (var guest = new Node(_engine, Time))
            Assert.False(guest.Database.TryClaim());

        Assert.False(host.Database.IsAlone);
        await host.DisposeAsync();
        await using var next = Claim();
        Assert.True(next.Database.IsAlone);
    }

    [Fact]
    public async Task A_guest_that_is_there_when_the_host_goes_is_not_forgotten()
    {
        var host = Claim();
        await using var guest = new Node(_engine, Time);
        Assert.False(guest.Database.TryClaim());
        await host.DisposeAsync();

        await using var next = new Node(_engine, Time);
        Assert.True(next.Database.TryClaim());
        Assert.False(next.Database.IsAlone);
    }

    [Theory]
    [InlineData(-61)]
    [InlineData(61)]
    public async Task A_call_of_a_clock_far_from_ours_has_a_row_and_moves_no_fence(int seconds)
    {
        await using var node = Claim();

        Assert.True(await node.TakeAsync(Call(1, seconds)));

        Assert.Equal(1, await node.RowsAsync(App));
        Assert.Equal(DateTimeOffset.MinValue, (await node.FenceAsync(App)).Until);
        Time.AdjustTime(Start.AddSeconds(seconds)); // so that it is near
        Assert.False(await node.TakeAsync(Call(1, seconds)));
    }

    [Fact]
    public async Task While_the_database_is_away_no_call_is_taken_and_none_is_used_up()
    {
        await using var node = Claim(options => options.Timeout = TimeSpan.FromSeconds(1));
        Assert.True(await node.TakeAsync(Call(0)));
        await using (await _engine.BlockWritesAsync())
            await Assert.ThrowsAsync<Server.Stores.StorageException>(() => node.TakeAsync(Call(1, seconds: 20)));

        Assert.True(await node.TakeAsync(Call(1, seconds: 20)));
        Assert.False(await node.TakeAsync(Call(1, seconds: 20)));
    }

    private Node Claim(Action<Server.Storage.StorageOptions>? configure = null)
    {
        var node = new Node(_engine, Time, configure);
        Assert.True(node.Database.TryClaim());
        return node;
    }
}

public sealed class PostgresSignedCallsTests(OnPostgres engine) : SignedCallsContract(engine), IClassFixture<OnPostgres>;

public abstract class SignedCallsContract(Engine engine)
{
    private protected static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private protected long App { get; } = Samples.NewId();

    private protected FakeTimeProvider Time { get; } = new(Start);

    [Fact]
    public async Task Of_fifty_equal_calls_at_two_nodes_one_is_taken()
    {
        await using var one = new Node(engine, Time);
        await using var other = new Node(engine, Time);

        var taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => (n % 2 == 0 ? one : other).TakeAsync(Call(1))));

        Assert.Single(taken, true);
        Assert.Equal(1, await one.RowsAsync(App));
    }

    [Fact]
    public async Task Of_fifty_equal_calls_at_a_node_that_claims_the_database_one_is_taken()
    {
        await using var node = new Node(engine, Time);
        node.Database.TryClaim();

        var taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => node.TakeAsync(Call(1)))));

        Assert.Single(taken, true);
    }

    [Fact]
    public async Task A_fence_is_raised_and_lowered_and_a_lower_one_raises_nothing()
    {
        await using var node = new Node(engine, Time);
        var store = new SqlCallFenceStore(node.Database);

        await store.RaiseAsync(App, Start, default);
        await store.RaiseAsync(App, Start.AddSeconds(-5), default);
        Assert.Equal(Start, (await node.FenceAsync(App)).Until);
        await store.LowerAsync(App, DateTimeOffset.MinValue, default);
        Assert.Equal(new(DateTimeOffset.MinValue, HasRows: false), await node.FenceAsync(App));
    }

    private protected SignedCall Call(int n, int seconds = 0) =>
        new(App, "test", Start.AddSeconds(seconds), "", $"{n}", TimeSpan.FromMinutes(10));

    /// <summary>A server, as far as signed calls are concerned. Disposed, it has broken off.</summary>
    private protected sealed class Node(Engine engine, TimeProvider time, Action<Server.Storage.StorageOptions>? configure = null)
        : IAsyncDisposable
    {
        private SignedCalls? _calls;

        public Database Database { get; } = engine.Open(configure);

        public SignedCalls Calls => _calls ??= new(
            new RememberedCalls(), new SqlCallFenceStore(Database), new SqlUsedCodeStore(Database), new WallClock(time), time);

        public Task<bool> TakeAsync(SignedCall call) => Calls.TryTakeAsync(call, default).AsTask();

        public Task<Server.Credentials.CallFence> FenceAsync(long app) => new SqlCallFenceStore(Database).FindAsync(
            app, SignedCall.FirstOf(Start.AddHours(-1)), SignedCall.FirstOf(Start.AddHours(1)), default);

        public async Task<int> RowsAsync(long app) => (await Database.ReadAsync(
            session => session.ListAsync<long>(
                """
                SELECT bucket
                  FROM used_code
                 WHERE app_id = @app
                """, new { app }), default)).Count;

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
