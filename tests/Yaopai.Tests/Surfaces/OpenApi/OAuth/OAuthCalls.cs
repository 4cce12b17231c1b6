using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.OpenApi.Methods;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using Api = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

/// <summary>For each OAuth endpoint a call that succeeds.</summary>
public sealed class OAuthCalls : SurfaceCalls
{
    private const string Root = "/open/oauth/2.0/";

    private static readonly GoodCall[] s_all =
    [
        new("Token", TokenAsync) { Target = "open.token", FormPath = Root + "token", IsGoodOnce = true, Tables = ["used_code"] },
        new("Authorize", AuthorizeAsync)
        {
            Target = "open.authorize", FormPath = Root + "authorize", IsOfBrowsers = true, Tables = ["consent"],
        },
        new("TokenInfo", TokenInfoAsync) { Target = "open.tokenInfo", FormPath = Root + "tokeninfo", Tables = ["app"] },
        new("Logout", LogoutAsync)
        {
            Target = "open.logout", FormPath = "/open/connect/2.0/logout", IsOfBrowsers = true, Tables = ["app"],
        },
        new("Portrait", PortraitAsync) { Target = "open.portrait", IsOfBrowsers = true, Tables = ["account"] },
        new("DeviceCode", DeviceCodeAsync)
        {
            Target = "open.deviceCode", FormPath = Root + "device/code", OnlySeals = true, Tables = ["device_authorization"],
        },
        new("DevicePage", DevicePageAsync)
        {
            Target = "open.devicePage", FormPath = Root + "device", IsOfBrowsers = true, Tables = ["device_authorization"],
        },
    ];

    internal override string Slug => "open";

    internal override string Section => "Surfaces:OpenApi";

    internal override IReadOnlyList<GoodCall> All => s_all;

    internal override string UndocumentedFor(GoodCall call) => Api.SignatureIncorrect.Number;

    internal override ErrorDefinition OkOf(GoodCall call) => Api.Ok;

    internal override async Task ShouldSucceedAsync(GoodCall call, HttpResponseMessage response)
    {
        if (!call.IsOfBrowsers)
        {
            await response.ShouldGiveAsync();
            return;
        }

        Assert.Equal(302, (int)response.StatusCode);
        Assert.DoesNotContain("error", response.Headers.Location!.OriginalString);
    }

    internal override Task ShouldBeAsync(HttpResponseMessage response, ErrorDefinition expected) =>
        response.ShouldRefuseAsync(expected);

    private static async Task<Func<Task<HttpResponseMessage>>> TokenAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new OAuthCaller(server, app);
        var code = await caller.CodeAsync();
        return () => caller.ExchangeAsync(code);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> AuthorizeAsync(TestServer server, DemoData.DemoApp app)
    {
        var address = new OAuthCaller(server, app).Authorize();
        var browser = new BrowserClient(server);
        await browser.AgreeAsync(address);
        return async () => (await browser.AskAsync(address)).Response;
    }

    private static async Task<Func<Task<HttpResponseMessage>>> TokenInfoAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new OAuthCaller(server, app);
        var token = (await caller.SignInAsync()).Access;
        return () => caller.TokenInfoAsync(token);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> LogoutAsync(TestServer server, DemoData.DemoApp app)
    {
        var token = (await new OAuthCaller(server, app).SignInAsync()).Access;
        var browser = new BrowserClient(server);
        return async () => (await browser.AskAsync(
            $"/open/connect/2.0/logout?access_token={token}&next={Uri.EscapeDataString(app.RedirectUri)}")).Response;
    }

    private static Task<Func<Task<HttpResponseMessage>>> PortraitAsync(TestServer server, DemoData.DemoApp app)
    {
        var token = server.Get<PortraitTokens>().Of(app.ClientId, 900001);
        var browser = new BrowserClient(server);
        return Task.FromResult(async () => (await browser.AskAsync($"/open/sys/portrait/item/{token}.jpg")).Response);
    }

    private static Task<Func<Task<HttpResponseMessage>>> DeviceCodeAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new OAuthCaller(server, app);
        return Task.FromResult(() => caller.PostAsync("device/code", ("client_id", caller.ClientId), ("response_type", "device_code")));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> DevicePageAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new OAuthCaller(server, app);
        var device = await caller.DeviceAsync();
        await caller.PersonAsync(device, "scan"); // or else it would be over in two minutes
        var phone = new BrowserClient(server);
        return async () => (await phone.AskAsync($"{Root}device?user_code={device.UserCode}")).Response;
    }
}
