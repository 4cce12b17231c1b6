using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Hosting;

/// <summary>/healthz — the process lives. /readyz — this node can serve.</summary>
internal static class Health
{
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", (HttpContext http) => http.Response.WriteAsync("ok\n"));
        routes.MapGet("/readyz", (HttpContext http) =>
        {
            var services = http.RequestServices;
            if (services.GetRequiredService<Readiness>().IsReady && services.GetRequiredService<FeedReader>().Age < s_stale)
                return http.Response.WriteAsync("ready\n");

            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return http.Response.WriteAsync("not ready: the database has not been reached for a while\n");
        });
    }
}
