using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Events;
using Yaopai.Server.Queues;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Stores;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Events;

/// <summary>One app with a single event, among others that fail or hang and always have another waiting.</summary>
public sealed class EventSenderTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    private const long Modest = 1;
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Who_has_many_events_lets_others_go_between()
    {
        var store = new Endless([2], Hangs: false);

        await WithSenderAsync(store, concurrency: 1, async signal =>
        {
            await store.Failed.WaitAsync(s_timeout);
            store.ModestIsDue = true;
            signal.Set();

            await store.ModestWasTried.Task.WaitAsync(s_timeout);
        });
    }

    [Fact]
    public async Task Receivers_that_hang_take_half_of_the_places_at_most()
    {
        var store = new Endless([2, 3, 4, 5, 6, 7], Hangs: true);

        await WithSenderAsync(store, concurrency: 4, async signal =>
        {
            Assert.True(await store.Hanging.WaitAsync(s_timeout) && await store.Hanging.WaitAsync(s_timeout));
            store.ModestIsDue = true;
            signal.Set();

            await store.ModestWasTried.Task.WaitAsync(s_timeout);
            Assert.Equal(0, store.Hanging.CurrentCount);
        });
    }

    private async Task WithSenderAsync(Endless store, int concurrency, Func<EventSignal, Task> act)
    {
        var options = Options.Create(new EventOptions
        {
            Concurrency = concurrency,
            ConcurrencyPerApp = 1,
            PollInterval = TimeSpan.FromMinutes(1),
        });
        var (clock, signal, readiness) = (new WallClock(TimeProvider.System), new EventSignal(), new Readiness());
        readiness.Set();
        // The apps are gone, so nothing is written and nobody is called; a try takes as long as the store makes it.
        var delivery = new EventDelivery(
            store, new AppDirectory(new SqlAppStore(engine.Database)), writers: null!, client: null!, clock, options,
            NullLogger<EventDelivery>.Instance);
        using var sender = new EventSender(
            store, delivery, signal, readiness, clock, TimeProvider.System, options, NullLogger<EventSender>.Instance);
        await sender.StartAsync(default);
        try
        {
            await act(signal);
        }
        finally
        {
            store.End.SetResult();
            await sender.StopAsync(default);
        }
    }

    private sealed record Endless(long[] Busy, bool Hangs) : IEventStore
    {
        private readonly ConcurrentDictionary<long, int> _tries = new();

        public bool ModestIsDue { get; set; }

        public TaskCompletionSource ModestWasTried { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SemaphoreSlim Failed { get; } = new(0);

        public SemaphoreSlim Hanging { get; } = new(0);

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IReadOnlyList<long>> DueAppsAsync(LeaseTerms terms, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<long>>(ModestIsDue ? [.. Busy, Modest] : Busy);

        public Task<LeasedEvent?> LeaseAsync(long appId, LeaseTerms terms, CancellationToken ct)
        {
            var number = _tries.AddOrUpdate(appId, 1, (_, tries) => tries + 1);
            return Task.FromResult(appId is Modest && number > 1 ? null : new LeasedEvent(
                new SecurityEvent(appId, Guid.NewGuid(), 900001, SecurityEventKind.TokensRevoked, ["openid"], Samples.Noon), number,
                DateTimeOffset.MaxValue));
        }

        public async Task FailedAsync(LeasedEvent leased, string answer, DateTimeOffset? nextTryAt, CancellationToken ct)
        {
            await Task.Yield();
            if (leased.Event.AppId is Modest)
            {
                ModestWasTried.SetResult();
            }
            else if (Hangs && leased.Tries > 1)
            {
                Hanging.Release();
                await End.Task;
            }
            else
            {
                Failed.Release();
            }
        }

        public Task DeliveredAsync(LeasedEvent leased, string answer, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<StoredEvent>> ListAsync(long appId, EventState? state, int take, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<int> RetryAsync(long appId, Guid? id, CancellationToken ct) => throw new NotSupportedException();
    }
}
