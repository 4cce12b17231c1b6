using System.Collections.Concurrent;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Sandbox;

/// <summary>A clock that can be moved: for everyone, or for one app.</summary>
internal sealed class SandboxClock(TimeProvider time) : IAppClock
{
    private readonly ConcurrentDictionary<long, TimeSpan> _apps = new();
    private long _offset;

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public IReadOnlyDictionary<long, TimeSpan> AppOffsets => _apps;

    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    public DateTimeOffset NowFor(long appId) => !_apps.IsEmpty && _apps.TryGetValue(appId, out var own) ? time.GetUtcNow() + own : Now;

    /// <summary>Moves the clock by some time from where it is. False when it would leave the years that can be written down.</summary>
    public bool TryAdvance(TimeSpan by, long? appId) =>
        TrySetOffset(appId is { } id && _apps.TryGetValue(id, out var own) ? own : Offset, by, appId);

    /// <summary>Moves the clock to an instant, from which it goes on.</summary>
    public bool TrySet(DateTimeOffset instant, long? appId) => TrySetOffset(instant - time.GetUtcNow(), TimeSpan.Zero, appId);

    public void Reset(long? appId)
    {
        if (appId is { } id)
        {
            _apps.TryRemove(id, out _);
            return;
        }

        _apps.Clear();
        Interlocked.Exchange(ref _offset, 0);
    }

    private bool TrySetOffset(TimeSpan from, TimeSpan by, long? appId)
    {
        // Room on both sides for everything that is reckoned from now.
        var offset = (decimal)from.Ticks + by.Ticks;
        var ticks = time.GetUtcNow().UtcTicks + offset;
        if (ticks < new DateTime(2000, 1, 1).Ticks || ticks > new DateTime(9000, 1, 1).Ticks)
            return false;

        if (appId is { } id)
            _apps[id] = TimeSpan.FromTicks((long)offset);
        else
            Interlocked.Exchange(ref _offset, (long)offset);

        return true;
    }
}
