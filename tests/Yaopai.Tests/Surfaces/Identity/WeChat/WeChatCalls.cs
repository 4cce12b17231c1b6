using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Tests.Surfaces.Identity.WeChat;

/// <summary>For each endpoint about official accounts a call that succeeds.</summary>
public sealed class WeChatCalls : SurfaceCalls
{
    private const string Root = IdentityCaller.Root;

    private static readonly GoodCall[] s_all =
    [
        new("QrCode", QrCodeAsync)
        {
            Target = "identity.qrCode", FormPath = Root + "/wechat/mp/qrcode", IsOfBrowsers = true, NeedsNoKeys = true,
            Tables = ["scan_scene"],
        },
        new("Poll", PollAsync) { Target = "identity.poll", IsOfBrowsers = true, NeedsNoKeys = true, Tables = ["scan_scene"] },
        new("QrConnect", QrConnectAsync) { Target = "identity.qrConnect", IsOfBrowsers = true, Tables = ["scan_scene"] },
        new("InAppAuthorize", InAppAuthorizeAsync) { Target = "identity.inAppAuthorize", IsOfBrowsers = true, Tables = ["app"] },
        new("InAppReturn", InAppReturnAsync)
        {
            Target = "identity.inAppReturn", IsOfBrowsers = true, IsGoodOnce = true, EndsItsToken = true, Tables = ["app"],
        },
        new("Push", PushAsync) { Target = "identity.push", NeedsNoKeys = true, Tables = ["upstream_account"] },
    ];

    internal override string Slug => "identity";

    internal override string Section => "Surfaces:Identity";

    internal override IReadOnlyList<GoodCall> All => s_all;

    internal override string UndocumentedFor(GoodCall call) => E.MiniProgram.WxidMissing.Number;

    /// <summary>The document has no row for it.</summary>
    internal override ErrorDefinition OkOf(GoodCall call) => throw new NotSupportedException();

    internal override async Task ShouldSucceedAsync(GoodCall call, HttpResponseMessage response)
    {
        if (call.Name is "QrCode" or "Poll")
            await response.ShouldServeAsync();
        else if (call.Name is "Push")
            Assert.Equal("success", await response.Content.ReadAsStringAsync());
        else
            Assert.DoesNotContain("errcode", response.Headers.Location!.OriginalString);
    }

    internal static async Task<(string Scene, string Ticket)> MakeAsync(IdentityCaller caller)
    {
        var qr = await (await caller.PostAsync("/wechat/mp/qrcode", ("appid", caller.AppId))).ShouldServeAsync();
        return (qr.GetProperty("scene").GetString()!, qr.GetProperty("ticket").GetString()!);
    }

    /// <summary>A browser that went to WeChat, and the address at which WeChat sends it back.</summary>
    internal static async Task<(BrowserClient Browser, string Address)> GoThroughWeChatAsync(
        TestServer server, IdentityCaller caller, WeChatScans scans, WeChatPerson? person = null,
        params (string Name, string? Value)[] changes)
    {
        var browser = new BrowserClient(server);
        browser.Always("User-Agent", "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50");
        var left = await browser.AskAsync(IdentityCaller.Address("/wechat/mp/authorize", caller.AuthorizeQuery(changes)));
        var state = BrowserClient.View.Query(left.Location!.Split('#')[0], "state");
        var code = server.Get<WeChatMemory>().Issue(
            WeChatHandle.PageCode, WeChatPeople.Accounts[0], person ?? WeChatScans.Person,
            BrowserClient.View.Query(left.Location!, "scope")!, WeChatApi.CodeLifetime);
        Assert.Equal(scans.Account.WeChatAppId, BrowserClient.View.Query(left.Location!, "appid"));
        return (browser, $"{Root}/wechat/mp/authorized?code={code}&state={state}");
    }

    private static async Task<Func<Task<HttpResponseMessage>>> QrCodeAsync(TestServer server, DemoData.DemoApp app)
    {
        await WeChatScans.OfAsync(server, app);
        var caller = new IdentityCaller(server, app);
        return () => caller.PostAsync("/wechat/mp/qrcode", ("appid", caller.AppId));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> PollAsync(TestServer server, DemoData.DemoApp app)
    {
        await WeChatScans.OfAsync(server, app);
        var caller = new IdentityCaller(server, app);
        var (scene, _) = await MakeAsync(caller);
        return () => caller.GetAsync("/wechat/mp/poll", ("scene", scene));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> QrConnectAsync(TestServer server, DemoData.DemoApp app)
    {
        await WeChatScans.OfAsync(server, app);
        var caller = new IdentityCaller(server, app);
        var browser = new BrowserClient(server);
        return async () => (await browser.AskAsync(IdentityCaller.Address("/wechat/mp/qrconnect", caller.AuthorizeQuery()))).Response;
    }

    private static async Task<Func<Task<HttpResponseMessage>>> InAppAuthorizeAsync(TestServer server, DemoData.DemoApp app)
    {
        await WeChatScans.OfAsync(server, app);
        var caller = new IdentityCaller(server, app);
        var browser = new BrowserClient(server);
        browser.Always("User-Agent", "MicroMessenger");
        return async () => (await browser.AskAsync(IdentityCaller.Address("/wechat/mp/authorize", caller.AuthorizeQuery()))).Response;
    }

    private static async Task<Func<Task<HttpResponseMessage>>> InAppReturnAsync(TestServer server, DemoData.DemoApp app)
    {
        var scans = await WeChatScans.OfAsync(server, app);
        await scans.BindAsync(WeChatScans.Person, DemoData.Users[0].Id);
        var (browser, address) = await GoThroughWeChatAsync(server, new IdentityCaller(server, app), scans);
        return async () => (await browser.AskAsync(address)).Response;
    }

    private static async Task<Func<Task<HttpResponseMessage>>> PushAsync(TestServer server, DemoData.DemoApp app)
    {
        var scans = await WeChatScans.OfAsync(server, app);
        return () => scans.PushAsync(
            $"<xml><ToUserName>{scans.OriginalId}</ToUserName><FromUserName>o</FromUserName>"
            + "<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>hello</Content></xml>");
    }
}
