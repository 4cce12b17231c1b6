using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Events;

/// <summary>Delivers what is due, to each app one event at a time; a receiver that hangs keeps nobody else's waiting.</summary>
internal sealed class EventSender(
    IEventStore store, EventDelivery delivery, EventSignal signal, Readiness readiness, IAppClock clock, TimeProvider time,
    IOptions<EventOptions> options, ILogger<EventSender> log) : BackgroundService
{
    /// <summary>Apps that are being served, and whether something may have become due for them meanwhile.</summary>
    private readonly ConcurrentDictionary<long, bool> _lanes = new();

    /// <summary>Apps whose receiver did not take the last event: it may take all the time it is given to refuse the next.</summary>
    private readonly ConcurrentDictionary<long, bool> _failing = new();

    private readonly SemaphoreSlim _places = new(options.Value.Concurrency);
    private readonly SemaphoreSlim _placesOfFailing = new(Math.Max(1, options.Value.Concurrency / 2));

    private LeaseTerms Terms => new(clock.Now, options.Value.Lease, options.Value.GiveUpAfter, options.Value.LongestRetry);

    public override void Dispose()
    {
        _places.Dispose();
        _placesOfFailing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Ready.WaitAsync(stoppingToken);
        await using var timer = time.CreateTimer(_ => signal.Set(), null, TimeSpan.Zero, options.Value.PollInterval);
        var running = new List<Task>();
        try
        {
            await foreach (var _ in signal.AllAsync(stoppingToken))
            {
                running.RemoveAll(lane => lane.IsCompleted);
                foreach (var appId in await DueAppsAsync(stoppingToken))
                {
                    if (_lanes.TryAdd(appId, false))
                        running.Add(ServeAsync(appId, stoppingToken));
                    else
                        _lanes.TryUpdate(appId, true, false);
                }
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    private async Task<IReadOnlyList<long>> DueAppsAsync(CancellationToken ct)
    {
        try
        {
            return await store.DueAppsAsync(Terms, ct);
        }
        catch (StorageException exception)
        {
            log.DueEventsUnreadable(exception);
            return [];
        }
    }

    private async Task ServeAsync(long appId, CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            do
                await DeliverAllAsync(appId, ct);
            while (!_lanes.TryRemove(KeyValuePair.Create(appId, false)) && _lanes.TryUpdate(appId, false, true));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // What was under way may have arrived or not: its lease runs out, and it goes out once more.
        }
        catch (Exception exception)
        {
            _lanes.TryRemove(appId, out _);
            if (exception is StorageException)
                log.EventsDelayed(exception, appId);
            else
                log.EventsUndeliverable(exception, appId);
        }
    }

    /// <summary>Event by event: an app with many events does not hold up the others.</summary>
    private async Task DeliverAllAsync(long appId, CancellationToken ct)
    {
        while (_failing.ContainsKey(appId)
            ? await InTurnAsync(_placesOfFailing, () => InTurnAsync(_places, () => DeliverNextAsync(appId, ct), ct), ct)
            : await InTurnAsync(_places, () => DeliverNextAsync(appId, ct), ct))
        {
        }
    }

    private async Task<bool> DeliverNextAsync(long appId, CancellationToken ct)
    {
        if (await store.LeaseAsync(appId, Terms, ct) is not { } leased)
            return false;

        if (await delivery.DeliverAsync(leased, ct))
            _failing.TryRemove(appId, out _);
        else
            _failing[appId] = true;
        return true;
    }

    private static async Task<bool> InTurnAsync(SemaphoreSlim places, Func<Task<bool>> deliver, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            return await deliver();
        }
        finally
        {
            places.Release();
        }
    }
}
