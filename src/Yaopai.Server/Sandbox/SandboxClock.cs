using System.Collections.Concurrent;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Sandbox;

/// <summary>A clock that can be moved: for everyone, for one app, or for the apps of one world.</summary>
internal sealed class SandboxClock(TimeProvider time) : IAppClock
{
    private readonly ConcurrentDictionary<long, Own> _apps = new();
    private long _offset;

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>Of apps that are in no world.</summary>
    public IEnumerable<(long AppId, TimeSpan Offset)> AppOffsets =>
        from own in _apps where !own.Value.IsOfWorld select (own.Key, own.Value.Offset);

    public IEnumerable<(long AppId, TimeSpan Offset, bool IsOfWorld)> All =>
        from own in _apps select (own.Key, own.Value.Offset, own.Value.IsOfWorld);

    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    public DateTimeOffset NowFor(long appId) => time.GetUtcNow() + OffsetFor(appId);

    public TimeSpan OffsetFor(long appId) => !_apps.IsEmpty && _apps.TryGetValue(appId, out var own) ? own.Offset : Offset;

    /// <summary>Moves the clock by some time from where it is. False when it would leave the years that can be written down.</summary>
    /// <param name="apps">Null for everyone.</param>
    public bool TryAdvance(TimeSpan by, Apps? apps) => TrySetOffset(apps is null ? Offset : OffsetFor(apps.Ids[0]), by, apps);

    /// <summary>Moves the clock to an instant, from which it goes on.</summary>
    public bool TrySet(DateTimeOffset instant, Apps? apps) => TrySetOffset(instant - time.GetUtcNow(), TimeSpan.Zero, apps);

    /// <summary>Back to the time of the wall; the clocks of worlds are put back with their worlds alone.</summary>
    public void Reset(Apps? apps)
    {
        foreach (var id in apps?.Ids ?? [.. _apps.Keys])
        {
            if (apps is { AreWorld: true })
                _apps[id] = new(TimeSpan.Zero, IsOfWorld: true);
            else if (_apps.TryGetValue(id, out var own) && !own.IsOfWorld)
                _apps.TryRemove(id, out _);
            else if (apps is not null && own is not null)
                _apps[id] = own with { Offset = TimeSpan.Zero };
        }

        if (apps is null)
            Interlocked.Exchange(ref _offset, 0);
    }

    /// <summary>Whoever moves everyone's clock moves theirs no more.</summary>
    public void Separate(IEnumerable<long> apps)
    {
        foreach (var id in apps)
            _apps.TryAdd(id, new(TimeSpan.Zero, IsOfWorld: true));
    }

    public void Forget(IEnumerable<long> apps)
    {
        foreach (var id in apps)
            _apps.TryRemove(id, out _);
    }

    /// <summary>All clocks as they once were.</summary>
    public void Put(TimeSpan everyones, IEnumerable<(long AppId, TimeSpan Offset, bool IsOfWorld)> apps)
    {
        Clear();
        Interlocked.Exchange(ref _offset, everyones.Ticks);
        foreach (var (appId, offset, isOfWorld) in apps)
            _apps[appId] = new(offset, isOfWorld);
    }

    /// <summary>As after a start.</summary>
    public void Clear()
    {
        _apps.Clear();
        Interlocked.Exchange(ref _offset, 0);
    }

    private bool TrySetOffset(TimeSpan from, TimeSpan by, Apps? apps)
    {
        // Room on both sides for everything that is reckoned from now.
        var offset = (decimal)from.Ticks + by.Ticks;
        var ticks = time.GetUtcNow().UtcTicks + offset;
        if (ticks < new DateTime(2000, 1, 1).Ticks || ticks > new DateTime(9000, 1, 1).Ticks)
            return false;

        if (apps is null)
        {
            Interlocked.Exchange(ref _offset, (long)offset);
            return true;
        }

        var moved = new Own(TimeSpan.FromTicks((long)offset), apps.AreWorld);
        foreach (var id in apps.Ids)
            _apps.AddOrUpdate(id, moved, (_, before) => moved with { IsOfWorld = moved.IsOfWorld || before.IsOfWorld });
        return true;
    }

    /// <summary>Whose clock it is.</summary>
    internal sealed record Apps(IReadOnlyList<long> Ids, bool AreWorld);

    private sealed record Own(TimeSpan Offset, bool IsOfWorld);
}
