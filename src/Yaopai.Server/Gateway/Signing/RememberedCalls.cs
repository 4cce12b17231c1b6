namespace Yaopai.Server.Gateway.Signing;

/// <summary>Calls in memory, by the minute of their date, so that those which can come no more leave together.</summary>
internal sealed class RememberedCalls
{
    /// <summary>Some 25 MB. At 800 calls a second the memory of a window of ten minutes is full.</summary>
    private const int Most = 500_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Minute> _minutes = [];
    private int _count;

    public bool IsFull => Volatile.Read(ref _count) >= Most;

    /// <summary>Everything that can still come, with the end of the time in which it can.</summary>
    public IReadOnlyList<(long AppId, Guid Id, DateTimeOffset Until)> All
    {
        get
        {
            lock (_lock)
                return [.. _minutes.Values.SelectMany(minute => minute.Calls.Select(call => (call.AppId, call.Id, minute.Until)))];
        }
    }

    /// <summary>False when it is there.</summary>
    /// <param name="until">When it can come no more.</param>
    public bool TryAdd(in SignedCall call, Guid id, DateTimeOffset until, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_minutes.TryGetValue(MinuteOf(call), out var minute))
            {
                Forget(now);
                _minutes[MinuteOf(call)] = minute = new Minute();
            }

            if (!minute.Calls.Add((call.AppId, id)))
                return false;

            minute.Until = until > minute.Until ? until : minute.Until;
            _count++;
            return true;
        }
    }

    public void Remove(in SignedCall call, Guid id)
    {
        lock (_lock)
        {
            if (_minutes.TryGetValue(MinuteOf(call), out var minute) && minute.Calls.Remove((call.AppId, id)))
                _count--;
        }
    }

    private static long MinuteOf(in SignedCall call) => call.Instant.ToUnixTimeSeconds() / 60;

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, minute) in _minutes)
        {
            if (minute.Until >= now)
                continue;

            _count -= minute.Calls.Count;
            _minutes.Remove(key);
        }
    }

    private sealed class Minute
    {
        public HashSet<(long AppId, Guid Id)> Calls { get; } = [];

        public DateTimeOffset Until { get; set; }
    }
}
