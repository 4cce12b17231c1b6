using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Risk;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Accounts;

namespace Yaopai.Tests.Storage;

public sealed class SqliteSignInStoreTests(OnSqlite engine) : SignInStoreContract(engine), IClassFixture<OnSqlite>
{
    private readonly OnSqlite _engine = engine;

    [Theory]
    [InlineData("SELECT 1 FROM sign_in WHERE account_id = 1 AND outcome = 0 ORDER BY at DESC LIMIT 20", "PRIMARY KEY")]
    [InlineData("SELECT 1 FROM sign_in WHERE account_id = 1 AND outcome = 1 AND at > 5 ORDER BY at DESC LIMIT 100", "PRIMARY KEY")]
    [InlineData("SELECT account_id FROM sign_in WHERE address = 'a' AND outcome = 0 AND at BETWEEN 1 AND 2 ORDER BY at DESC LIMIT 500",
        "sign_in_address")]
    [InlineData("SELECT account_id FROM sign_in WHERE network = 'a' AND outcome = 0 AND at BETWEEN 1 AND 2 ORDER BY at DESC LIMIT 500",
        "sign_in_network")]
    [InlineData("SELECT account_id FROM sign_in WHERE device = 'a' AND device IS NOT NULL AND outcome = 0 AND at BETWEEN 1 AND 2 LIMIT 500",
        "sign_in_device")]
    public async Task What_the_rules_look_at_is_found_by_an_index_range(string select, string index)
    {
        var plan = await _engine.Database.ReadAsync(session => session.ListAsync<Step>($"EXPLAIN QUERY PLAN {select}"), default);

        var step = Assert.Single(plan).Detail; // no second step: nothing is sorted
        Assert.StartsWith("SEARCH", step, StringComparison.Ordinal);
        Assert.Contains(index, step, StringComparison.Ordinal);
    }

    private sealed class Step
    {
        public string Detail { get; init; } = "";
    }
}

public sealed class PostgresSignInStoreTests(OnPostgres engine) : SignInStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class SignInStoreContract(Engine engine)
{
    private static readonly SignInOptions s_options = new();

    private readonly SqlSignInStore _store = new(engine.Database, Options.Create(s_options));
    private readonly byte[] _subject = SignInTraces.OfAccount(Samples.NewId());
    private readonly long _account = Samples.NewId();

    [Fact]
    public async Task A_hundred_failures_at_once_on_two_nodes_count_exactly()
    {
        await using var other = engine.Open();
        var stores = new[] { _store, new SqlSignInStore(other, Options.Create(s_options)) };

        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            i => Task.Run(() => stores[i % 2].FailAsync([_subject], Samples.Noon, Record(SignInOutcome.Refused), default))));

        Assert.Equal(Enumerable.Range(1, 100), counts.Order());
        Assert.Equal(100, (await _store.HistoryAsync(_account, Samples.Noon.AddDays(-1), default)).Failures);
        Assert.Equal(Samples.Noon + s_options.LockoutDuration, await stores[1].LockedUntilAsync([_subject], Samples.Noon, default));
    }

    [Fact]
    public async Task The_fifth_failure_locks_out_and_the_lockout_ends_by_itself()
    {
        for (var count = 1; count <= 5; count++)
        {
            Assert.Null(await _store.LockedUntilAsync([_subject], Samples.Noon, default));
            Assert.Equal(count, await FailAsync(Samples.Noon));
        }

        var until = Samples.Noon + s_options.LockoutDuration;
        Assert.Equal(until, await _store.LockedUntilAsync([_subject], Samples.Noon, default));
        Assert.Equal(6, await FailAsync(until.AddSeconds(-1))); // does not lengthen it
        Assert.Equal(until, await _store.LockedUntilAsync([_subject], until.AddSeconds(-1), default));

        Assert.Null(await _store.LockedUntilAsync([_subject], until, default));
        Assert.Equal(1, await FailAsync(until));
        Assert.Null(await _store.LockedUntilAsync([_subject], until, default));
    }

    [Fact]
    public async Task Failures_of_another_window_do_not_count()
    {
        for (var i = 0; i < 4; i++)
            await FailAsync(Samples.Noon);

        Assert.Equal(5, await FailAsync(Samples.Noon.AddMinutes(14)));

        var other = SignInTraces.OfAccount(Samples.NewId());
        Assert.Equal(1, await _store.FailAsync([other], Samples.Noon, null, default));
        Assert.Equal(1, await _store.FailAsync([other], Samples.Noon.AddMinutes(15), null, default));
    }

    [Fact]
    public async Task A_clock_that_was_put_back_leaves_nobody_locked_out_for_months()
    {
        for (var i = 0; i < 5; i++)
            await FailAsync(Samples.Noon.AddDays(180));

        Assert.Null(await _store.LockedUntilAsync([_subject], Samples.Noon, default));
        Assert.Equal(1, await FailAsync(Samples.Noon));
        Assert.True(await _store.TryProveAsync([_subject], Samples.Noon, null, default));
    }

    [Fact]
    public async Task A_proof_clears_the_count_and_is_refused_to_who_is_locked_out()
    {
        await FailAsync(Samples.Noon);
        Assert.True(await _store.TryProveAsync([_subject], Samples.Noon, Record(SignInOutcome.SignedIn), default));
        for (var count = 1; count <= 5; count++)
            Assert.Equal(count, await FailAsync(Samples.Noon));

        Assert.False(await _store.TryProveAsync([_subject], Samples.Noon, Record(SignInOutcome.SignedIn), default));
        Assert.Single((await HistoryAsync()).Successes); // and not recorded

        await _store.UnlockAsync(_subject, default);
        Assert.True(await _store.TryProveAsync([_subject], Samples.Noon, Record(SignInOutcome.SignedIn), default));
        Assert.Equal(2, (await HistoryAsync()).Successes.Count);
    }

    [Fact]
    public async Task Subjects_count_together_and_one_that_is_locked_out_keeps_all_as_they_were()
    {
        var other = SignInTraces.OfAccount(Samples.NewId());
        for (var count = 1; count <= 4; count++)
            Assert.Equal(count, await _store.FailAsync([_subject, other], Samples.Noon, null, default));
        Assert.Equal(5, await _store.FailAsync([other], Samples.Noon, null, default));

        foreach (var subjects in new byte[][][] { [_subject, other], [other, _subject] })
        {
            Assert.NotNull(await _store.LockedUntilAsync(subjects, Samples.Noon, default));
            Assert.False(await _store.TryProveAsync(subjects, Samples.Noon, null, default));
        }

        Assert.Null(await _store.LockedUntilAsync([_subject], Samples.Noon, default));
        Assert.Equal(5, await FailAsync(Samples.Noon)); // nothing was forgotten
        Assert.Equal(6, await _store.FailAsync([_subject, other], Samples.Noon, null, default));
    }

    [Fact]
    public async Task A_record_reads_back_as_it_was()
    {
        var record = Record(SignInOutcome.SignedIn, device: 9);
        await _store.TryProveAsync([_subject], Samples.Noon, record, default);

        var read = Assert.Single((await HistoryAsync()).Successes);
        Assert.Equal((record.AccountId, record.At, record.Outcome), (read.AccountId, read.At, read.Outcome));
        Assert.Equal([[1], [2], [9]], new[] { read.Address, read.Network, read.Device! });
    }

    [Fact]
    public async Task The_history_is_the_last_twenty_successes_and_the_failures_since()
    {
        for (var i = 0; i < 22; i++)
            await _store.TryProveAsync(
                [_subject], Samples.Noon, Record(SignInOutcome.SignedIn) with { At = Samples.Noon.AddMinutes(i) }, default);
        await FailAsync(Samples.Noon.AddDays(-2));
        await FailAsync(Samples.Noon);
        await _store.TryProveAsync([_subject], Samples.Noon, Record(SignInOutcome.Disabled), default);

        var history = await HistoryAsync();

        Assert.Equal(
            Enumerable.Range(2, 20).Reverse().Select(i => Samples.Noon.AddMinutes(i)), history.Successes.Select(success => success.At));
        Assert.Equal(1, history.Failures);
        Assert.Empty((await _store.HistoryAsync(Samples.NewId(), DateTimeOffset.UnixEpoch, default)).Successes);
    }

    [Fact]
    public async Task Neighbours_are_accounts_that_signed_in_near_in_place_and_time()
    {
        var mark = BitConverter.GetBytes(Samples.NewId());
        await ProveAsync(1, address: 1, network: 1, device: 1, TimeSpan.Zero);
        await ProveAsync(1, address: 1, network: 1, device: 1, TimeSpan.FromMinutes(1)); // the same account once more
        await ProveAsync(2, address: 1, network: 1, device: 2, TimeSpan.FromHours(-20)); // of the address, not of these minutes
        await ProveAsync(3, address: 3, network: 1, device: 3, TimeSpan.FromMinutes(9));
        await ProveAsync(4, address: 4, network: 4, device: 1, TimeSpan.FromDays(-29));
        await ProveAsync(5, address: 1, network: 1, device: 1, TimeSpan.FromDays(-31));
        await _store.FailAsync([_subject], Samples.Noon, At(6, 1, 1, 1, TimeSpan.Zero, SignInOutcome.Refused), default);

        var of = At(1, 1, 1, 1, TimeSpan.Zero, SignInOutcome.SignedIn);
        Assert.Equal(new SignInNeighbours(OfAddress: 2, OfNetwork: 2, OfDevice: 2),
            await _store.NeighboursAsync(of, RiskFacts.Neighbourhood, default));
        Assert.Equal(0, (await _store.NeighboursAsync(of with { Device = null }, RiskFacts.Neighbourhood, default)).OfDevice);

        Task ProveAsync(long account, byte address, byte network, byte device, TimeSpan after) => _store.TryProveAsync(
            [SignInTraces.OfAccount(Samples.NewId())], Samples.Noon,
            At(account, address, network, device, after, SignInOutcome.SignedIn), default);

        SignInRecord At(long account, byte address, byte network, byte device, TimeSpan after, SignInOutcome outcome) =>
            new(_account + (account << 32), Samples.Noon + after, outcome, [.. mark, address], [.. mark, network], [.. mark, device]);
    }

    [Fact]
    public async Task Sign_ins_and_failures_leave_when_their_time_is_over()
    {
        var clock = new FakeTimeProvider(Samples.Noon);
        await using var database = engine.Open(clock: clock);
        var store = new SqlSignInStore(database, Options.Create(s_options));
        await store.TryProveAsync([_subject], Samples.Noon, Record(SignInOutcome.SignedIn), default);
        await store.FailAsync([_subject], Samples.Noon, null, default);
        var purge = new SqlPurge(database);

        await purge.RunAsync(Samples.Noon.AddMinutes(29), default);
        Assert.Equal(2, await store.FailAsync([_subject], Samples.Noon, null, default));
        await purge.RunAsync(Samples.Noon.AddMinutes(30), default);
        Assert.Equal(1, await store.FailAsync([_subject], Samples.Noon, null, default));

        await purge.RunAsync(Samples.Noon.AddDays(90).AddMinutes(-1), default);
        Assert.Single((await HistoryAsync()).Successes);
        await purge.RunAsync(Samples.Noon.AddDays(90), default);
        Assert.Empty((await HistoryAsync()).Successes);
    }

    private Task<int> FailAsync(DateTimeOffset at) =>
        _store.FailAsync([_subject], at, Record(SignInOutcome.Refused) with { At = at }, default);

    private Task<SignInHistory> HistoryAsync() => _store.HistoryAsync(_account, Samples.Noon.AddDays(-1), default);

    private SignInRecord Record(SignInOutcome outcome, byte? device = null) =>
        new(_account, Samples.Noon, outcome, [1], [2], device is { } its ? [its] : null);
}
