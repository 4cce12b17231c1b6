using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Gateway;

/// <summary>Counts calls in fixed windows of the caller's own time, so that a sandbox that moves a clock moves its quotas too.</summary>
/// <remarks>The framework's limiters count real time only.</remarks>
internal sealed class Quotas(IOptions<QuotaOptions> options, IAppClock clock, IQuotaSeam? seam = null)
{
    private readonly ConcurrentDictionary<(long AppId, IPAddress? Network, string What), Window> _windows = new();
    private readonly Lock _tidying = new();
    private int _ofNetworks; // ConcurrentDictionary.Count takes every lock

    /// <summary>The configured quota of calls a minute: the app's where it is known to be the one that calls, else the address's.</summary>
    public bool TryTake(Call call, IOperation operation, bool isProven) => isProven && call.App is { } app
        ? TryTake(app, operation.Target)
        : TryTake(call.Peer, operation.Target, options.Value.AddressPerMinute);

    /// <summary>The app's own quota of calls a minute.</summary>
    public bool TryTake(App app, string target) => TryTake(
        (app.Id, null, target), app.QuotaPerMinute ?? options.Value.AppPerMinute, TimeSpan.FromMinutes(1), clock.NowFor(app.Id));

    /// <summary>As many calls a minute, of one address for the app: of people who call with what the app gave them.</summary>
    public bool TryTake(App app, IPAddress peer, string target) => TryTake(
        (app.Id, NetworkKey.Of(peer), target), app.QuotaPerMinute ?? options.Value.AppPerMinute, TimeSpan.FromMinutes(1),
        clock.NowFor(app.Id));

    /// <summary>A quota that a contract fixes; lifted for an app whose own quota is 0.</summary>
    public bool TryTake(App app, string what, int limit, TimeSpan window) =>
        app.QuotaPerMinute is 0 || TryTake((app.Id, null, what), limit, window, clock.NowFor(app.Id));

    /// <summary>A device code for a caller that proved no app.</summary>
    public bool TryTakeDeviceCode(IPAddress peer) => TryTake(peer, "device code", options.Value.DeviceCodesPerMinute);

    /// <summary>What one address may do a minute, whichever apps call from there.</summary>
    public bool TryTake(IPAddress peer, string what, int limit) =>
        TryTake((0, NetworkKey.Of(peer), what), limit, TimeSpan.FromMinutes(1), clock.Now);

    public void Clear()
    {
        _windows.Clear();
        Interlocked.Exchange(ref _ofNetworks, 0);
    }

    private bool TryTake((long AppId, IPAddress? Network, string What) key, int limit, TimeSpan length, DateTimeOffset now)
    {
        if (seam is { IsSpent: true })
            return false;

        if (limit == 0)
            return true;

        var number = now.UtcTicks / length.Ticks;
        if (_windows.TryGetValue(key, out var window))
            return window.Take(number, limit);

        var isTaken = _windows.GetOrAdd(key, _ => new Window()).Take(number, limit);
        if (key.Network is not null && Interlocked.Increment(ref _ofNetworks) > NetworkKey.MostCounts)
            Tidy();
        return isTaken;
    }

    private void Tidy()
    {
        if (!_tidying.TryEnter())
            return; // another call is at it

        try
        {
            var minute = clock.Now.UtcTicks / TimeSpan.TicksPerMinute;
            Interlocked.Exchange(
                ref _ofNetworks, NetworkKey.Forget(_windows, (key, window) => key.Network is null ? null : window.ShareOf(minute)));
        }
        finally
        {
            _tidying.Exit();
        }
    }

    private sealed class Window
    {
        private readonly Lock _lock = new();
        private long _number;
        private int _taken;
        private int _limit;

        /// <summary>What is taken of all that may be, while it counts.</summary>
        public double ShareOf(long number)
        {
            lock (_lock)
                return _number == number ? (double)_taken / _limit : 0;
        }

        public bool Take(long number, int limit)
        {
            lock (_lock)
            {
                if (_number != number)
                    (_number, _taken) = (number, 0);

                _limit = limit;
                return _taken < limit && ++_taken > 0;
            }
        }
    }
}
