using System.Collections.Frozen;
using System.Text.Json;

namespace Yaopai.Bench;

/// <summary>An answer of the server, recorded once.</summary>
internal sealed record RecordedAnswer(string Row, int Status, Dictionary<string, string> Headers, byte[] Body);

/// <summary>The least that a Kestrel program can do for the same exchange: read the form, send the bytes.</summary>
internal static class Floor
{
    public static async Task RunAsync(string answersFile, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        var answers = JsonSerializer.Deserialize<RecordedAnswer[]>(await File.ReadAllBytesAsync(answersFile))!
            .ToFrozenDictionary(answer => "/" + answer.Row);
        var app = builder.Build();
        app.Run(http => AnswerAsync(http, answers));
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext http, FrozenDictionary<string, RecordedAnswer> answers)
    {
        var response = http.Response;
        if (!answers.TryGetValue(http.Request.Path.Value!, out var answer))
        {
            response.StatusCode = http.Request.Path == "/readyz" ? 200 : 404;
            return;
        }

        response.StatusCode = await HoldsSomethingAsync(http.Request) ? answer.Status : 400;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        response.ContentLength = answer.Body.Length;
        await response.BodyWriter.WriteAsync(answer.Body);
    }

    private static async ValueTask<bool> HoldsSomethingAsync(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method))
            return request.Query.Count > 0;

        if (!request.HasJsonContentType())
            return (await request.ReadFormAsync()).Count > 0;

        using var json = await JsonDocument.ParseAsync(request.Body);
        return json.RootElement.EnumerateObject().Any();
    }
}
