using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server.Sandbox;

/// <summary>Where this server listens, plain HTTP first: on loopback nobody listens in.</summary>
internal sealed class OwnAddress(IServer server) : IOwnAddress
{
    public Uri? Find() => server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(address => BindingAddress.Parse(address))
        .OrderBy(address => address.Scheme is not "http")
        .Select(address => new UriBuilder(address.Scheme, Reachable(address.Host), address.Port).Uri)
        .FirstOrDefault();

    /// <summary>Whoever listens everywhere is reached on loopback.</summary>
    private static string Reachable(string host) =>
        host is "+" or "*"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            ? "127.0.0.1"
            : host;
}
