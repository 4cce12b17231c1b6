using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using IPNetwork = System.Net.IPNetwork;

namespace Yaopai.Server.Gateway;

/// <summary>The proxies that the settings name: what they say of their callers counts, what anybody else says does not.</summary>
internal sealed class Proxies(IEnumerable<string> networks)
{
    /// <summary>What nearly every proxy writes, in the place of the standard.</summary>
    private static readonly string[] s_customary = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix"];

    private readonly IPNetwork[] _networks = [.. networks.Select(network => IPNetwork.Parse(network))];

    /// <summary>The headers of which one may speak for others.</summary>
    public static IReadOnlyList<string> Headers { get; } = [.. s_customary, Forwarded.Header];

    public bool Contain(IPAddress peer)
    {
        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return _networks.Any(network => network.Contains(address) || network.Contains(peer));
    }

    public void Use(WebApplication app)
    {
        if (_networks.Length == 0)
            return;

        // A name that may not be asked for cannot be spoken for either.
        var allowedHosts = app.Services.GetRequiredService<IOptions<HostFilteringOptions>>().Value.AllowedHosts;
        app.Use(next => http => Hear(http, allowedHosts)
            ? next(http)
            : Problem.Invalid("The header Forwarded cannot be read (RFC 7239).").WriteAsync(http.Response));
        app.UseForwardedHeaders(Customary(allowedHosts));
        app.Use(next => http =>
        {
            http.Request.PathBase = PublicAddress.PrefixOf(http.Request.PathBase.Value);
            return next(http);
        });
    }

    /// <summary>False when a proxy said something that cannot be read. Its beginning is of the caller, who must not be able to hide what
    /// the proxy wrote behind it.</summary>
    /// <remarks>Where a proxy writes other headers this one came through it as somebody sent it.</remarks>
    private bool Hear(HttpContext http, IList<string> allowedHosts)
    {
        var request = http.Request;
        if (!request.Headers.TryGetValue(Forwarded.Header, out var header) || s_customary.Any(request.Headers.ContainsKey)
            || http.Connection.RemoteIpAddress is not { } peer || !Contain(peer))
            return true;

        if (Forwarded.Read(header.ToString()) is not { } hops)
            return false;

        foreach (var hop in hops.Reverse())
        {
            if (hop.Proto.ToLowerInvariant() is "https" or "http")
                request.Scheme = hop.Proto.ToLowerInvariant();
            if (hop.NamedHost is { } host && HostString.MatchesAny(host.Value, [.. allowedHosts.Select(name => new StringSegment(name))]))
                request.Host = host;
            if (hop.Peer is not { } address)
                break;

            http.Connection.RemoteIpAddress = address;
            if (!Contain(address))
                break;
        }

        return true;
    }

    private ForwardedHeadersOptions Customary(IList<string> allowedHosts)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.All,
            ForwardLimit = null,
            AllowedHosts = allowedHosts,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in _networks)
            options.KnownIPNetworks.Add(network);

        return options;
    }
}
