using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Protocol;

/// <summary>Counts calls in fixed windows of the caller's own time, so that a sandbox that moves a clock moves its quotas too.</summary>
/// <remarks>The framework's limiters count real time only.</remarks>
internal sealed class Quotas(IOptions<QuotaOptions> options, IAppClock clock)
{
    /// <summary>Addresses are unlimited in number; past this many counters those of addresses are dropped.</summary>
    private const int TidyAbove = 100_000;

    private readonly ConcurrentDictionary<(long AppId, IPAddress? Peer, string What), Window> _windows = new();
    private int _count; // ConcurrentDictionary.Count takes every lock

    /// <summary>The configured quota of calls a minute: the app's where it is known to be the one that calls, else the address's.</summary>
    public bool TryTake(Call call, IOperation operation, bool isProven) => isProven && call.App is { } app
        ? TryTake(app, operation.Target)
        : TryTake((0, call.Peer, operation.Target), options.Value.AddressPerMinute, TimeSpan.FromMinutes(1), clock.Now);

    /// <summary>The app's own quota of calls a minute.</summary>
    public bool TryTake(App app, string target) => TryTake(
        (app.Id, null, target), app.QuotaPerMinute ?? options.Value.AppPerMinute, TimeSpan.FromMinutes(1), clock.NowFor(app.Id));

    /// <summary>A quota that a contract fixes; lifted for an app whose own quota is 0.</summary>
    public bool TryTake(App app, string what, int limit, TimeSpan window) =>
        app.QuotaPerMinute is 0 || TryTake((app.Id, null, what), limit, window, clock.NowFor(app.Id));

    /// <summary>A device code for a caller that proved no app.</summary>
    public bool TryTakeDeviceCode(IPAddress peer) => TryTake(peer, "device code", options.Value.DeviceCodesPerMinute);

    /// <summary>What one address may do a minute, whoever is there.</summary>
    public bool TryTake(IPAddress peer, string what, int limit) => TryTake((0, peer, what), limit, TimeSpan.FromMinutes(1), clock.Now);

    public void Clear() => _windows.Clear();

    private bool TryTake((long AppId, IPAddress? Peer, string What) key, int limit, TimeSpan length, DateTimeOffset now)
    {
        if (limit == 0)
            return true;

        if (!_windows.TryGetValue(key, out var window))
        {
            window = _windows.GetOrAdd(key, _ => new Window());
            if (Interlocked.Increment(ref _count) > TidyAbove)
                Tidy();
        }

        return window.Take(now.UtcTicks / length.Ticks, limit);
    }

    /// <summary>Against a flood from very many addresses, forgetting their counts costs less than keeping them.</summary>
    private void Tidy()
    {
        foreach (var (key, _) in _windows)
        {
            if (key.Peer is not null)
                _windows.TryRemove(key, out _);
        }

        Interlocked.Exchange(ref _count, 0);
    }

    private sealed class Window
    {
        private readonly Lock _lock = new();
        private long _number;
        private int _taken;

        public bool Take(long number, int limit)
        {
            lock (_lock)
            {
                if (_number != number)
                    (_number, _taken) = (number, 0);

                return _taken < limit && ++_taken > 0;
            }
        }
    }
}
