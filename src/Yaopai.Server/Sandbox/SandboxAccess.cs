using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Yaopai.Server.Hosting;

namespace Yaopai.Server.Sandbox;

/// <summary>Who may use the sandbox: in Development this machine, and from anywhere a caller with the admin key.</summary>
/// <remarks>Outside Development a proxy may stand before the server on the same machine, and then everyone looks local.</remarks>
internal sealed class SandboxAccess(IOptions<AdminOptions> options, IHostEnvironment environment)
{
    // What a proxy on this machine says of callers elsewhere.
    private static readonly string[] s_forwarded =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    public bool Allows(HttpRequest request) => HoldsKey(request) || (environment.IsDevelopment() && IsLocal(request));

    /// <summary>
    /// A page of a stranger that is open in a browser of this machine reaches loopback too: it is told apart by the host name it
    /// used (a name that was made to resolve here) and by the Origin that browsers add.
    /// </summary>
    private static bool IsLocal(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
        && (request.Host.Host is "localhost"
            || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)))
        && !s_forwarded.Any(request.Headers.ContainsKey)
        && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"{request.Scheme}://{request.Host}");

    private bool HoldsKey(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return options.Value.Key is { } key && header.StartsWith(Bearer, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Bearer.Length..]), Hash(key));
    }

    // Hashed first, so that not even the length shows in the time.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
