using Yaopai.Errors;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Hosting;

/// <summary>/healthz — the process lives. /readyz — this node can serve.</summary>
internal static class Health
{
    private const string Live = "/healthz", ReadyToServe = "/readyz";

    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(3);

    /// <summary>Whether it is asked how the server is, which is answered whatever the answer is.</summary>
    public static bool IsAskedFor(PathString path) => path == Live || path == ReadyToServe;

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Live, (HttpContext http) => http.Response.WriteAsync("ok\n"));
        routes.MapGet(ReadyToServe, (HttpContext http) =>
        {
            var services = http.RequestServices;
            var readiness = services.GetRequiredService<Readiness>();
            var why = readiness.IsLeaving ? "the server is stopping"
                : !readiness.IsReady ? "the server is starting and has not loaded what it needs"
                : !(services.GetRequiredService<FeedReader>().Age < s_stale) ? "the database has not been reached for a while"
                : !services.GetRequiredService<WriteProbe>().Succeeds ? "the database takes no writes"
                : null;
            // Of lost keys every node has the same, and the others go on: no reason to send nobody here.
            if (why is null)
                return http.Response.WriteAsync(Degradation(services.GetRequiredService<KeyRing>()) ?? "ready\n");

            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return http.Response.WriteAsync($"not ready: {why}\n");
        });
    }

    private static string Degraded(string why) => $"degraded: {OperatorErrors.Keys.KeyUnopened.Code}: {why}\n";

    private static string? Degradation(KeyRing keys) => keys.Lost.Count switch
    {
        0 => null,
        1 => Degraded("1 of the keys in the database does not open"),
        var lost => Degraded($"{lost} of the keys in the database do not open"),
    };
}
