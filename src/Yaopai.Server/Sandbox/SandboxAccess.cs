using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Hosting;
using Yaopai.Server.OAuth;
using IPNetwork = System.Net.IPNetwork;

namespace Yaopai.Server.Sandbox;

/// <summary>Who may use the sandbox: in Development this machine and the networks that the settings name, and from anywhere a caller
/// with the admin key.</summary>
/// <remarks>Outside Development a proxy may stand before the server on the same machine, and then everyone looks local.</remarks>
internal sealed class SandboxAccess(IOptions<AdminOptions> options, IOptions<SandboxOptions> sandbox, IHostEnvironment environment)
{
    // What a proxy on this machine says of callers elsewhere.
    private static readonly string[] s_forwarded =
        [.. Proxies.Headers, "X-Original-Host", "X-Real-IP", "Via"]; // the original: where a named proxy said another

    private readonly IPNetwork[] _networks = [.. sandbox.Value.Networks.Select(network => IPNetwork.Parse(network))];

    public bool Allows(HttpRequest request) =>
        HoldsKey(request) || (environment.IsDevelopment() && IsLocal(request) && IsOfAllowedOrigin(request));

    /// <summary>Why a request is not let in.</summary>
    public string WhyNot(HttpRequest request) => environment.IsDevelopment() && IsLocal(request)
        ? request.Headers.Origin.Count == 0 ? "A page of another site may not use the sandbox."
            : $"A page of {request.Headers.Origin} may not use the sandbox. Name its origin in the setting Sandbox:Origins: "
            + $"--Sandbox:Origins:0={request.Headers.Origin}"
        : "Requests from localhost need no key, in Development and without a proxy; all others must send \"Authorization: Bearer\" "
            + "and the admin key (YAOPAI_ADMIN_KEY), or come from a network that Sandbox:Networks names.";

    /// <summary>Whether it is a page of an origin that the settings name, and has to be told that it may read the answer.</summary>
    public bool IsOfNamedOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && sandbox.Value.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    private bool IsOfAllowedOrigin(HttpRequest request) => request.Headers.Origin.Count == 0
        ? request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" || IsVisit(request)
        : request.Headers.Origin == $"{request.Scheme}://{request.Host}" || IsOfNamedOrigin(request);

    /// <summary>Whoever follows a link changes nothing here, and is shown a page that the stranger cannot read.</summary>
    private static bool IsVisit(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate";

    /// <summary>
    /// A page of a stranger that is open in a browser of this machine reaches loopback too: it is told apart by the host name it
    /// used (a name that was made to resolve here), and by the Origin and the Sec-Fetch-Site that browsers add.
    /// </summary>
    private bool IsLocal(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } peer
        && (IPAddress.IsLoopback(peer) ? IsOwnName(request.Host.Host) : IsNamed(peer) && IsNearName(request.Host.Host))
        && !s_forwarded.Any(request.Headers.ContainsKey);

    private static bool IsOwnName(string host) => host is "" or "localhost" // HTTP/1.0 asks for none, and browsers always send one
        || (Address(host) is { } address && IPAddress.IsLoopback(address));

    /// <summary>Beside those of this machine: an address, or a name without a dot, as services have in a network of containers.
    /// Nobody on the internet can make such a name lead here.</summary>
    private static bool IsNearName(string host) =>
        IsOwnName(host) || Address(host) is not null || !host.Contains('.', StringComparison.Ordinal);

    private static IPAddress? Address(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null;

    private bool IsNamed(IPAddress peer)
    {
        var plain = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return _networks.Any(network => network.Contains(plain));
    }

    private bool HoldsKey(HttpRequest request) => options.Value.Key is { } key
        && BearerToken.InHeader(request) is { Length: > 0 } shown
        && CryptographicOperations.FixedTimeEquals(Hash(shown), Hash(key));

    // Hashed first, so that not even the length shows in the time.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
