using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Queues;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Provisioning;

/// <summary>Applies what was queued, tenant by tenant, many items in one transaction; an item that cannot be applied fails alone.</summary>
internal sealed class ProvisioningWorker(
    IProvisioningQueue queue, ProvisioningSignal signal, Readiness readiness, IAppClock clock, TimeProvider time,
    IOptions<ProvisioningOptions> options, ILogger<ProvisioningWorker> log) : BackgroundService, IQueue
{
    private const int MostEndings = 4;

    private readonly ProvisioningOptions _options = options.Value;

    public async Task<IReadOnlyList<long>> DueOwnersAsync(CancellationToken ct)
    {
        try
        {
            return await queue.WaitingTenantsAsync(ct);
        }
        catch (StorageException exception)
        {
            log.WaitingItemsUnreadable(exception);
            return [];
        }
    }

    public async Task<Turn> ServeNextAsync(long owner, CancellationToken ct)
    {
        var terms = new LeaseTerms(clock.Now, _options.Lease, TimeSpan.MaxValue, _options.LongestRetry);
        if (await queue.LeaseAsync(owner, terms, _options.Batch, ct) is not { } batch)
            return Turn.Nothing;

        // Nobody said why it failed so often: whoever tried was stopped, and perhaps by what it is.
        if (batch.Items is [var item] && item.Tries > MostEndings * _options.MostTries)
        {
            log.ItemGivenUp(item.JobId, item.Ordinal, item.Tries);
            await queue.PutOffAsync(batch, item, nextTryAt: null, ct);
            return Turn.Failed;
        }

        try
        {
            await queue.ApplyAsync(batch, only: null, clock.Now, ct);
            return Turn.Done;
        }
        catch (StorageException exception) when (exception.Failure is StorageFailure.Failed)
        {
            return await ApplyOneByOneAsync(batch, ct);
        }
    }

    public void LogInterrupted(long owner, Exception exception)
    {
        if (exception is StorageException)
            log.ItemsDelayed(exception);
        else
            log.ItemsNotApplied(exception);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Concurrency == 0)
            return;

        await readiness.Ready.WaitAsync(stoppingToken);
        using var lanes = new Lanes(this, signal, time, _options.PollInterval, _options.Concurrency);
        await lanes.RunAsync(stoppingToken);
    }

    /// <summary>One of them was refused by storage, and with it the transaction of all.</summary>
    private async Task<Turn> ApplyOneByOneAsync(LeasedBatch batch, CancellationToken ct)
    {
        var turn = Turn.Done;
        foreach (var item in batch.Items)
        {
            try
            {
                await queue.ApplyAsync(batch, item, clock.Now, ct);
            }
            catch (StorageException exception) when (exception.Failure is StorageFailure.Failed)
            {
                turn = Turn.Failed;
                log.ItemNotApplied(exception, item.JobId, item.Ordinal, item.Tries);
                var nextTry = item.Tries < _options.MostTries ? clock.Now + _options.PauseAfter(item.Tries) : (DateTimeOffset?)null;
                await queue.PutOffAsync(batch, item, nextTry, ct);
            }
        }

        return turn;
    }
}
