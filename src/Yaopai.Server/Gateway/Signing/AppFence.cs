using Yaopai.Server.Credentials;

namespace Yaopai.Server.Gateway.Signing;

/// <summary>Up to which date calls of an app may have been taken that have no rows: by others before, and by this node.</summary>
internal sealed class AppFence(long appId, CallFence found, DateTimeOffset now, ICallFenceStore store)
{
    /// <summary>How far a fence is raised beyond a call, so that the calls of that time need no write.</summary>
    private static readonly TimeSpan s_ahead = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private DateTimeOffset _raisedTo = DateTimeOffset.MinValue;
    private DateTimeOffset _raisingTo = DateTimeOffset.MinValue;
    private Task _raising = Task.CompletedTask;
    private long _rowsUntil = found.HasRows ? (now + SignedCalls.RowsAreKept).UtcTicks : 0;

    /// <summary>What is dated up to here a process that broke off may have taken.</summary>
    public DateTimeOffset Floor { get; } = found.Until;

    /// <summary>Whether a call of the app may have a row.</summary>
    public bool MayHaveRows(DateTimeOffset now) => now.UtcTicks < Interlocked.Read(ref _rowsUntil);

    /// <summary>Before a row is written.</summary>
    public void ExpectRows(DateTimeOffset until)
    {
        for (var known = Interlocked.Read(ref _rowsUntil); known < until.UtcTicks;)
        {
            var before = Interlocked.CompareExchange(ref _rowsUntil, until.UtcTicks, known);
            if (before == known)
                break;
            known = before;
        }
    }

    /// <summary>Ends when the fence is durable at or beyond the date.</summary>
    public Task ReachAsync(DateTimeOffset date)
    {
        lock (_lock)
        {
            if (date <= _raisedTo)
                return Task.CompletedTask;

            if (date > _raisingTo)
            {
                _raisingTo = date + s_ahead;
                _raising = RaiseAsync(_raising, _raisingTo);
            }

            return _raising;
        }
    }

    /// <summary>Where all that this node took has rows.</summary>
    public async Task LowerAsync(CancellationToken ct)
    {
        if (_raisingTo > Floor)
            await store.LowerAsync(appId, Floor, ct);
    }

    private async Task RaiseAsync(Task before, DateTimeOffset to)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await store.RaiseAsync(appId, to, CancellationToken.None); // several wait for it; the storage has a time limit of its own
            lock (_lock)
                _raisedTo = to;
        }
        catch
        {
            lock (_lock)
                _raisingTo = _raisedTo; // who comes next tries again
            throw;
        }
    }
}
