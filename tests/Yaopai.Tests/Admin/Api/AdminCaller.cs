using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Admin.Api;

/// <summary>Calls the admin API with one key.</summary>
internal sealed class AdminCaller(HttpClient http, string? key)
{
    public static readonly Actor Tester = new(Actor.OfCommandLine, "tests", "", "here");

    private static readonly Regex s_whole = new("^/(admin|sandbox)(/|$)");

    /// <summary>With a new key of a role.</summary>
    public static async Task<AdminCaller> OfAsync(TestServer server, AdminRole role) =>
        new(server.Http, (await NewKeyAsync(server, role)).Text);

    public static Task<(AdminKey Key, string Text)> NewKeyAsync(TestServer server, AdminRole role, DateTimeOffset? expiresAt = null) =>
        server.Get<AdminKeyAdministration>().CreateAsync(Tester, $"{role} {Guid.NewGuid():n}", role, expiresAt, default);

    public string? Key => key;

    public Task<HttpResponseMessage> SendAsync(
        string method, string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendTextAsync(method, path, body is null ? null : body as string ?? JsonSerializer.Serialize(body), headers);

    public Task<HttpResponseMessage> SendTextAsync(
        string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new(method), s_whole.IsMatch(path) ? path : "/admin/v1" + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        foreach (var (name, value) in headers)
        {
            if (name is "Content-Type")
                request.Content!.Headers.ContentType = new(value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return http.SendAsync(request);
    }

    /// <summary>What has to succeed.</summary>
    public async Task<JsonElement> AskAsync(
        string method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, body, headers);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode}\n{text}");
        return text is "" ? default : JsonDocument.Parse(text).RootElement;
    }

    public Task<JsonElement> GetAsync(string path) => AskAsync("GET", path);

    /// <summary>Changes a thing as it is now.</summary>
    public Task<JsonElement> PatchAsync(string path, object body) => AskAsync("PATCH", path, body, ("If-Match", "*"));

    /// <summary>What has to be refused, and with which error.</summary>
    public async Task<JsonElement> RefusedAsync(
        ErrorDefinition error, string method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, body, headers);
        return await RefusedAsync(error, response);
    }

    public static async Task<JsonElement> RefusedAsync(ErrorDefinition error, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.Content.Headers.ContentType?.MediaType is "application/problem+json", $"{(int)response.StatusCode} {text}");
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(
            (error.Code, (HttpStatusCode)error.Http, error.Http, error.En),
            (problem.GetProperty("code").GetString()!, response.StatusCode, problem.GetProperty("status").GetInt32(),
                problem.GetProperty("title").GetString()!));
        return problem;
    }

    public async Task<long> NewDeveloperAsync() =>
        (await AskAsync("POST", "/developers", new { name = "Owner" })).GetProperty("id").GetInt64();

    public async Task<JsonElement> NewAppAsync() =>
        await AskAsync("POST", "/apps", new { name = "App", developer_id = await NewDeveloperAsync() });
}
