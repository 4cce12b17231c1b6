using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Queues;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Events;

/// <summary>Delivers what is due, to each app a few events at a time; a receiver that hangs keeps nobody else's waiting.</summary>
internal sealed class EventSender(
    IEventStore store, EventDelivery delivery, EventSignal signal, Readiness readiness, IAppClock clock, TimeProvider time,
    IOptions<EventOptions> options, ILogger<EventSender> log) : BackgroundService, IQueue
{
    private LeaseTerms Terms => new(clock.Now, options.Value.Lease, options.Value.GiveUpAfter, options.Value.LongestRetry);

    public async Task<IReadOnlyList<long>> DueOwnersAsync(CancellationToken ct)
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

    public async Task<Turn> ServeNextAsync(long owner, CancellationToken ct)
    {
        if (await store.LeaseAsync(owner, Terms, ct) is not { } leased)
            return Turn.Nothing;

        return await delivery.DeliverAsync(leased, ct) ? Turn.Done : Turn.Failed;
    }

    public void LogInterrupted(long owner, Exception exception)
    {
        if (exception is StorageException)
            log.EventsDelayed(exception, owner);
        else
            log.EventsUndeliverable(exception, owner);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Ready.WaitAsync(stoppingToken);
        using var lanes = new Lanes(
            this, signal, time, options.Value.PollInterval, options.Value.Concurrency, options.Value.ConcurrencyPerApp);
        await lanes.RunAsync(stoppingToken);
    }
}
