using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Events;
using Yaopai.Server.Queues;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sql.Events;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class SqliteEventStoreTests(OnSqlite engine) : EventStoreContract(engine), IClassFixture<OnSqlite>
{
    private readonly OnSqlite _engine = engine;

    [Fact]
    public async Task What_is_due_is_found_among_what_waits_alone()
    {
        var plan = await _engine.Database.ReadAsync(
            session => session.ListAsync<Step>(
                "EXPLAIN QUERY PLAN SELECT DISTINCT app_id FROM security_event WHERE delivered_at IS NULL AND dead_at IS NULL AND "
                + "next_try_at <= 7"), default);

        Assert.Contains(plan, step => step.Detail.Contains("security_event_waiting", StringComparison.Ordinal));
    }

    private sealed class Step
    {
        public string Detail { get; init; } = "";
    }
}

public sealed class PostgresEventStoreTests(OnPostgres engine) : EventStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class EventStoreContract(Engine engine) : IAsyncLifetime
{
    private readonly SqlEventStore _events = new(engine.Database);
    private readonly SqlAppStore _apps = new(engine.Database);
    private readonly SqlConsentStore _consents = new(engine.Database, Samples.Identifiers);
    private readonly SqlRevocationStore _revocations = new(engine.Database);
    private readonly SqlAccountStore _accounts = new(
        engine.Database,
        new SqlOutbox(new WallClock(TimeProvider.System), new EventSignal(), new EventPolicy(new EventWriters([new PhoneWriter()]))));
    private readonly long _account = Samples.NewId();
    private long _app;

    public async ValueTask InitializeAsync() => _app = await NewAppAsync([.. SecurityEventKinds.All]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_app_reads_back_with_its_callback()
    {
        var app = await NewAppAsync(SecurityEventKind.PhoneModified, SecurityEventKind.AccountPurged);

        var read = (await _apps.FindAsync(app, default))!;
        Assert.Null(read.EventSurface);
        Assert.True(await _apps.TryChangeAsync(read with { EventSurface = "sample" }, default));
        Assert.Equal("sample", (await _apps.FindAsync(app, default))!.EventSurface);
        Assert.Equal("https://app.example/events", read.EventCallback);
        Assert.Equal([SecurityEventKind.PhoneModified, SecurityEventKind.AccountPurged], read.EventKinds);

        Assert.True(await _apps.TryChangeAsync(read with { EventCallback = null, EventKinds = [] }, default));
        read = (await _apps.FindAsync(app, default))!;
        Assert.Null(read.EventCallback);
        Assert.Empty(read.EventKinds);
    }

    [Fact]
    public async Task Withdrawing_leaves_an_event_with_what_was_allowed()
    {
        await ConsentAsync(_app, "openid", "email");

        await _consents.TryWithdrawAsync(Withdrawal(_app), default);
        await _consents.TryWithdrawAsync(Withdrawal(_app), default); // there is nothing left

        var stored = Assert.Single(await ListAsync(_app));
        Assert.Equal((_app, _account, SecurityEventKind.TokensRevoked), (stored.Event.AppId, stored.Event.AccountId, stored.Event.Kind));
        Assert.Equal(["openid", "email"], stored.Event.Scopes);
        Assert.Equal((EventState.Waiting, 0, null, null), (stored.State, stored.Tries, stored.LastAnswer, stored.EndedAt));
    }

    [Fact]
    public async Task Of_ten_withdrawals_at_once_one_is_told()
    {
        await ConsentAsync(_app, "openid");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _consents.TryWithdrawAsync(Withdrawal(_app), default)));

        Assert.Single(await ListAsync(_app));
    }

    [Fact]
    public async Task Apps_without_a_callback_or_without_that_kind_are_told_nothing()
    {
        var without = Samples.NewApp(1);
        await _apps.TryAddAsync(without with { EventKinds = SecurityEventKinds.All }, default);
        var other = await NewAppAsync(SecurityEventKind.PhoneModified);
        foreach (var app in new[] { without.Id, other, 0 })
        {
            await ConsentAsync(app, "openid");
            await _consents.TryWithdrawAsync(Withdrawal(app), default);
            Assert.Empty(await ListAsync(app));
        }
    }

    [Fact]
    public async Task A_withdrawal_that_fails_leaves_no_event_and_a_withdrawal_whose_event_fails_is_none()
    {
        await ConsentAsync(_app, "openid");
        await engine.ExecuteAsync("ALTER TABLE security_event RENAME TO gone");
        await Assert.ThrowsAsync<StorageException>(() => _consents.TryWithdrawAsync(Withdrawal(_app), default));
        await engine.ExecuteAsync("ALTER TABLE gone RENAME TO security_event");

        Assert.NotNull(await _consents.FindAsync(_account, _app, default));
        Assert.Empty(await _revocations.TouchingAsync(_app, _account, Guid.Empty, default));

        await engine.ExecuteAsync("ALTER TABLE consent RENAME TO gone");
        await Assert.ThrowsAsync<StorageException>(() => _revocations.AddForAccountAsync(Withdrawal(0), default));
        await engine.ExecuteAsync("ALTER TABLE gone RENAME TO consent");
        Assert.Empty(await ListAsync(_app));
    }

    [Fact]
    public async Task Revoking_a_person_tells_all_apps_that_the_person_trusts_each_time()
    {
        var other = await NewAppAsync(SecurityEventKind.TokensRevoked);
        await ConsentAsync(_app, "openid");
        await ConsentAsync(other, "profile");

        await _revocations.AddForAccountAsync(Withdrawal(0), default);
        await _revocations.AddForAccountAsync(Withdrawal(0), default);

        Assert.Equal(2, (await ListAsync(_app)).Count);
        Assert.All(await ListAsync(other), stored => Assert.Equal(["profile"], stored.Event.Scopes));
        Assert.Equal(2, (await ListAsync(other)).Select(stored => stored.Event.Id).Distinct().Count());
        Assert.Single(await _revocations.TouchingAsync(0, _account, Guid.Empty, default));
    }

    [Theory]
    [InlineData("phone", 1)]
    [InlineData("profile", 0)]
    public async Task A_change_of_the_bound_number_is_told_to_who_may_know_it(string scope, int expected)
    {
        var account = await NewAccountAsync();
        await ConsentAsync(_app, "openid", scope);
        var bound = account.Phones[0];

        await ChangeAsync(account with { Nickname = "Other" });
        await ChangeAsync(account with { Phones = [bound with { VerifiedAt = Samples.Noon }, NewPhone(isBound: false)] });
        Assert.Empty(await ListAsync(_app));

        await ChangeAsync(account with { Phones = [NewPhone(isBound: true), bound with { IsBound = false }] });
        Assert.Equal(expected, (await ListAsync(_app)).Count);

        await ChangeAsync(account with { Phones = [] });
        Assert.Equal(2 * expected, (await ListAsync(_app)).Count);
        Assert.All(await ListAsync(_app), stored => Assert.Equal(SecurityEventKind.PhoneModified, stored.Event.Kind));
    }

    [Fact]
    public async Task A_change_that_clashes_is_told_to_nobody()
    {
        var account = await NewAccountAsync();
        await ConsentAsync(_app, "phone");
        var taken = NewPhone(isBound: true);
        await _accounts.TryAddAsync(Samples.NewAccount() with { Phones = [taken] }, default);

        Assert.False(await _accounts.TryChangeAsync(account with { Phones = [taken with { Id = Samples.NewId() }] }, default));

        Assert.Empty(await ListAsync(_app));
    }

    [Fact]
    public async Task A_deleted_account_is_gone_with_all_that_hangs_on_it()
    {
        var account = await NewAccountAsync();
        var revokedOnly = await NewAppAsync(SecurityEventKind.TokensRevoked);
        await ConsentAsync(_app, "openid");
        await ConsentAsync(revokedOnly, "openid");
        var realNames = new SqlRealNameStore(engine.Database);
        await realNames.PutAsync(new StoredRealName(_account, [1], 40, RealNameState.Verified, Samples.Noon), default);
        var signIns = new SqlSignInStore(engine.Database, Options.Create(new SignInOptions()));
        await signIns.TryProveAsync(
            [[1]], Samples.Noon, new SignInRecord(_account, Samples.Noon, SignInOutcome.SignedIn, [1], [1], null), default);

        Assert.True(await _accounts.TryDeleteAsync(Withdrawal(0), default));
        Assert.False(await _accounts.TryDeleteAsync(Withdrawal(0), default));

        Assert.Null(await _accounts.FindAsync(_account, default));
        Assert.Empty(await _consents.ListAsync(_account, default));
        Assert.Null(await realNames.FindAsync(_account, default));
        Assert.Empty((await signIns.HistoryAsync(_account, Samples.Noon.AddDays(-1), default)).Successes);
        Assert.Single(await _revocations.TouchingAsync(_app, _account, Guid.Empty, default));
        Assert.Equal(SecurityEventKind.AccountPurged, Assert.Single(await ListAsync(_app)).Event.Kind);
        Assert.Equal(SecurityEventKind.TokensRevoked, Assert.Single(await ListAsync(revokedOnly)).Event.Kind);

        // Its name and its number are free again.
        Assert.True(await _accounts.TryAddAsync(account with { Id = Samples.NewId() }, default));
    }

    [Fact]
    public async Task Of_ten_nodes_one_gets_the_event_until_its_lease_runs_out()
    {
        var clock = new FakeTimeProvider(Samples.Noon);
        await using var database = engine.Open(clock: clock);
        var events = new SqlEventStore(database);
        await ProvokeAsync();
        Assert.Contains(_app, await events.DueAppsAsync(Terms(Samples.Noon), default));

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => events.LeaseAsync(_app, Terms(Samples.Noon), default)));
        var first = Assert.Single(all.OfType<LeasedEvent>());
        Assert.Equal((1, Samples.Noon.AddDays(1)), (first.Tries, first.GiveUpAt));
        Assert.DoesNotContain(_app, await events.DueAppsAsync(Terms(Samples.Noon), default));
        Assert.Equal(EventState.Leased, Assert.Single(await events.ListAsync(_app, null, 9, default)).State);

        clock.Advance(TimeSpan.FromMinutes(1));
        var second = await events.LeaseAsync(_app, Terms(Samples.Noon.AddHours(1)), default);
        Assert.Equal((first.Event.Id, 2, first.GiveUpAt), (second!.Event.Id, second.Tries, second.GiveUpAt));
        Assert.Equal(first.Event.Scopes, second.Event.Scopes);

        // The first was thought dead, and comes back: its failure says nothing any more, its success does.
        await events.FailedAsync(first, "late", nextTryAt: null, default);
        Assert.Equal(EventState.Leased, Assert.Single(await events.ListAsync(_app, null, 9, default)).State);
        await events.DeliveredAsync(first, "HTTP 200", default);
        await events.FailedAsync(second, "HTTP 500", nextTryAt: null, default);
        var stored = Assert.Single(await events.ListAsync(_app, null, 9, default));
        Assert.Equal((EventState.Delivered, "HTTP 200", clock.GetUtcNow()), (stored.State, stored.LastAnswer, stored.EndedAt));
    }

    [Fact]
    public async Task A_failed_event_is_due_when_its_time_comes_or_when_the_clock_went_back()
    {
        await ProvokeAsync();
        var leased = await _events.LeaseAsync(_app, Terms(Samples.Noon), default);
        await _events.FailedAsync(leased!, "HTTP 500", Samples.Noon.AddMinutes(10), default);

        Assert.Null(await _events.LeaseAsync(_app, Terms(Samples.Noon.AddMinutes(9)), default));
        Assert.DoesNotContain(_app, await _events.DueAppsAsync(Terms(Samples.Noon.AddMinutes(9)), default));
        Assert.Contains(_app, await _events.DueAppsAsync(Terms(Samples.Noon.AddYears(-1)), default));
        Assert.Equal(2, (await _events.LeaseAsync(_app, Terms(Samples.Noon.AddMinutes(10)), default))!.Tries);
    }

    [Fact]
    public async Task What_was_given_up_is_due_again_when_asked_for()
    {
        await ProvokeAsync();
        await ProvokeAsync();
        Guid[] given = [await GiveUpAsync(), await GiveUpAsync()];
        Assert.Null(await _events.LeaseAsync(_app, Terms(Samples.Noon.AddDays(3)), default));
        Assert.Equal(2, (await _events.ListAsync(_app, EventState.Dead, 9, default)).Count);
        Assert.Single(await _events.ListAsync(_app, EventState.Dead, 1, default));
        Assert.Empty(await _events.ListAsync(_app, EventState.Waiting, 9, default));
        Assert.Empty(await _events.ListAsync(_app, EventState.Delivered, 9, default));

        Assert.Equal(0, await _events.RetryAsync(_app, Guid.NewGuid(), default));
        Assert.Equal(0, await _events.RetryAsync(Samples.NewId(), given[0], default));
        Assert.Equal(1, await _events.RetryAsync(_app, given[0], default));
        var again = await _events.LeaseAsync(_app, Terms(Samples.Noon.AddDays(3)), default);
        Assert.Equal((given[0], 2, Samples.Noon.AddDays(4)), (again!.Event.Id, again.Tries, again.GiveUpAt));
        await _events.DeliveredAsync(again, "HTTP 204", default);

        Assert.Equal(1, await _events.RetryAsync(_app, id: null, default)); // the other; what was delivered stays so
    }

    [Fact]
    public async Task Delivered_events_stay_a_week_and_dead_ones_a_month()
    {
        var clock = new FakeTimeProvider(Samples.Noon);
        await using var database = engine.Open(clock: clock);
        var (events, purge) = (new SqlEventStore(database), new SqlPurge(database));
        for (var i = 0; i < 3; i++)
            await ProvokeAsync();
        await events.DeliveredAsync((await events.LeaseAsync(_app, Terms(Samples.Noon), default))!, "HTTP 200", default);
        await events.FailedAsync((await events.LeaseAsync(_app, Terms(Samples.Noon), default))!, "HTTP 500", null, default);

        Assert.Equal(3, await LeftAsync(Samples.Noon.AddDays(7)));
        Assert.Equal(2, await LeftAsync(Samples.Noon.AddDays(7).AddSeconds(1)));
        Assert.Equal(2, await LeftAsync(Samples.Noon.AddDays(30)));
        Assert.Equal(1, await LeftAsync(Samples.Noon.AddDays(31)));
        Assert.Equal(1, await LeftAsync(Samples.Noon.AddYears(9))); // not delivered, so not forgotten

        async Task<int> LeftAsync(DateTimeOffset at)
        {
            await purge.RunAsync(at, default);
            return (await events.ListAsync(_app, null, 9, default)).Count;
        }
    }

    private static LeaseTerms Terms(DateTimeOffset now) => new(now, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), TimeSpan.FromHours(1));

    private async Task<long> NewAppAsync(params SecurityEventKind[] kinds)
    {
        var app = Samples.NewApp(1) with { EventCallback = "https://app.example/events", EventKinds = kinds };
        Assert.True(await _apps.TryAddAsync(app, default));
        return app.Id;
    }

    private async Task<Account> NewAccountAsync()
    {
        var account = Samples.NewAccount() with { Id = _account, Phones = [NewPhone(isBound: true)] };
        Assert.True(await _accounts.TryAddAsync(account, default));
        return account;
    }

    private static PhoneNumber NewPhone(bool isBound) => new(Samples.NewId(), "86", $"111{Samples.NewId():00000000}", "CN", isBound, null);

    private async Task ChangeAsync(Account account) => Assert.True(await _accounts.TryChangeAsync(account, default));

    private Task ConsentAsync(long app, params string[] scopes) =>
        _consents.PutAsync(new(_account, app, scopes, null, Samples.Noon), default);

    private Revocation Withdrawal(long app) => new(app, _account, Guid.Empty, Samples.Noon, Samples.Noon.AddHours(2));

    private Task<IReadOnlyList<StoredEvent>> ListAsync(long app) => _events.ListAsync(app, state: null, 100, default);

    private async Task ProvokeAsync()
    {
        await ConsentAsync(_app, "openid", "email");
        await _consents.TryWithdrawAsync(Withdrawal(_app), default);
    }

    /// <summary>A surface on which one scope shows the number.</summary>
    private sealed class PhoneWriter : IEventWriter
    {
        public string Surface => "sample";

        public IReadOnlyList<SecurityEventKind> Kinds => SecurityEventKinds.All;

        public bool ShowsPhone(IEnumerable<string> scopes) => scopes.Contains("phone");

        public ValueTask<EventMessage> WriteAsync(SecurityEvent happened, App app, CancellationToken ct) =>
            throw new NotSupportedException();
    }

    private async Task<Guid> GiveUpAsync()
    {
        var leased = (await _events.LeaseAsync(_app, Terms(Samples.Noon), default))!;
        await _events.FailedAsync(leased, "HTTP 500", nextTryAt: null, default);
        return leased.Event.Id;
    }
}
