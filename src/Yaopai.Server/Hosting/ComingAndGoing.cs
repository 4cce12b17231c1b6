using Yaopai.Server.Stores;

namespace Yaopai.Server.Hosting;

/// <summary>A node that comes listens a moment before it can serve, and one that goes serves for a while before it stops: what comes in
/// that time is answered as at any other.</summary>
internal static class ComingAndGoing
{
    public static void UseComingAndGoing(this WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        app.Use(next => http =>
        {
            // HTTP/2 has a frame for it, which the framework sends as it stops.
            if (readiness.IsLeaving && HttpProtocol.IsHttp11(http.Request.Protocol))
                http.Response.Headers.Connection = "close";

            return readiness.Settled.IsCompleted || Health.IsAskedFor(http.Request.Path) ? next(http) : WaitAsync(readiness, next, http);
        });
    }

    private static async Task WaitAsync(Readiness readiness, RequestDelegate next, HttpContext http)
    {
        await readiness.Settled.WaitAsync(http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!http.RequestAborted.IsCancellationRequested)
            await next(http);
    }
}
