using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Accounts;

/// <summary>Failures by address, whatever the logins: what one who tries the same password on many people runs into.</summary>
internal sealed class AddressFailures(IOptions<SignInOptions> options, IAppClock clock)
{
    /// <summary>Addresses are unlimited in number; past this many, forgetting all costs less than keeping them.</summary>
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<IPAddress, (long Window, int Count)> _failures = new();
    private int _known; // ConcurrentDictionary.Count takes every lock

    private long Window => clock.Now.UtcTicks / options.Value.FailureWindow.Ticks;

    public bool IsSpent(IPAddress peer) =>
        _failures.TryGetValue(KeyOf(peer), out var failures) && failures.Window == Window && failures.Count >= options.Value.FailuresPerAddress;

    public void Count(IPAddress peer)
    {
        var window = Window;
        var failures = _failures.AddOrUpdate(
            KeyOf(peer), (window, 1), (_, known) => known.Window == window ? (window, known.Count + 1) : (window, 1));
        if (failures.Count == 1 && Interlocked.Increment(ref _known) > Most)
            Clear();
    }

    public void Clear()
    {
        _failures.Clear();
        Interlocked.Exchange(ref _known, 0);
    }

    /// <summary>Of IPv6 the /64: whoever has one address there has them all.</summary>
    private static IPAddress KeyOf(IPAddress peer)
    {
        var plain = SignInTraces.Plain(peer);
        if (plain.AddressFamily is not AddressFamily.InterNetworkV6)
            return plain;

        var octets = plain.GetAddressBytes();
        octets.AsSpan(8).Clear();
        return new IPAddress(octets);
    }
}
