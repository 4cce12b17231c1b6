using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Yaopai.Server.Accounts;

/// <summary>Whom a count of one address stands for, and whose counts are kept when there are too many.</summary>
internal static class NetworkKey
{
    /// <summary>Addresses are unlimited in number; of more counts than these the lower half is forgotten.</summary>
    public const int MostCounts = 100_000;

    /// <summary>Of IPv6 the /64: a host that has one address there can have all of them.</summary>
    public static IPAddress Of(IPAddress peer)
    {
        var plain = SignInTraces.Plain(peer);
        if (plain.AddressFamily is not AddressFamily.InterNetworkV6)
            return plain;

        var octets = plain.GetAddressBytes();
        octets.AsSpan(8).Clear();
        return new IPAddress(octets);
    }

    /// <summary>Forgets those that stand for least, so that a crowd which does little hides nobody who has done much.
    /// How many are left.</summary>
    /// <param name="weightOf">What an entry stands for: 0 for what is over, null for what is no address's and stays.</param>
    public static int Forget<TKey, TCount>(ConcurrentDictionary<TKey, TCount> counts, Func<TKey, TCount, double?> weightOf)
        where TKey : notnull
    {
        var heaviest = counts
            .Select(pair => (pair.Key, Weight: weightOf(pair.Key, pair.Value)))
            .Where(one => one.Weight is not null)
            .OrderByDescending(one => one.Weight)
            .ToArray();
        var kept = Math.Min(MostCounts / 2, heaviest.Count(one => one.Weight > 0));
        foreach (var (key, _) in heaviest.AsSpan(kept))
            counts.TryRemove(key, out _);

        return kept;
    }
}
