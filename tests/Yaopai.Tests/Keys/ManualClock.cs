namespace Yaopai.Tests.Keys;

/// <summary>A clock that stands still until it is moved, and whose timers fire when told.</summary>
internal sealed class ManualClock : TimeProvider
{
    private Action _fire = () => { };

    public DateTimeOffset Now { get; set; } = At("2026-11-21T12:00:00+08:00");
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant);
    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
    public override long GetTimestamp() => Now.UtcTicks;
    public void FireTimers() => _fire();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _fire += () => callback(state);
        return new Handle();
    }

    private sealed class Handle : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;
        public void Dispose() { }
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
