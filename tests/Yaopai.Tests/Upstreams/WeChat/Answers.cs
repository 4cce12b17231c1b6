using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Yaopai.Tests.Upstreams.WeChat;

/// <summary>A server that answers as it is told, well or badly, and keeps what it was asked.</summary>
internal sealed class Answers : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Query, string Body)> _asked = new();

    private Answers(WebApplication app) => _app = app;

    public string BaseUrl => _app.Urls.First();

    public IReadOnlyList<(string Path, string Query, string Body)> Asked => [.. _asked];

    public static Task<Answers> SayAsync(string body, int status = 200, string contentType = "text/plain") => StartAsync(async http =>
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, contentType);
        await http.Response.WriteAsync(body);
    });

    public static async Task<Answers> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
        builder.Logging.ClearProviders();
        var answers = new Answers(builder.Build());
        answers._app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            answers._asked.Enqueue((http.Request.Path.Value!, http.Request.QueryString.Value!, await reader.ReadToEndAsync()));
            await answer(http);
        });
        await answers._app.StartAsync();
        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
