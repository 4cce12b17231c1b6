using System.Net;
using System.Net.Sockets;

namespace Yaopai.Server.Events;

/// <summary>Tells addresses of the Internet from those of this machine and its network, which no app may have us call.</summary>
internal static class PublicAddresses
{
    // The special-purpose registries of IANA (RFC 6890), as far as they are not globally reachable.
    private static readonly IPNetwork[] s_notPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", // tunnels lead to IPv4 addresses that are not seen here
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork s_globalUnicast = IPNetwork.Parse("2000::/3");

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        return (address.AddressFamily is AddressFamily.InterNetwork || s_globalUnicast.Contains(address))
            && !s_notPublic.Any(network => network.Contains(address));
    }
}
