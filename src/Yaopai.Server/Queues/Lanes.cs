using System.Collections.Concurrent;

namespace Yaopai.Server.Queues;

/// <summary>Serves the owners of a queue side by side, each a few items at a time; work that hangs keeps nobody else's waiting.</summary>
/// <param name="pollInterval">How often it looks for what other nodes wrote, or left.</param>
/// <param name="concurrency">Items that are under way at the same time.</param>
/// <param name="perOwner">How many of them may be of one owner: 1 where an owner's items have to come one after another.</param>
internal sealed class Lanes(
    IQueue queue, QueueSignal signal, TimeProvider time, TimeSpan pollInterval, int concurrency, int perOwner = 1) : IDisposable
{
    /// <summary>Lanes that are being served, and whether something may have become due for their owner meanwhile.</summary>
    private readonly ConcurrentDictionary<Lane, bool> _served = new();

    /// <summary>Owners whose last item failed: the next may take all the time it is given to fail too.</summary>
    private readonly ConcurrentDictionary<long, bool> _failing = new();

    private readonly SemaphoreSlim _places = new(concurrency);
    private readonly SemaphoreSlim _placesOfFailing = new(Math.Max(1, concurrency / 2));

    public void Dispose()
    {
        _places.Dispose();
        _placesOfFailing.Dispose();
    }

    /// <summary>Until it is told to stop; then it waits for what is under way.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await using var timer = time.CreateTimer(_ => signal.Set(), null, TimeSpan.Zero, pollInterval);
        var running = new List<Task>();
        try
        {
            await foreach (var _ in signal.AllAsync(ct))
            {
                running.RemoveAll(lane => lane.IsCompleted);
                foreach (var owner in await queue.DueOwnersAsync(ct))
                {
                    if (TryOpen(owner) is { } lane)
                        running.Add(ServeAsync(lane, ct));
                }
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    /// <summary>One more lane of the owner, each time that something is due; null where all are being served, which look once more then.
    /// </summary>
    private Lane? TryOpen(long owner)
    {
        var lanes = Enumerable.Range(0, _failing.ContainsKey(owner) ? 1 : perOwner).Select(number => new Lane(owner, number)).ToArray();
        foreach (var lane in lanes)
        {
            if (_served.TryAdd(lane, false))
                return lane;
        }

        foreach (var lane in lanes)
            _served.TryUpdate(lane, true, false);
        return null;
    }

    private async Task ServeAsync(Lane lane, CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            do
                await ServeAllAsync(lane, ct);
            while (!_served.TryRemove(KeyValuePair.Create(lane, false)) && _served.TryUpdate(lane, false, true));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // What was under way may be done or not: its lease runs out, and it is taken once more.
        }
        catch (Exception exception)
        {
            _served.TryRemove(lane, out _);
            queue.LogInterrupted(lane.Owner, exception);
        }
    }

    /// <summary>Item by item: an owner with many does not hold up the others. One whose items fail keeps the first lane alone.</summary>
    private async Task ServeAllAsync(Lane lane, CancellationToken ct)
    {
        var owner = lane.Owner;
        while (!_failing.ContainsKey(owner)
            ? await InTurnAsync(_places, () => ServeNextAsync(owner, ct), ct)
            : lane.Number is 0 && await InTurnAsync(_placesOfFailing, () => InTurnAsync(_places, () => ServeNextAsync(owner, ct), ct), ct))
        {
        }
    }

    private async Task<bool> ServeNextAsync(long owner, CancellationToken ct)
    {
        var turn = await queue.ServeNextAsync(owner, ct);
        if (turn is Turn.Done)
            _failing.TryRemove(owner, out _);
        else if (turn is Turn.Failed)
            _failing[owner] = true;
        return turn is not Turn.Nothing;
    }

    private static async Task<bool> InTurnAsync(SemaphoreSlim places, Func<Task<bool>> serve, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            return await serve();
        }
        finally
        {
            places.Release();
        }
    }

    private readonly record struct Lane(long Owner, int Number);
}
