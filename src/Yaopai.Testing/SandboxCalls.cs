using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Yaopai.Testing;

/// <summary>Speaks with the sandbox: JSON there, JSON or a problem back.</summary>
internal sealed class SandboxCalls(HttpClient http)
{
    /// <summary>As the sandbox writes it, and what is null is left out: not every member may be null there.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public Uri Address => http.BaseAddress!;

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var answer = await AskAsync(method, path, body, ct);
        return answer.Content.Headers.ContentLength == 0 || answer.StatusCode is System.Net.HttpStatusCode.NoContent
            ? default
            : await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken ct) =>
        (await SendAsync(method, path, body, ct)).Deserialize<T>(Json)!;

    public async Task<string> ReadTextAsync(string path, CancellationToken ct)
    {
        using var answer = await AskAsync(HttpMethod.Get, path, body: null, ct);
        return await answer.Content.ReadAsStringAsync(ct);
    }

    /// <summary>Names and values after a path, without those that are null.</summary>
    public static string With(string path, params (string Name, object? Value)[] query)
    {
        var given = query.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString($"{one.Value}")}").ToList();
        return given.Count == 0 ? path : $"{path}?{string.Join('&', given)}";
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/')); // the address may have a prefix
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: Json);

        var answer = await http.SendAsync(request, ct);
        if (answer.IsSuccessStatusCode)
            return answer;

        using (answer)
            throw new YaopaiException(answer.StatusCode, $"{method} {path}: {await WhyAsync(answer, ct)}");
    }

    private static async Task<string> WhyAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        var text = await answer.Content.ReadAsStringAsync(ct);
        try
        {
            return JsonSerializer.Deserialize<Problem>(text, Json) is { Title: { } title } problem
                ? $"{title}. {problem.Detail}"
                : $"HTTP {(int)answer.StatusCode}";
        }
        catch (JsonException)
        {
            return $"HTTP {(int)answer.StatusCode}: {text}";
        }
    }

    private sealed record Problem(string? Title, string? Detail);
}
