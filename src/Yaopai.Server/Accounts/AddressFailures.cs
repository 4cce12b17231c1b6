using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Accounts;

/// <summary>Failures by address, whatever the logins: the limit for trying one password on many people.</summary>
internal sealed class AddressFailures(IOptions<SignInOptions> options, IAppClock clock)
{
    private readonly ConcurrentDictionary<IPAddress, (long Window, int Count)> _failures = new();
    private int _known; // ConcurrentDictionary.Count takes every lock

    private long Window => clock.Now.UtcTicks / options.Value.FailureWindow.Ticks;

    public bool IsSpent(IPAddress peer) =>
        _failures.TryGetValue(NetworkKey.Of(peer), out var failures) && failures.Window == Window
        && failures.Count >= options.Value.FailuresPerAddress;

    public void Count(IPAddress peer)
    {
        var window = Window;
        var failures = _failures.AddOrUpdate(
            NetworkKey.Of(peer), (window, 1), (_, known) => known.Window == window ? (window, known.Count + 1) : (window, 1));
        if (failures.Count == 1 && Interlocked.Increment(ref _known) > NetworkKey.MostCounts)
            Interlocked.Exchange(ref _known, NetworkKey.Forget(_failures, (_, known) => known.Window == window ? known.Count : 0));
    }

    public void Clear()
    {
        _failures.Clear();
        Interlocked.Exchange(ref _known, 0);
    }
}
