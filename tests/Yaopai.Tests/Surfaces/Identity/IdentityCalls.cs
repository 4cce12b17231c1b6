using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Tests.Surfaces.Identity;

/// <summary>For each endpoint for tokens, profiles and links a call that succeeds.</summary>
public sealed class IdentityCalls : SurfaceCalls
{
    private const string Root = IdentityCaller.Root;

    private static readonly GoodCall[] s_all =
    [
        new("Authorize", AuthorizeAsync)
        {
            Target = "identity.authorize", FormPath = Root + "/oauth2/authorize", IsOfBrowsers = true, Tables = ["consent"],
        },
        new("Login", LoginAsync)
        {
            Target = "identity.login", FormPath = Root + "/oauth2/login", IsOfBrowsers = true, Tables = ["sign_in_failure"],
        },
        new("AccessToken", AccessTokenAsync)
        {
            Target = "identity.accessToken", FormPath = Root + "/oauth2/access_token", IsGoodOnce = true, Tables = ["used_code"],
        },
        new("RefreshToken", RefreshTokenAsync)
        {
            Target = "identity.refreshToken", FormPath = Root + "/oauth2/refresh_token", IsGoodOnce = true, EndsItsToken = true,
            Tables = ["used_code"],
        },
        new("ClientToken", (server, app) => Made(new IdentityCaller(server, app).ClientTokenAsync))
        {
            Target = "identity.clientToken", FormPath = Root + "/oauth2/client_token", OnlySeals = true, Tables = ["app"],
        },
        new("Me", MeAsync) { Target = "identity.me", Tables = ["app"] },
        new("Ticket", TicketAsync) { Target = "identity.ticket", FormPath = Root + "/oauth2/ticket", Tables = ["app"] },
        new("TicketExchange", TicketExchangeAsync)
        {
            Target = "identity.ticketExchange", FormPath = Root + "/oauth2/ticket/exchange", IsGoodOnce = true, Tables = ["used_code"],
        },
        new("GetUserInfo", GetUserInfoAsync)
        {
            Target = "identity.getUserInfo", Tables = ["account"],
        },
        new("CheckUrl", (server, app) => LinkAsync(server, app, "/url/check"))
        {
            Target = "identity.checkUrl", FormPath = Root + "/url/check", Tables = ["app"],
        },
        new("ShortenUrl", (server, app) => LinkAsync(server, app, "/url/shorten"))
        {
            Target = "identity.shortenUrl", FormPath = Root + "/url/shorten", Tables = ["short_link"],
        },
        new("FollowLink", FollowLinkAsync)
        {
            Target = "identity.followLink", IsOfBrowsers = true, NeedsNoKeys = true, Tables = ["short_link"],
        },
        new("QueryUsers", (server, app) => Made(() => new GatewayCaller(server, app).GetAsync("user/query")))
        {
            Target = "identity.queryUsers", Tables = ["app", "used_code", "open_id"],
        },
        new("CreateUser", (server, app) => Made(() => new GatewayCaller(server, app).PostAsync(
            "user/create", ("name", $"created {Guid.NewGuid():n}"), ("requestid", $"{Guid.NewGuid():n}"))))
        {
            Target = "identity.createUser", Tables = ["used_code", "account", "numbered_request"],
        },
        new("UpdateUser", (server, app) => ManagedAsync(server, app, "user/update", ("nickname", "新")))
        {
            Target = "identity.updateUser", Tables = ["used_code", "account"],
        },
        new("ChangePhone", (server, app) => ManagedAsync(
            server, app, "phone/change", ("phone", $"139{Storage.Samples.NewId() % 100_000_000:D8}"), ("access_key", "key")))
        {
            Target = "identity.changePhone", Tables = ["used_code", "access_key", "phone_number"],
        },
        new("RecycleUser", (server, app) => ManagedAsync(server, app, "user/recycle"))
        {
            Target = "identity.recycleUser", IsGoodOnce = true, EndsItsToken = true, Tables = ["used_code", "account"],
        },
        new("RestoreUser", RestoreUserAsync)
        {
            Target = "identity.restoreUser", IsGoodOnce = true, EndsItsToken = true, Tables = ["used_code", "account"],
        },
        new("QueryBindings", (server, app) => ManagedAsync(server, app, "binding/query", ("access_key", "key")))
        {
            Target = "identity.queryBindings", Tables = ["used_code", "access_key", "binding"],
        },
        new("Unbind", UnbindAsync)
        {
            Target = "identity.unbind", IsGoodOnce = true, EndsItsToken = true, Tables = ["used_code", "access_key", "binding"],
        },
        new("SendMessage", SendMessageAsync)
        {
            Target = "identity.sendMessage", Tables = ["used_code", "account", "binding"],
        },
    ];

    internal override string Slug => "identity";

    internal override string Section => "Surfaces:Identity";

    internal override IReadOnlyList<GoodCall> All => s_all;

    internal override string UndocumentedFor(GoodCall call) => E.WeChat.SceneExpired.Number;

    /// <summary>The document has no row for it.</summary>
    internal override ErrorDefinition OkOf(GoodCall call) => throw new NotSupportedException();

    internal override async Task ShouldSucceedAsync(GoodCall call, HttpResponseMessage response)
    {
        if (call.IsOfBrowsers)
        {
            Assert.Equal(302, (int)response.StatusCode);
            Assert.DoesNotContain("errcode", response.Headers.Location!.OriginalString);
        }
        else
        {
            await response.ShouldServeAsync();
        }
    }

    private static Task<Func<Task<HttpResponseMessage>>> Made(Func<Task<HttpResponseMessage>> callAsync) => Task.FromResult(callAsync);

    private static async Task<Func<Task<HttpResponseMessage>>> ManagedAsync(
        TestServer server, DemoData.DemoApp app, string path, params (string Name, string? Value)[] parameters)
    {
        var caller = new GatewayCaller(server, app);
        var person = await caller.NewPersonAsync("key");
        var openId = caller.OpenIdOf(person);
        return () => caller.PostAsync(path, [("openid", openId), .. parameters]);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> RestoreUserAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new GatewayCaller(server, app);
        var person = await caller.NewPersonAsync();
        Assert.True(await server.Get<AccountRecycling>().TryRecycleAsync(person.Id, default));
        var openId = caller.OpenIdOf(person);
        return () => caller.PostAsync("user/restore", ("openid", openId));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> UnbindAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new GatewayCaller(server, app);
        var person = await caller.NewPersonAsync("key");
        var (openId, bound) = (caller.OpenIdOf(person), await caller.BindAsync(person));
        return () => caller.PostAsync(
            "binding/unbind", ("openid", openId), ("access_key", "key"), ("provider", "wechat"), ("provider_openid", bound));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> SendMessageAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new GatewayCaller(server, app);
        var person = await caller.FollowerAsync();
        var openId = caller.OpenIdOf(person);
        return () => caller.PostAsync("message/send", ("openid", openId), ("text", "你好"));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> AuthorizeAsync(TestServer server, DemoData.DemoApp app)
    {
        var address = new IdentityCaller(server, app).Authorize();
        var browser = new BrowserClient(server);
        await browser.AgreeAsync(address);
        return async () => (await browser.AskAsync(address)).Response;
    }

    private static async Task<Func<Task<HttpResponseMessage>>> LoginAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new IdentityCaller(server, app);
        await caller.CodeAsync(scope: "snsapi_base"); // allowed once
        var browser = new BrowserClient(server);
        browser.Always("Sec-Fetch-Site", "same-origin");
        return async () => (await browser.AskAsync(
            Root + "/oauth2/login", [.. caller.AuthorizeQuery(), ("username", "mainland"), ("password", DemoData.Password)])).Response;
    }

    private static async Task<Func<Task<HttpResponseMessage>>> AccessTokenAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new IdentityCaller(server, app);
        var code = await caller.CodeAsync();
        return () => caller.ExchangeAsync(code);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> RefreshTokenAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new IdentityCaller(server, app);
        var tokens = await caller.SignInAsync();
        return () => caller.RefreshAsync(tokens.Refresh);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> MeAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new IdentityCaller(server, app);
        var tokens = await caller.SignInAsync();
        return () => caller.MeAsync(tokens.Access);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> TicketAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new IdentityCaller(server, app);
        var tokens = await caller.SignInAsync();
        return () => caller.PostAsync("/oauth2/ticket", ("access_token", tokens.Access));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> TicketExchangeAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new IdentityCaller(server, app);
        var ticket = await caller.TicketAsync();
        return () => caller.ExchangeTicketAsync(ticket);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> GetUserInfoAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new IdentityCaller(server, app);
        var tokens = await caller.SignInAsync();
        return () => caller.UserInfoAsync(tokens);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> LinkAsync(TestServer server, DemoData.DemoApp app, string path)
    {
        var caller = new IdentityCaller(server, app);
        var token = await caller.AppTokenAsync();
        return () => caller.PostAsync(path, ("access_token", token), ("url", "https://demo.example/page?a=b"));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> FollowLinkAsync(TestServer server, DemoData.DemoApp app)
    {
        var shortened = await (await (await LinkAsync(server, app, "/url/shorten"))()).ShouldServeAsync();
        var path = new Uri(shortened.GetProperty("short_url").GetString()!).AbsolutePath;
        var browser = new BrowserClient(server);
        return async () => (await browser.AskAsync(path)).Response;
    }
}
