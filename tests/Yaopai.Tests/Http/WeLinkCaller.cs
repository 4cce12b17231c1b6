using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Sandbox;

namespace Yaopai.Tests.Http;

/// <summary>An app at WeLink, with the token that it called for last.</summary>
internal sealed class WeLinkCaller(HttpClient http, DemoData.DemoApp? app = null)
{
    public const string Root = "/welink";

    public WeLinkCaller(TestServer server, DemoData.DemoApp? app = null) : this(server.Http, app)
    {
    }

    public DemoData.DemoApp App { get; } = app ?? DemoData.Apps[0];

    /// <summary>Sent with every call; none while it is empty.</summary>
    public string Token { get; set; } = "";

    /// <summary>As the document has it: some rows in English, the others in Chinese.</summary>
    public static string TextOf(ErrorDefinition error) =>
        error.Operation is "OAuth" or "Registration" || error.Code is "55008" or "55009" or "56100" ? error.En : error.Zh;

    public static ErrorDefinition Named(string name) => WeLinkErrors.All.Single(error => $"{error.Operation}.{error.Name}" == name);

    /// <summary>The app itself, for its own organisation or for another.</summary>
    public static async Task<WeLinkCaller> OfAppAsync(TestServer server, DemoData.DemoApp? app = null, string? tenantId = null)
    {
        var caller = new WeLinkCaller(server, app);
        var json = await (await caller.TicketAsync(tenantId is null ? [] : [("tenant_id", tenantId)])).ShouldServeWeLinkAsync();
        caller.Token = json.GetProperty("access_token").GetString()!;
        return caller;
    }

    /// <summary>The app for a member who signed in to it.</summary>
    public static async Task<WeLinkCaller> OfUserAsync(TestServer server, string user = "mainland", DemoData.DemoApp? app = null)
    {
        var caller = new WeLinkCaller(server, app);
        var json = await (await caller.ExchangeAsync(await caller.CodeAsync(user))).ShouldServeWeLinkAsync(WeLinkErrors.OAuth.Ok);
        caller.Token = json.GetProperty("access_token").GetString()!;
        return caller;
    }

    public Task<HttpResponseMessage> TicketAsync(params (string Name, object? Value)[] changes) =>
        PostAsync("/api/auth/v2/tickets", With(changes));

    public Task<HttpResponseMessage> ExchangeAsync(string code, params (string Name, string? Value)[] changes) =>
        http.PostAsync(Root + "/api/oauth2/v1/token", HuaweiCaller.Form(
        [
            .. new (string Name, string? Value)[]
            {
                ("grant_type", "authorization_code"), ("code", code), ("client_id", $"{App.ClientId}"), ("client_secret", App.ClientSecret),
                ("redirect_uri", App.RedirectUri), ("state", "s1"),
            }.Where(one => changes.All(change => change.Name != one.Name)),
            .. changes,
        ]));

    public async Task<string> CodeAsync(string user = "mainland", string scope = "backendlogin")
    {
        var json = await (await http.PostAsJsonAsync(
            "/sandbox/authorize",
            new { surface = "welink", client_id = App.ClientId, user, scope, redirect_uri = App.RedirectUri })).JsonAsync();
        return json.TryGetProperty("code", out var code) ? code.GetString()! : throw new InvalidOperationException(json.ToString());
    }

    /// <summary>The client's proof as a body, with one or the other member in another way; null leaves one out.</summary>
    public Dictionary<string, object?> With(params (string Name, object? Value)[] changes)
    {
        var body = new Dictionary<string, object?> { ["client_id"] = $"{App.ClientId}", ["client_secret"] = App.ClientSecret };
        foreach (var (name, value) in changes)
            body[name] = value;
        return body.Where(one => one.Value is not null).ToDictionary();
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string? Value)[] query) =>
        SendAsync(HttpMethod.Get, path, body: null, query);

    public Task<HttpResponseMessage> PostAsync(string path, object? body) => SendAsync(HttpMethod.Post, path, body);

    /// <param name="body">Written as JSON; a text goes as it is, and null is no body at all.</param>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, params (string Name, string? Value)[] query)
    {
        var address = Root + path + (query.Any(one => one.Value is not null) ? "?" + string.Join('&', query
            .Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}")) : "");
        using var request = new HttpRequestMessage(method, address)
        {
            Content = body switch
            {
                null => null,
                string text => new StringContent(text, null, "application/json"),
                _ => JsonContent.Create(body),
            },
        };
        if (Token is not "")
            request.Headers.TryAddWithoutValidation("x-wlk-Authorization", Token);
        return await http.SendAsync(request);
    }

    /// <summary>Moves the clock of this app alone.</summary>
    public Task AdvanceAsync(string duration) =>
        http.PostAsJsonAsync("/sandbox/clock", new { advance = duration, client_id = App.ClientId });

    public Task ResetClockAsync() => http.DeleteAsync($"/sandbox/clock?client_id={App.ClientId}");
}

internal static class WeLinkWire
{
    /// <param name="row">Of the success; null for the usual.</param>
    /// <param name="message">What it says; null for one of those that documented clients compare.</param>
    public static async Task<JsonElement> ShouldServeWeLinkAsync(
        this HttpResponseMessage response, ErrorDefinition? row = null, string? message = null)
    {
        var body = await response.Content.ReadAsStringAsync();
        var ok = row ?? WeLinkErrors.Gateway.Ok;
        Assert.True((int)response.StatusCode is 200, $"{(int)response.StatusCode} {body}");
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = JsonDocument.Parse(body).RootElement;
        Assert.True(json.GetProperty("code").GetString() == ok.Code, body);
        string[] known = message is null ? ["ok", "OK", "success", "SUCCESS"] : [message];
        Assert.Contains(json.GetProperty("message").GetString(), known);
        Provoked.Record(ok, response, body);
        return json;
    }
}
