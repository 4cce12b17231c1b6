using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;

namespace Yaopai.Server.Gateway;

/// <summary>What browsers open, where a setting says it: what addresses in answers begin with, and forms and cookies belong to, whatever
/// the request says of itself. A host name of a surface is a public address of its own.</summary>
internal sealed partial class PublicAddress
{
    private readonly PathString _prefix;

    private PublicAddress(Uri address) => (Origin, IsSecure, _prefix) =
        (address.GetLeftPart(UriPartial.Authority), address.Scheme is "https", PrefixOf(address.AbsolutePath));

    private string Origin { get; }

    private bool IsSecure { get; }

    public static bool TryRead(string? text, [NotNullWhen(true)] out PublicAddress? address)
    {
        address = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri is { Scheme: "https" or "http", Query: "", Fragment: "", UserInfo: "" }
            && (uri.AbsolutePath is "/" || PrefixOf(uri.AbsolutePath).HasValue) ? new PublicAddress(uri) : null;
        return address is not null;
    }

    /// <summary>Under which origin browsers know what they ask for.</summary>
    public static string OriginOf(HttpRequest request) =>
        request.HttpContext.Features.Get<PublicAddress>()?.Origin ?? $"{request.Scheme}://{HostOf(request)}";

    /// <summary>Whether browsers reach it by TLS. Whether this very request came by it, is another question.</summary>
    public static bool IsSecureFor(HttpRequest request) => request.HttpContext.Features.Get<PublicAddress>()?.IsSecure ?? request.IsHttps;

    /// <summary>An address of this server as browsers have to write it: below the prefix that a proxy takes away.</summary>
    public static string Of(HttpRequest request, string address) =>
        address is ['/', ..] && request.PathBase.HasValue ? request.PathBase + address : address;

    /// <summary>A prefix becomes part of redirects: it is a plain path, or none.</summary>
    public static PathString PrefixOf(string? text) => text?.TrimEnd('/') is { Length: > 0 } path && Plain.IsMatch(path) ? path : default;

    public void Use(WebApplication app)
    {
        var hosts = app.Services.GetServices<SurfaceOptions>().SelectMany(surface => surface.Hosts)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        app.Use(next => http =>
        {
            if (!hosts.Contains(http.Request.Host.Host))
                ApplyTo(http);
            return next(http);
        });
    }

    /// <summary>The prefix may still stand before the path, or a proxy took it away.</summary>
    private void ApplyTo(HttpContext http)
    {
        http.Features.Set(this);
        http.Request.PathBase = _prefix;
        if (_prefix.HasValue && http.Request.Path.StartsWithSegments(_prefix, StringComparison.Ordinal, out var rest))
            http.Request.Path = rest.HasValue ? rest : "/";
    }

    // HTTP/1.0 asks for no Host: then it is the address that was called.
    private static string HostOf(HttpRequest request) => request.Host is { HasValue: true } named ? named.ToString()
        : request.HttpContext.Connection is { LocalIpAddress: { } address, LocalPort: var port }
            ? new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port).ToString()
            : "localhost";

    [GeneratedRegex(@"^(/(?!\.{1,2}(/|\z))[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex Plain { get; }
}
