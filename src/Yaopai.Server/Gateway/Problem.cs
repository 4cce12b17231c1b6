using Yaopai.Server.Stores;

namespace Yaopai.Server.Gateway;

/// <summary>What is wrong with a request that belongs to no surface, as RFC 9457 has it.</summary>
internal sealed record Problem(int Status, string Title, string Detail)
{
    public static Problem Invalid(string detail) => new(400, "The request cannot be used", detail);

    public static Problem NotFound(string detail) => new(404, "There is no such thing", detail);

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        await response.WriteAsJsonAsync(
            new { type = "about:blank", title = Title, status = Status, detail = Detail }, options: null, "application/problem+json");
    }
}

internal static class Problems
{
    /// <summary>Outside the surfaces, too, no stack trace leaves: not even in Development.</summary>
    public static void UseProblems(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger<Problem>();
        app.Use(next => async http =>
        {
            try
            {
                await next(http);
            }
            catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            {
                log.FailedUnexpectedly(exception, http.TraceIdentifier);
                http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
                await (exception is StorageException { Failure: var failure }
                    ? new Problem(503, "Storage does not answer", $"The database: {failure}. Try again in a moment.")
                    : new Problem(500, "Something unexpected happened", "The log has it under the request id.")).WriteAsync(http.Response);
            }
        });
    }
}
