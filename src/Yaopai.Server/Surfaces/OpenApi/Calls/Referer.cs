using Yaopai.Server.Apps;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>Which pages may call for an app that says so.</summary>
internal static class Referer
{
    /// <summary>A page that hides where it is comes from nowhere that was allowed.</summary>
    public static bool IsAllowed(App app, HttpRequest request) => app.Referers.Count == 0 || (
        request.Headers.Referer is [{ } referer] && Uri.TryCreate(referer, UriKind.Absolute, out var page)
        && page.Scheme is "http" or "https"
        && app.Referers.Any(host => IsWithin(page.IdnHost, host)));

    private static bool IsWithin(string host, string allowed) =>
        host.Equals(allowed, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + allowed, StringComparison.OrdinalIgnoreCase);
}
