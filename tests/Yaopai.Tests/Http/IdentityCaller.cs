using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Tests.Http;

/// <summary>An app of a developer at the identity platform.</summary>
internal sealed class IdentityCaller(HttpClient http, DemoData.DemoApp? app = null)
{
    public const string Root = "/identity";

    public IdentityCaller(TestServer server, DemoData.DemoApp? app = null) : this(server.Http, app)
    {
    }

    public DemoData.DemoApp App { get; } = app ?? DemoData.Apps[0];

    public string AppId => App.ClientId.ToString();

    public (string, string?)[] Proof => [("appid", AppId), ("secret", App.ClientSecret)];

    public static ErrorDefinition Named(string name) => E.All.Single(error => error.Name == name);

    public static string Address(string path, params (string Name, string? Value)[] query) => Root + path + "?" + string.Join(
        '&', query.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));

    /// <summary>Where the app sends a browser, with one or the other parameter in another way.</summary>
    public string Authorize(params (string Name, string? Value)[] changes) => Address("/oauth2/authorize", AuthorizeQuery(changes));

    public (string Name, string? Value)[] AuthorizeQuery(params (string Name, string? Value)[] changes)
    {
        (string Name, string? Value)[] usual =
        [
            ("appid", AppId), ("redirect_uri", App.RedirectUri), ("response_type", "code"), ("scope", "snsapi_base"), ("state", "s1"),
        ];
        return [.. usual.Where(one => changes.All(change => change.Name != one.Name)), .. changes];
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string? Value)[] query) =>
        http.GetAsync(Address(path, query));

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string? Value)[] form) =>
        http.PostAsync(Root + path, HuaweiCaller.Form(form));

    public Task<HttpResponseMessage> PostJsonAsync(string path, object body) => http.PostAsJsonAsync(Root + path, body);

    public Task<HttpResponseMessage> ExchangeAsync(string code, params (string Name, string? Value)[] more) =>
        GetAsync("/oauth2/access_token", [.. Proof, ("grant_type", "authorization_code"), ("code", code), .. more]);

    public Task<HttpResponseMessage> RefreshAsync(string token, params (string Name, string? Value)[] more) =>
        GetAsync("/oauth2/refresh_token", [("appid", AppId), ("grant_type", "refresh_token"), ("refresh_token", token), .. more]);

    public Task<HttpResponseMessage> ClientTokenAsync() =>
        GetAsync("/oauth2/client_token", [.. Proof, ("grant_type", "client_credential")]);

    public Task<HttpResponseMessage> MeAsync(string token) => GetAsync("/oauth2/me", ("access_token", token), ("fmt", "json"));

    public Task<HttpResponseMessage> UserInfoAsync(Tokens tokens) => GetAsync(
        "/user/get_user_info", ("access_token", tokens.Access), ("oauth_consumer_key", AppId), ("openid", tokens.OpenId));

    public async Task<string> CodeAsync(string user = "mainland", string scope = "snsapi_userinfo", object? more = null)
    {
        var request = JsonSerializer.SerializeToNode(
            new { surface = "identity", client_id = App.ClientId, user, scope, redirect_uri = App.RedirectUri })!.AsObject();
        foreach (var (name, value) in more is null ? [] : JsonSerializer.SerializeToNode(more)!.AsObject().ToArray())
            request[name] = value?.DeepClone();
        var json = await (await http.PostAsJsonAsync("/sandbox/authorize", request)).JsonAsync();
        return json.TryGetProperty("code", out var code) ? code.GetString()! : throw new InvalidOperationException(json.ToString());
    }

    public async Task<Tokens> SignInAsync(string user = "mainland", string scope = "snsapi_userinfo") =>
        Read(await (await ExchangeAsync(await CodeAsync(user, scope))).ShouldServeAsync());

    public async Task<string> AppTokenAsync() =>
        (await (await ClientTokenAsync()).ShouldServeAsync()).GetProperty("access_token").GetString()!;

    public async Task<string> TicketAsync(string? token = null) =>
        (await (await PostAsync("/oauth2/ticket", ("access_token", token ?? (await SignInAsync()).Access))).ShouldServeAsync())
            .GetProperty("ticket").GetString()!;

    public Task<HttpResponseMessage> ExchangeTicketAsync(string ticket) =>
        GetAsync("/oauth2/ticket/exchange", [.. Proof, ("ticket", ticket)]);

    public static Tokens Read(JsonElement json) => new(
        json.GetProperty("access_token").GetString()!, json.GetProperty("refresh_token").GetString()!,
        json.GetProperty("openid").GetString()!);

    public Task WithdrawAsync(string user = "mainland") =>
        http.PostAsJsonAsync("/sandbox/withdraw", new { client_id = App.ClientId, user });

    /// <summary>Moves the clock of this app alone.</summary>
    public Task AdvanceAsync(string duration) =>
        http.PostAsJsonAsync("/sandbox/clock", new { advance = duration, client_id = App.ClientId });

    public Task ResetClockAsync() => http.DeleteAsync($"/sandbox/clock?client_id={AppId}");

    internal sealed record Tokens(string Access, string Refresh, string OpenId);
}

/// <summary>Successes of the identity platform, which has no row for them.</summary>
internal static class IdentityWire
{
    public static async Task<JsonElement> ShouldServeAsync(this HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode is 200, $"{(int)response.StatusCode} {body}");
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = JsonDocument.Parse(body).RootElement;
        Assert.False(json.TryGetProperty("errcode", out var code) && code.GetInt32() != 0, body);
        Assert.False(json.TryGetProperty("requestId", out _) && json.GetProperty("code").GetString() is not "0", body);
        return json;
    }

    /// <summary>An error that is told to the app, in the address that the browser is sent to.</summary>
    public static void ShouldTellIdentityApp(
        this HttpResponseMessage response, string redirectUri, ErrorDefinition expected, string? state)
    {
        Assert.Equal(302, (int)response.StatusCode);
        Assert.Equal(
            $"{redirectUri}?errcode={expected.Code}&errmsg={expected.En.Replace(",", "%2C").Replace(' ', '+')}"
            + (state is null ? "" : $"&state={Uri.EscapeDataString(state).Replace("%20", "+")}"),
            response.Headers.Location!.OriginalString);
        Assert.True(response.Headers.Contains("X-Request-Id"), "Every error answer carries X-Request-Id.");
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Provoked.Record(expected, response, "");
    }
}
