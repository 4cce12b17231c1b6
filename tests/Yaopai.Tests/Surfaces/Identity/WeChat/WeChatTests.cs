using Yaopai.Server.Accounts;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.WeChat;
using User = Yaopai.Errors.IdentityErrors.User;

namespace Yaopai.Tests.Surfaces.Identity.WeChat;

/// <summary>Signing in with an official account, by scanning and inside WeChat.</summary>
public sealed class WeChatTests(SharedServer fixture) : IAsyncLifetime
{
    private readonly TestServer _server = fixture.Server;

    private DemoData.DemoApp _app = null!;
    private IdentityCaller _caller = null!;
    private WeChatScans _scans = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await _server.NewAppAsync();
        _caller = new IdentityCaller(_server, _app);
        _scans = await WeChatScans.OfAsync(_server, _app);
        await _scans.BindAsync(WeChatScans.Person, DemoData.Users[0].Id);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Somebody_who_scans_is_signed_in_once()
    {
        var (scene, _) = await WeChatCalls.MakeAsync(_caller);
        Assert.Equal("pending", (await PollAsync(scene)).GetProperty("status").GetString());
        Assert.Equal("success", await TextAsync(await _scans.ScanAsync(ScanScenes.KeyOf(scene), WeChatScans.Person)));

        var polled = await PollAsync(scene);
        Assert.Equal("ok", polled.GetProperty("status").GetString());
        var tokens = IdentityCaller.Read(await (await _caller.ExchangeAsync(polled.GetProperty("code").GetString()!)).ShouldServeAsync());
        Assert.Equal((await _caller.SignInAsync("mainland")).OpenId, tokens.OpenId);

        await (await _caller.GetAsync("/wechat/mp/poll", ("scene", scene))).ShouldBeAsync(E.SceneExpired);
    }

    [Fact]
    public async Task Of_ten_who_poll_one_gets_the_code()
    {
        var (scene, _) = await WeChatCalls.MakeAsync(_caller);
        await _scans.ScanAsync(ScanScenes.KeyOf(scene), WeChatScans.Person, "subscribe");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
            await TextAsync(await _caller.GetAsync("/wechat/mp/poll", ("scene", scene)))));
        Assert.Single(answers, answer => answer.Contains("\"code\"", StringComparison.Ordinal));
    }

    public static TheoryData<string, string?, string> PollMistakes { get; } = new()
    {
        { "scene", null,          nameof(E.SceneExpired) },
        { "scene", "",            nameof(E.SceneExpired) },
        { "scene", "forged",      nameof(E.SceneExpired) },
        { "scene", "{long}",      nameof(E.SceneExpired) },
        { "scene", "{key}",       nameof(E.SceneExpired) }, // what the QR code carries takes nothing
        { "appid", "100000002",   nameof(E.SceneExpired) },
        { "appid", "abc",         nameof(E.SceneExpired) },
    };

    [Theory, MemberData(nameof(PollMistakes))]
    public async Task Each_mistake_of_a_poll_earns_its_error(string parameter, string? value, string expected)
    {
        var (scene, _) = await WeChatCalls.MakeAsync(_caller);
        await _scans.ScanAsync(ScanScenes.KeyOf(scene), WeChatScans.Person);
        var filled = value switch { "{long}" => new string('a', 5000), "{key}" => ScanScenes.KeyOf(scene), _ => value };
        (string, string?)[] good = [("scene", scene)];
        var response = await _caller.GetAsync(
            "/wechat/mp/poll", [.. good.Where(field => field.Item1 != parameter), (parameter, filled)]);
        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
        Assert.Equal("ok", (await PollAsync(scene)).GetProperty("status").GetString()); // nothing was used up
    }

    [Fact]
    public async Task A_scene_is_over_after_five_minutes_for_those_who_scan_and_those_who_poll()
    {
        var (scene, _) = await WeChatCalls.MakeAsync(_caller);
        await _caller.AdvanceAsync("PT5M");
        await (await _scans.ScanAsync(ScanScenes.KeyOf(scene), WeChatScans.Person)).ShouldBeAsync(E.SceneExpired);
        await (await _caller.GetAsync("/wechat/mp/poll", ("scene", scene))).ShouldBeAsync(E.SceneExpired);
    }

    [Fact]
    public async Task Somebody_who_is_bound_to_nobody_gets_a_ticket_once()
    {
        var (scene, _) = await WeChatCalls.MakeAsync(_caller);
        await _scans.ScanAsync(ScanScenes.KeyOf(scene), Nobody);
        var response = await _caller.GetAsync("/wechat/mp/poll", ("scene", scene));
        await response.ShouldBeAsync(Common.UserUnbound);
        Assert.StartsWith("DgIH", (await response.JsonAsync()).GetProperty("bind_ticket").GetString());
        await (await _caller.GetAsync("/wechat/mp/poll", ("scene", scene))).ShouldBeAsync(E.SceneExpired);
    }

    [Fact]
    public async Task An_account_that_was_put_away_signs_nobody_in()
    {
        var account = Samples.NewAccount();
        await _server.Get<IAccountStore>().TryAddAsync(account, default);
        Assert.True(await _server.Get<AccountRecycling>().TryRecycleAsync(account.Id, default));
        var person = new WeChatPerson($"away-{account.Id}", "away", null);
        await _scans.BindAsync(person, account.Id);

        var (scene, _) = await WeChatCalls.MakeAsync(_caller);
        await _scans.ScanAsync(ScanScenes.KeyOf(scene), person);
        await (await _caller.GetAsync("/wechat/mp/poll", ("scene", scene))).ShouldBeAsync(User.UserRecycled);
    }

    [Fact]
    public async Task A_second_person_who_scans_the_same_code_is_refused()
    {
        var (scene, _) = await WeChatCalls.MakeAsync(_caller);
        await _scans.ScanAsync(ScanScenes.KeyOf(scene), WeChatScans.Person);
        await (await _scans.ScanAsync(ScanScenes.KeyOf(scene), Nobody)).ShouldBeAsync(E.SceneExpired);
    }

    [Fact]
    public async Task A_code_is_made_for_the_account_of_the_app_alone()
    {
        await (await _caller.PostAsync("/wechat/mp/qrcode", ("appid", _caller.AppId), ("original_id", "gh_other")))
            .ShouldBeAsync(E.OriginalIdMismatch);
        await (await _caller.PostAsync("/wechat/mp/qrcode", ("appid", _caller.AppId), ("original_id", _scans.OriginalId)))
            .ShouldServeAsync();

        var without = new IdentityCaller(_server, await _server.NewAppAsync());
        await (await without.PostAsync("/wechat/mp/qrcode", ("appid", without.AppId))).ShouldBeAsync(E.OriginalIdMismatch);
        await (await _caller.PostAsync("/wechat/mp/qrcode")).ShouldBeAsync(Common.AppIdMissing);
        await (await _caller.PostAsync("/wechat/mp/qrcode", ("appid", "1"))).ShouldBeAsync(Common.AppIdUnknown);
        await (await _caller.GetAsync("/wechat/mp/qrcode")).ShouldBeAsync(Common.PostRequired);
        await (await _caller.PostAsync("/wechat/mp/poll")).ShouldBeAsync(Common.GetRequired);
    }

    [Fact]
    public async Task The_server_answers_to_who_knows_the_token()
    {
        var response = await _server.Http.GetAsync(_scans.Address() + "&echostr=1234567890");
        Assert.Equal("1234567890", await TextAsync(response));
        await (await _server.Http.GetAsync(_scans.Address().Replace("signature=", "signature=0") + "&echostr=1"))
            .ShouldBeAsync(E.OriginalIdMismatch);
        await (await _server.Http.GetAsync(_scans.Address().Replace(_scans.OriginalId, "gh_nobody") + "&echostr=1"))
            .ShouldBeAsync(E.OriginalIdMismatch);
    }

    public static TheoryData<string> BadPushes { get; } =
    [
        "", "no XML", "<xml/>", "<xml><ToUserName>gh</ToUserName>",
        """<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><ToUserName>&e;</ToUserName></xml>""",
        "<xml><ToUserName>gh_other</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>",
    ];

    [Theory, MemberData(nameof(BadPushes))]
    public async Task A_push_that_WeChat_would_not_send_counts_for_nothing(string message) =>
        await (await _scans.PushAsync(message)).ShouldBeAsync(E.OriginalIdMismatch);

    [Fact]
    public async Task A_push_that_is_not_encrypted_is_not_taken_from_an_account_with_a_key()
    {
        using var content = new StringContent(
            $"<xml><ToUserName>{_scans.OriginalId}</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime>"
            + "<MsgType>text</MsgType></xml>");
        await (await _server.Http.PostAsync(_scans.Address(), content)).ShouldBeAsync(E.OriginalIdMismatch);
    }

    [Fact]
    public async Task A_page_shows_the_code_and_leads_back_to_the_app()
    {
        using var browser = new BrowserClient(_server);
        var page = await browser.OpenAsync(IdentityCaller.Address("/wechat/mp/qrconnect", _caller.AuthorizeQuery()));
        Assert.Equal(200, page.Status);
        Assert.Contains("data:image/svg+xml;base64,", System.Net.WebUtility.HtmlDecode(page.Html));
        Assert.Contains("script-src 'self'", page.Header("Content-Security-Policy"));
        var state = page.Html.Split("data-state=\"")[1].Split('"')[0].Replace("&amp;", "&");
        Assert.Equal("""{"state":"waiting"}""", await TextAsync((await browser.GetAsync(state)).Response));

        var next = page.Html.Split("data-next=\"")[1].Split('"')[0].Replace("&amp;", "&");
        var scene = BrowserClient.View.Query(next, "scene")!;
        await _scans.ScanAsync(ScanScenes.KeyOf(scene), WeChatScans.Person);
        Assert.Equal("""{"state":"scanned"}""", await TextAsync((await browser.GetAsync(state)).Response));

        var done = await browser.GetAsync(next);
        Assert.StartsWith(_app.RedirectUri + "?code=", done.Location);
        Assert.Equal("s1", done.Sent("state"));
        await (await _caller.ExchangeAsync(done.Sent("code")!)).ShouldServeAsync();

        (await browser.GetAsync(next)).Response.ShouldTellIdentityApp(_app.RedirectUri, E.SceneExpired, "s1");
        Assert.Equal("""{"state":"over"}""", await TextAsync((await browser.GetAsync(state)).Response));
    }

    [Fact]
    public async Task A_page_whose_code_is_over_offers_another()
    {
        using var browser = new BrowserClient(_server);
        var left = await browser.GetAsync(IdentityCaller.Address("/wechat/mp/qrconnect", _caller.AuthorizeQuery()));
        await _caller.AdvanceAsync("PT5M");
        var page = await browser.GetAsync(left.Location!);
        Assert.Contains("This code has expired.", page.Html);
        Assert.DoesNotContain("<script", page.Html);
        Assert.Equal(400, (await browser.GetAsync("/scan?request=forged")).Status);
    }

    [Fact]
    public async Task Somebody_without_an_account_is_sent_back_with_a_ticket()
    {
        using var browser = new BrowserClient(_server);
        var page = await browser.OpenAsync(IdentityCaller.Address("/wechat/mp/qrconnect", _caller.AuthorizeQuery()));
        var next = page.Html.Split("data-next=\"")[1].Split('"')[0].Replace("&amp;", "&");
        await _scans.ScanAsync(ScanScenes.KeyOf(BrowserClient.View.Query(next, "scene")!), Nobody);

        var back = await browser.GetAsync(next);

        Assert.Equal("40045", back.Sent("errcode"));
        Assert.StartsWith("DgIH", back.Sent("bind_ticket"));
        Assert.Equal("s1", back.Sent("state"));
    }

    [Fact]
    public async Task Inside_WeChat_a_person_is_signed_in_without_a_page()
    {
        var (browser, address) = await WeChatCalls.GoThroughWeChatAsync(_server, _caller, _scans);
        var done = await browser.GetAsync(address);
        Assert.StartsWith(_app.RedirectUri + "?code=", done.Location);
        Assert.Equal("s1", done.Sent("state"));
        await (await _caller.ExchangeAsync(done.Sent("code")!)).ShouldServeAsync();

        await (await browser.AskAsync(address)).Response.ShouldBeAsync(E.SignInFailed); // the cookie went with it
        browser.Dispose();
    }

    [Theory]
    [InlineData("snsapi_base,user_phone", "snsapi_base")]
    [InlineData("user_phone", "snsapi_login")]
    [InlineData("user_phone,snsapi_userinfo", "snsapi_userinfo")] // WeChat asks
    [InlineData("get_user_info", "get_user_info")]
    public async Task Inside_WeChat_a_code_opens_what_the_person_was_asked_about(string scope, string expected)
    {
        var (browser, address) = await WeChatCalls.GoThroughWeChatAsync(_server, _caller, _scans, null, ("scope", scope));
        Assert.Equal(expected, await ScopeOfAsync((await browser.GetAsync(address)).Sent("code")!));
        browser.Dispose();
    }

    [Theory]
    [InlineData("snsapi_login,snsapi_userinfo,user_phone", "snsapi_login")]
    [InlineData("get_user_info", "snsapi_login")]
    public async Task To_scan_is_to_agree_to_be_recognised_alone(string scope, string expected)
    {
        using var browser = new BrowserClient(_server);
        Assert.Equal(expected, await ScanAsync());

        // On the page of consent they allow more.
        await _caller.SignInAsync("mainland", scope);
        Assert.Equal(scope, await ScanAsync());

        async Task<string> ScanAsync()
        {
            var page = await browser.OpenAsync(IdentityCaller.Address("/wechat/mp/qrconnect", _caller.AuthorizeQuery(("scope", scope))));
            var next = page.Html.Split("data-next=\"")[1].Split('"')[0].Replace("&amp;", "&");
            await _scans.ScanAsync(ScanScenes.KeyOf(BrowserClient.View.Query(next, "scene")!), WeChatScans.Person);
            return await ScopeOfAsync((await browser.GetAsync(next)).Sent("code")!);
        }
    }

    [Fact]
    public async Task A_browser_that_begins_often_can_still_end_what_it_began_last()
    {
        using var browser = new BrowserClient(_server);
        browser.Always("User-Agent", "MicroMessenger");
        await _server.ChangeAsync(_app, app => app with { AddsToRedirectUris = true });
        var redirectUri = $"{_app.RedirectUri}?{new string('a', 1800)}";
        var address = IdentityCaller.Address("/wechat/mp/authorize", _caller.AuthorizeQuery(("redirect_uri", redirectUri)));
        var left = await browser.AskAsync(address);
        for (var i = 0; i < 15; i++)
            left = await browser.AskAsync(address);

        Assert.Equal(302, left.Status);
        Assert.Equal(5, browser.Cookies.Count(cookie => cookie.Name.StartsWith("yaopai-inapp-", StringComparison.Ordinal)));
        var state = BrowserClient.View.Query(left.Location!.Split('#')[0], "state");
        var back = await browser.AskAsync($"{IdentityCaller.Root}/wechat/mp/authorized?state={state}");
        Assert.StartsWith(redirectUri, back.Location);
        Assert.Equal(E.SignInFailed.Code, back.Sent("errcode")); // the person did not agree there
    }

    [Fact]
    public async Task Another_browser_cannot_end_what_one_began()
    {
        var (browser, address) = await WeChatCalls.GoThroughWeChatAsync(_server, _caller, _scans);
        using var other = new BrowserClient(_server);
        await (await other.AskAsync(address)).Response.ShouldBeAsync(E.SignInFailed);
        browser.Dispose();
    }

    [Fact]
    public async Task A_person_who_does_not_agree_or_whose_code_is_used_is_told_to_the_app()
    {
        var (browser, address) = await WeChatCalls.GoThroughWeChatAsync(_server, _caller, _scans);
        var without = address.Replace("code=", "nocode=");
        (await browser.GetAsync(without)).Response.ShouldTellIdentityApp(_app.RedirectUri, E.SignInFailed, "s1");
        (await browser.GetAsync(address.Replace("code=", "code=x"))).Response.ShouldTellIdentityApp(_app.RedirectUri, E.SignInFailed, "s1");
        browser.Dispose();
    }

    [Fact]
    public async Task Outside_WeChat_the_page_says_what_to_do()
    {
        using var browser = new BrowserClient(_server);
        var address = IdentityCaller.Address("/wechat/mp/authorize", _caller.AuthorizeQuery());
        await (await browser.AskAsync(address)).Response.ShouldBeAsync(E.WeChatRequired);
        var page = (await browser.GetAsync(address)).Html;
        Assert.Contains(">201003</a>", page);
        Assert.Contains("Follow the instructions below", page);
        Assert.DoesNotContain("nothing for you to do", page);
    }

    [Fact]
    public async Task What_is_wrong_with_the_request_comes_first()
    {
        using var browser = new BrowserClient(_server);
        foreach (var path in new[] { "/wechat/mp/authorize", "/wechat/mp/qrconnect" })
        {
            var response = await browser.AskAsync(
                IdentityCaller.Address(path, _caller.AuthorizeQuery(("redirect_uri", "https://evil.example/"))));
            await response.Response.ShouldBeAsync(Common.RedirectUriUnregistered);
        }

        var told = await browser.GetAsync(IdentityCaller.Address("/wechat/mp/qrconnect", _caller.AuthorizeQuery(("scope", "made_up"))));
        told.Response.ShouldTellIdentityApp(_app.RedirectUri, Common.ScopeInvalid, "s1");
        var without = new IdentityCaller(_server, await _server.NewAppAsync());
        var missing = await browser.GetAsync(IdentityCaller.Address("/wechat/mp/qrconnect", without.AuthorizeQuery()));
        missing.Response.ShouldTellIdentityApp(_app.RedirectUri, E.OriginalIdMismatch, "s1");
    }

    private static WeChatPerson Nobody => new("nobody-yet", "nobody", null);

    private async Task<System.Text.Json.JsonElement> PollAsync(string scene) =>
        await (await _caller.GetAsync("/wechat/mp/poll", ("scene", scene))).ShouldServeAsync();

    private async Task<string> ScopeOfAsync(string code) =>
        (await (await _caller.ExchangeAsync(code)).ShouldServeAsync()).GetProperty("scope").GetString()!;

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync();
}

/// <summary>While WeChat is away.</summary>
public sealed class WeChatOutageTests(WeChatOutageTests.Fixture fixture) : IClassFixture<WeChatOutageTests.Fixture>
{
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Upstreams:Timeout", "00:00:00.3"), ("Upstreams:Lease", "00:00:02")];
    }

    [Theory]
    [InlineData("upstream-down")]
    [InlineData("upstream-slow")]
    public async Task No_code_is_made_and_nothing_is_kept(string fault)
    {
        var app = await fixture.Server.NewAppAsync();
        await WeChatScans.OfAsync(fixture.Server, app);
        var caller = new IdentityCaller(fixture.Server, app);
        await using (await fixture.BreakAsync(new { target = "identity.qrCode", fault }))
            await (await caller.PostAsync("/wechat/mp/qrcode", ("appid", caller.AppId))).ShouldBeAsync(E.SignInFailed);

        await (await caller.PostAsync("/wechat/mp/qrcode", ("appid", caller.AppId))).ShouldServeAsync();
    }
}

/// <summary>An address that makes many codes.</summary>
public sealed class WeChatQuotaTests(WeChatQuotaTests.Fixture fixture) : IClassFixture<WeChatQuotaTests.Fixture>, IAsyncLifetime
{
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Surfaces:Identity:QrCodesPerMinute", "2")];
    }

    private IdentityCaller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        fixture.Server.Get<Quotas>().Clear();
        var app = await fixture.Server.NewAppAsync();
        await WeChatScans.OfAsync(fixture.Server, app);
        _caller = new IdentityCaller(fixture.Server, app);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Nobody_uses_up_what_WeChat_grants_the_app()
    {
        await MakeAsync(2);
        await (await _caller.PostAsync("/wechat/mp/qrcode", ("appid", _caller.AppId))).ShouldBeAsync(Common.CallsThrottled);

        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(IdentityCaller.Address("/wechat/mp/qrconnect", _caller.AuthorizeQuery()));
        page.Response.ShouldTellIdentityApp(_caller.App.RedirectUri, Common.CallsThrottled, "s1");
    }

    [Fact]
    public async Task An_apps_server_that_shows_its_secret_makes_as_many_as_it_likes()
    {
        await MakeAsync(3, ("secret", _caller.App.ClientSecret));
        await (await _caller.PostAsync("/wechat/mp/qrcode", ("appid", _caller.AppId), ("secret", "wrong")))
            .ShouldBeAsync(Common.AppSecretIncorrect);
    }

    private async Task MakeAsync(int times, params (string, string?)[] more)
    {
        for (var i = 0; i < times; i++)
            await (await _caller.PostAsync("/wechat/mp/qrcode", [("appid", _caller.AppId), .. more])).ShouldServeAsync();
    }
}
