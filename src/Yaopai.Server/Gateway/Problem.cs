using Microsoft.AspNetCore.Connections;
using Yaopai.Server.Keys;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Gateway;

/// <summary>What is wrong with a request that belongs to no surface, as RFC 9457 has it.</summary>
internal sealed record Problem(int Status, string Title, string Detail)
{
    public static Problem Invalid(string detail) => new(400, "The request cannot be used", detail);

    public static Problem NotFound(string detail) => new(404, "There is no such thing", detail);

    public static Problem Conflict(string detail) => new(409, "It is taken already", detail);

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
        var readiness = app.Services.GetRequiredService<Readiness>();
        var outages = app.Services.GetRequiredService<OutageLog>();
        app.Use(next => async http =>
        {
            try
            {
                await next(http);
            }
            catch (Exception exception) when (exception is IOException or ConnectionAbortedException)
            {
                // the sender is gone, or what it sends is none: nobody's fault here
                log.BodyBroken(http.TraceIdentifier, exception.Message);
                if (exception is ConnectionResetException or ConnectionAbortedException)
                    http.Abort();
                else if (!http.Response.HasStarted)
                    await Problem.Invalid("The body ended before its end, or its framing is broken.").WriteAsync(http.Response);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
            }
            catch (KeyLostException) when (!readiness.IsReady && !http.Response.HasStarted)
            {
                await new Problem(503, "The server is starting", "It has not loaded its keys yet. Try again in a moment.")
                    .WriteAsync(http.Response);
            }
            catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            {
                if (exception is StorageException storage)
                    outages.Say(storage, storage.Failure, http.Request.Path, http.TraceIdentifier);
                else if (exception is KeyLostException)
                    log.KeyMissing(exception.Message, http.TraceIdentifier);
                else
                    log.FailedUnexpectedly(exception, http.TraceIdentifier);
                http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
                await (exception switch
                {
                    StorageException { Failure: var failure } =>
                        new Problem(503, "Storage does not answer", $"The database: {failure}. Try again in a moment."),
                    KeyLostException => new Problem(503, "A key is lost", "The log has 1-04-005 and says which."),
                    _ => new Problem(500, "Something unexpected happened", "The log has it under the request id."),
                }).WriteAsync(http.Response);
            }
        });
    }
}
