using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.WeLink.Auth;

internal static class AuthCalls
{
    public static GoodCall[] All { get; } =
    [
        new("AppTicket", (server, app) => Made(() => new WeLinkCaller(server, app).TicketAsync()))
        {
            Target = "welink.appTicket", OnlySeals = true, Tables = ["app", "tenant", "subscription"],
        },
        new("Ticket", (server, app) =>
        {
            var caller = new WeLinkCaller(server, app);
            return Made(() => caller.PostAsync("/api/auth/v1/tickets", caller.With(("type", "e"))));
        })
        {
            Target = "welink.ticket", OnlySeals = true, Tables = ["app", "app_tenancy"],
        },
        new("Token", TokenAsync)
        {
            Target = "welink.token", FormPath = WeLinkCaller.Root + "/api/oauth2/v1/token", IsGoodOnce = true, Tables = ["used_code"],
        },
        new("UserIdByCode", UserIdByCodeAsync) { Target = "welink.userIdByCode", IsGoodOnce = true, Tables = ["member"] },
        new("RegisterApp", (server, app) => Made(() => new WeLinkCaller(server, app).PostAsync("/api/oauth2/v1/register", new
        {
            appName = $"app {Guid.NewGuid():n}", homePageUrl = "https://app.example/", redirectUrl = "https://app.example/callback",
        })))
        {
            Target = "welink.registerApp", NeedsKeysOnly = true, NeedsNoKeys = true, Tables = ["registered_app"],
        },
        new("Authorize", AuthorizeAsync)
        {
            Target = "welink.authorize", FormPath = WeLinkCaller.Root + "/sso/oauth2/authorize", IsOfBrowsers = true, Tables = ["member"],
        },
        WeLinkCalls.OfUser("UserId", caller => caller.GetAsync("/api/auth/v1/userid"), "member"),
        WeLinkCalls.OfUser("IsAdmin", caller => caller.GetAsync("/api/weopen/v1/isadmin"), "member"),
        WeLinkCalls.OfApp("JsTicket", caller => caller.GetAsync("/api/auth/v1/jstickets"), "tenant"),
        WeLinkCalls.OfApp("GetTenant", caller => caller.GetAsync("/api/tenant/v1/tenants"), "subscription"),
    ];

    private static Task<Func<Task<HttpResponseMessage>>> Made(Func<Task<HttpResponseMessage>> callAsync) => Task.FromResult(callAsync);

    private static async Task<Func<Task<HttpResponseMessage>>> TokenAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new WeLinkCaller(server, app);
        var code = await caller.CodeAsync();
        return () => caller.ExchangeAsync(code);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> UserIdByCodeAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = await WeLinkCaller.OfAppAsync(server, app);
        var code = await caller.CodeAsync(scope: "authcode");
        return () => caller.GetAsync("/api/auth/v2/userid", ("code", code));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> AuthorizeAsync(TestServer server, DemoData.DemoApp app)
    {
        var address = WeLinkCaller.Root + $"/sso/oauth2/authorize?client_id={app.ClientId}&response_type=code&scope=backendlogin&state=s1"
            + $"&redirect_uri={Uri.EscapeDataString(app.RedirectUri)}";
        var browser = new BrowserClient(server);
        await browser.AgreeAsync(address);
        return async () => (await browser.AskAsync(address)).Response;
    }
}
