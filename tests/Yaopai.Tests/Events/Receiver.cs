using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Events;

/// <summary>What a developer would run: takes events, and keeps all that came.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private Receiver(WebApplication app) => _app = app;

    public string Callback => $"{_app.Urls.First()}/events";

    public IReadOnlyList<Received> All => [.. _received];

    /// <param name="answer">What the nth message is answered with, counted from one; 204 by default.</param>
    public static async Task<Receiver> StartAsync(Func<int, HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        var count = 0;
        receiver._app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            http.Response.StatusCode = 204;
            receiver._received.Enqueue(new Received(
                http.Request.Method, http.Request.Path.Value!, http.Request.ContentType ?? "",
                http.Request.Headers.Authorization.ToString(), body));
            if (answer is not null)
                await answer(Interlocked.Increment(ref count), http);
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for so many messages.</summary>
    public async Task<IReadOnlyList<Received>> WaitAsync(int count)
    {
        await Eventually.HoldsAsync(() => Task.FromResult(_received.Count >= count));
        return All;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    internal sealed record Received(string Method, string Path, string ContentType, string Authorization, string Body)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;

        public string Jti => Json.GetProperty("jti").GetString()!;

        public string Bearer => Authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? Authorization["Bearer ".Length..] : "";

        public JsonProperty Event => Json.GetProperty("events").EnumerateObject().Single();
    }
}
