using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Server.Sandbox;

namespace Yaopai.Tests.Http;

/// <summary>An app of a developer at the OAuth endpoints of the Open API.</summary>
internal sealed class OAuthCaller(HttpClient http, DemoData.DemoApp? app = null)
{
    public OAuthCaller(TestServer server, DemoData.DemoApp? app = null) : this(server.Http, app)
    {
    }

    public DemoData.DemoApp App { get; } = app ?? DemoData.Apps[0];

    public string ClientId => App.ClientId.ToString();

    public (string, string?)[] Proof => [("client_id", ClientId), ("client_secret", App.ClientSecret)];

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string? Value)[] form) =>
        http.PostAsync("/open/oauth/2.0/" + path, HuaweiCaller.Form(form));

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string? Value)[] query) =>
        http.GetAsync(Address(path, query));

    public static string Address(string path, params (string Name, string? Value)[] query) => "/open/oauth/2.0/" + path + "?" + string.Join(
        '&', query.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));

    /// <summary>Where the app sends a browser, with one or the other parameter in another way.</summary>
    public string Authorize(params (string Name, string? Value)[] changes)
    {
        (string Name, string? Value)[] usual = [("client_id", ClientId), ("response_type", "code"), ("redirect_uri", App.RedirectUri)];
        return Address("authorize", [.. usual.Where(one => changes.All(change => change.Name != one.Name)), .. changes]);
    }

    public Task<HttpResponseMessage> TokenAsync(string grantType, params (string Name, string? Value)[] more) =>
        PostAsync("token", [("grant_type", grantType), .. Proof, .. more]);

    public Task<HttpResponseMessage> ExchangeAsync(string code, params (string Name, string? Value)[] more) =>
        TokenAsync("authorization_code", [("code", code), ("redirect_uri", App.RedirectUri), .. more]);

    public Task<HttpResponseMessage> RefreshAsync(string token, params (string Name, string? Value)[] more) =>
        TokenAsync("refresh_token", [("refresh_token", token), .. more]);

    public Task<HttpResponseMessage> TokenInfoAsync(string token) => PostAsync("tokeninfo", ("access_token", token));

    public async Task<string> CodeAsync(string user = "mainland", string scope = "basic", object? more = null)
    {
        var request = JsonSerializer.SerializeToNode(
            new { surface = "open", client_id = App.ClientId, user, scope, redirect_uri = App.RedirectUri })!.AsObject();
        foreach (var (name, value) in more is null ? [] : JsonSerializer.SerializeToNode(more)!.AsObject().ToArray())
            request[name] = value?.DeepClone();
        var json = await (await http.PostAsJsonAsync("/sandbox/authorize", request)).JsonAsync();
        return json.TryGetProperty("code", out var code) ? code.GetString()! : throw new InvalidOperationException(json.ToString());
    }

    public async Task<Tokens> SignInAsync(string user = "mainland", string scope = "basic") =>
        Read(await (await ExchangeAsync(await CodeAsync(user, scope))).JsonAsync());

    public static Tokens Read(JsonElement json) => new(
        json.GetProperty("access_token").GetString()!, json.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString()! : "",
        json.GetProperty("session_key").GetString()!, json.GetProperty("session_secret").GetString()!);

    public async Task<HuaweiCaller.Device> DeviceAsync(string scope = "basic")
    {
        var json = await (await PostAsync("device/code", ("client_id", ClientId), ("response_type", "device_code"), ("scope", scope)))
            .JsonAsync();
        return new HuaweiCaller.Device(json.GetProperty("device_code").GetString()!, json.GetProperty("user_code").GetString()!);
    }

    /// <summary>What a person does on the page of the device.</summary>
    public async Task PersonAsync(HuaweiCaller.Device device, params string[] actions)
    {
        foreach (var action in actions)
        {
            var done = await http.PostAsJsonAsync("/sandbox/device", new { user_code = device.UserCode, user = "mainland", action });
            Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
        }
    }

    public Task<HttpResponseMessage> PollAsync(HuaweiCaller.Device device) => TokenAsync("device_token", ("code", device.Code));

    public Task WithdrawAsync(string user = "mainland") =>
        http.PostAsJsonAsync("/sandbox/withdraw", new { client_id = App.ClientId, user });

    /// <summary>Moves the clock of this app alone.</summary>
    public Task AdvanceAsync(string duration) =>
        http.PostAsJsonAsync("/sandbox/clock", new { advance = duration, client_id = App.ClientId });

    public Task ResetClockAsync() => http.DeleteAsync($"/sandbox/clock?client_id={ClientId}");

    internal sealed record Tokens(string Access, string Refresh, string SessionKey, string SessionSecret);
}
