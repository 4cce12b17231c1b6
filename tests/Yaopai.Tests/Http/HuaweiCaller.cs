using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Sandbox;

namespace Yaopai.Tests.Http;

/// <summary>An app of a developer, calling the Huawei Account surface of a server.</summary>
internal sealed class HuaweiCaller(TestServer server, DemoData.DemoApp? app = null)
{
    public DemoData.DemoApp App { get; } = app ?? DemoData.Apps[0];

    public static DemoData.DemoApp Sibling => DemoData.Apps[1];

    public static DemoData.DemoApp Stranger => DemoData.Apps[2];

    public string ClientId => App.ClientId.ToString();

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string? Value)[] form) =>
        server.Http.PostAsync("/huawei" + path, Form(form));

    public Task<HttpResponseMessage> ServiceAsync(string service, params (string Name, string? Value)[] form) =>
        PostAsync($"/rest.php?nsp_svc={service}", form);

    public Task<HttpResponseMessage> GetTokenInfoAsync(string token) =>
        ServiceAsync("huawei.oauth2.user.getTokenInfo", ("access_token", token));

    public Task<HttpResponseMessage> GetInfoAsync(string token) => ServiceAsync("GOpen.User.getInfo", ("access_token", token));

    public Task<HttpResponseMessage> OpenIdToUnionIdAsync(string token, string? openId) =>
        ServiceAsync("huawei.oauth2.app.openIdToUnionId", ("access_token", token), ("open_id", openId));

    public Task<HttpResponseMessage> PostJsonAsync(string path, string json, string? authorization = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/huawei" + path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        return server.Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> QuickLoginAsync(string code) => PostJsonAsync("/oauth2/v6/quickLogin/getPhoneNumber",
        JsonSerializer.Serialize(new { code, clientId = ClientId, clientSecret = App.ClientSecret }));

    public Task<HttpResponseMessage> BatchGetAsync(string token, object lists) =>
        PostJsonAsync("/oauth2/v6/groupUnionId/batchGet", JsonSerializer.Serialize(lists), $"Bearer {token}");

    /// <summary>A code of the one-tap button.</summary>
    public Task<string> OneTapCodeAsync(string user = "mainland", string scope = "openid quickLoginMobilePhone", object? more = null) =>
        CodeAsync(user, scope, more ?? new { component = "quickLogin" });

    /// <summary>What the app and its developer call a person, asked with a token of that person.</summary>
    public async Task<(string OpenId, string UnionId)> IdentifiersAsync(string user = "mainland")
    {
        var json = await (await GetInfoAsync((await SignInAsync(user)).Access)).JsonAsync();
        return (json.GetProperty("openID").GetString()!, json.GetProperty("unionID").GetString()!);
    }

    public Task<HttpResponseMessage> RevokeAsync(string token) => PostAsync("/oauth2/v3/revoke", ("token", token));

    public Task<HttpResponseMessage> GetRiskLevelAsync(string token, string scene = "registration") => server.Http.PostAsJsonAsync(
        $"/huawei/user/getuserrisklevel?clientID={ClientId}&transactionID=202603011200001234567890", new { accessToken = token, scene });

    public async Task<string> CodeAsync(string user = "mainland", string scope = "openid", object? more = null)
    {
        var request = JsonSerializer.SerializeToNode(new { surface = "huawei", client_id = App.ClientId, user, scope })!.AsObject();
        if (more is not null)
        {
            foreach (var (name, value) in JsonSerializer.SerializeToNode(more)!.AsObject())
                request[name] = value?.DeepClone();
        }

        var response = await server.Http.PostAsJsonAsync("/sandbox/authorize", request);
        var json = await response.JsonAsync();
        return json.TryGetProperty("code", out var code) ? code.GetString()! : throw new InvalidOperationException(json.ToString());
    }

    public Task<HttpResponseMessage> ExchangeAsync(string code, params (string Name, string? Value)[] more) => PostAsync("/oauth2/v3/token",
        [("grant_type", "authorization_code"), ("client_id", ClientId), ("client_secret", App.ClientSecret), ("code", code), .. more]);

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken, params (string Name, string? Value)[] more) =>
        PostAsync("/oauth2/v3/token",
            [("grant_type", "refresh_token"), ("client_id", ClientId), ("client_secret", App.ClientSecret),
                ("refresh_token", refreshToken), .. more]);

    /// <summary>What a device of the app gets to begin with.</summary>
    public async Task<Device> DeviceAsync(string scope = "openid")
    {
        var json = await (await PostAsync("/oauth2/v3/device/code", ("client_id", ClientId), ("scope", scope))).JsonAsync();
        return new Device(json.GetProperty("device_code").GetString()!, json.GetProperty("user_code").GetString()!);
    }

    /// <summary>A device whose person has said yes.</summary>
    public async Task<Device> ConfirmedDeviceAsync(string user = "mainland", string scope = "openid")
    {
        var device = await DeviceAsync(scope);
        await PersonAsync(device, user, "scan");
        await PersonAsync(device, user, "confirm");
        return device;
    }

    /// <summary>What a person does on the page of the device.</summary>
    public Task<HttpResponseMessage> PersonAsync(Device device, string user, string action) =>
        server.Http.PostAsJsonAsync("/sandbox/device", new { user_code = device.UserCode, user, action });

    public Task<HttpResponseMessage> PollAsync(Device device, params (string Name, string? Value)[] more) => PostAsync("/oauth2/v3/token",
        [("grant_type", "device_code"), ("client_id", ClientId), ("client_secret", App.ClientSecret), ("code", device.Code), .. more]);

    public async Task<Tokens> SignInAsync(string user = "mainland", string scope = "openid", object? more = null)
    {
        var json = await (await ExchangeAsync(await CodeAsync(user, scope, more))).JsonAsync();
        return new Tokens(
            json.GetProperty("access_token").GetString()!,
            json.GetProperty("refresh_token").GetString()!,
            json.TryGetProperty("id_token", out var id) ? id.GetString()! : "");
    }

    public async Task<string> AppTokenAsync()
    {
        var response = await PostAsync("/oauth2/v3/token",
            ("grant_type", "client_credentials"), ("client_id", ClientId), ("client_secret", App.ClientSecret));
        return (await response.JsonAsync()).GetProperty("access_token").GetString()!;
    }

    public Task WithdrawAsync(string user) =>
        server.Http.PostAsJsonAsync("/sandbox/withdraw", new { client_id = App.ClientId, user });

    /// <summary>Moves the clock of this app alone.</summary>
    public Task AdvanceAsync(string duration) =>
        server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration, client_id = App.ClientId });

    public Task ResetClockAsync() => server.Http.DeleteAsync($"/sandbox/clock?client_id={ClientId}");

    public static FormUrlEncodedContent Form((string Name, string? Value)[] form) =>
        new(form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));

    internal sealed record Device(string Code, string UserCode);

    internal sealed record Tokens(string Access, string Refresh, string Id);
}
