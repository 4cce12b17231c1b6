using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Tests.Http;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.WeChat;

namespace Yaopai.Tests.Surfaces.Identity.WeChat;

/// <summary>People whom the app's mini program knows, at its official account.</summary>
public sealed class SocialSignInTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private readonly TestServer _server = fixture.Server;

    private DemoData.DemoApp _app = null!;
    private IdentityCaller _caller = null!;
    private MiniCaller _mini = null!;
    private WeChatScans _scans = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await _server.NewAppAsync();
        _caller = new IdentityCaller(_server, _app);
        _mini = await MiniCaller.OfAsync(_server, _app);
        _scans = await WeChatScans.OfAsync(_server, _app);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Somebody_bound_through_the_mini_program_is_signed_in_by_a_scan_and_known_there_from_then_on()
    {
        var person = WeChatPeople.Find("xiaowei")!;
        var account = await _mini.BindAsync(person);
        for (var i = 0; i < 2; i++)
        {
            var polled = await (await PollAsync(await ScannedAsync(person))).ShouldServeAsync();
            var tokens = IdentityCaller.Read(
                await (await _caller.ExchangeAsync(polled.GetProperty("code").GetString()!)).ShouldServeAsync());
            Assert.Equal((await _caller.SignInAsync(account.Name)).OpenId, tokens.OpenId);
        }

        var bound = await _server.Get<IBindingStore>().ListAsync(account.Id, TestContext.Current.CancellationToken);
        Assert.Equal(
            [(_mini.Account.WeChatAppId, person.UnionId), (_scans.Account.WeChatAppId, person.UnionId)],
            bound.Select(one => (one.Identity.ProviderAppId, one.Identity.UnionId)));
    }

    [Fact]
    public async Task Somebody_who_is_bound_after_a_scan_is_known_to_the_mini_program()
    {
        var person = WeChatPeople.Find("xiaoxin")!;
        var refused = await PollAsync(await ScannedAsync(person));
        await refused.ShouldBeAsync(Common.UserUnbound);
        var ticket = (await refused.JsonAsync()).GetProperty("bind_ticket").GetString()!;
        var phone = MiniCaller.NewPhone();
        await (await _mini.BindAsync(ticket, phone, await _mini.ProveAsync(ticket, phone))).ShouldServeAsync();

        Assert.True((await _mini.SignInAsync(person)).IsBound);
    }

    [Fact]
    public async Task While_WeChat_is_away_a_poll_uses_no_scan_up()
    {
        var scene = await ScannedAsync(WeChatPeople.Find("nonumber")!);
        await using (await fixture.BreakAsync(new { target = "identity.poll", fault = "upstream-down" }))
            await (await PollAsync(scene)).ShouldBeAsync(E.SignInFailed);

        await (await PollAsync(scene)).ShouldBeAsync(Common.UserUnbound);
    }

    [Fact]
    public async Task While_WeChat_is_away_the_page_uses_no_scan_up()
    {
        using var browser = new BrowserClient(_server);
        var scene = await ScannedAsync(WeChatPeople.Find("nonumber")!);
        var address = IdentityCaller.Address("/wechat/mp/qrconnect", [.. _caller.AuthorizeQuery(), ("scene", scene)]);
        await using (await fixture.BreakAsync(new { target = "identity.qrConnect", fault = "upstream-down" }))
            (await browser.GetAsync(address)).Response.ShouldTellIdentityApp(_app.RedirectUri, E.SignInFailed, "s1");

        Assert.Contains($"errcode={Common.UserUnbound.Code}&", (await browser.GetAsync(address)).Location);
    }

    private async Task<string> ScannedAsync(WeChatPerson person)
    {
        var (scene, _) = await WeChatCalls.MakeAsync(_caller);
        await _scans.ScanAsync(ScanScenes.KeyOf(scene), person);
        return scene;
    }

    private Task<HttpResponseMessage> PollAsync(string scene) => _caller.GetAsync("/wechat/mp/poll", ("scene", scene));
}
