using System.Text.Json;
using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>From the QR code, over the page where somebody who is bound to nobody proves their phone number, to the app.</summary>
public sealed class BindPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly WeChatPerson s_person = WeChatPeople.Find("xiaoxin")!;

    public static TheoryData<Look> Looks => Look.All;

    public static TheoryData<Look> Two => Look.Two;

    public static TheoryData<Look> Languages => Look.Languages;

    [Theory, MemberData(nameof(Looks))]
    public Task Sound_pages_lead_a_person_from_the_scan_to_the_app_with_the_keyboard_alone(Look look) =>
        fixture.VisitAsync(look, async visit =>
        {
            var demo = await DemoAsync(visit);
            await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
            visit.Allow(app);
            var phone = MiniCaller.NewPhone();

            await visit.GoAsync(Address(demo, app));
            await visit.FollowAsync(() => ScanPageTests.ScanAsync(visit, s_person));
            Assert.Equal(visit.IsChinese ? "绑定手机号" : "Link your phone number", await visit.Page.Locator("h1").InnerTextAsync());
            await visit.ShouldFocusAsync("phone");
            await visit.ShouldBeSoundAsync("bind");
            await visit.WalkAsync();

            await visit.Page.Locator("#phone").FocusAsync();
            await visit.TypeIntoAsync("phone", "123");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldFocusAsync("fault");
            await visit.ShouldBeSoundAsync("bind-no-number");

            await visit.Page.Locator("#phone").FillAsync("");
            await visit.Page.Locator("#phone").FocusAsync();
            await visit.TypeIntoAsync("phone", phone);
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldFocusAsync("code");
            await visit.ShouldBeSoundAsync("bind-code");
            await visit.WalkAsync();

            var code = await CodeSentToAsync(visit, "86" + phone);
            await visit.Page.Locator("#code").FocusAsync();
            await visit.TypeIntoAsync("code", $"{(int.Parse(code) + 1) % 1_000_000:D6}");
            await visit.PressAndFollowAsync("Enter");
            Assert.Equal(400, visit.Status);
            await visit.ShouldBeSoundAsync("bind-wrong-code");
            await visit.WalkAsync();

            await visit.Page.Locator("#code").FocusAsync();
            await visit.TypeIntoAsync("code", code);
            await visit.PressAndFollowAsync("Enter");
            await ShouldBeBackAsync(visit, demo, app);
        });

    [Theory, MemberData(nameof(Two))]
    public Task A_number_of_somebody_bound_is_told_and_the_page_that_is_over_has_a_way_on(Look look) =>
        fixture.VisitAsync(look, async visit =>
        {
            var demo = await DemoAsync(visit);
            await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
            visit.Allow(app);
            var (holder, bound) = visit.IsChinese ? (DemoData.Users[1], "xiaowei") : (DemoData.Users[2], "xiaocheng");
            await new WeChatScans(visit.Server, demo.App).BindAsync(WeChatPeople.Find(bound)!, holder.Id);

            await visit.GoAsync(Address(demo, app));
            await visit.FollowAsync(() => ScanPageTests.ScanAsync(visit, s_person));
            await visit.TypeIntoAsync("phone", $"+{holder.CallingCode} {holder.National}");
            await visit.PressAndFollowAsync("Enter");
            await visit.TypeIntoAsync("code", await CodeSentToAsync(visit, $"{holder.CallingCode}{holder.National}"));
            await visit.PressAndFollowAsync("Enter");
            Assert.Equal(400, visit.Status);
            await visit.ShouldBeSoundAsync("bind-taken");
            await visit.WalkAsync();

            await visit.Page.Context.ClearCookiesAsync();
            await visit.Page.GotoAsync(visit.Page.Url);
            await visit.ShouldBeSoundAsync("bind-over");
            await visit.TabToAsync(visit.IsChinese ? "重新开始" : "Begin again");
            await visit.PressAndFollowAsync("Enter");
            Assert.Equal(visit.IsChinese ? "扫码登录" : "Scan to sign in", await visit.Page.Locator("h1").InnerTextAsync());
        });

    [Theory, MemberData(nameof(Languages))]
    public Task Without_scripts_the_way_is_the_same(Look look) => fixture.VisitAsync(look, javaScript: false, visiting: async visit =>
    {
        var demo = await DemoAsync(visit);
        await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
        visit.Allow(app);
        var phone = MiniCaller.NewPhone();

        await visit.GoAsync(Address(demo, app));
        await ScanPageTests.ScanAsync(visit, s_person);
        await visit.TabToAsync(visit.IsChinese ? "我已扫码" : "I have scanned it");
        await visit.PressAndFollowAsync("Enter");
        await visit.Page.Locator("#phone").FillAsync(phone);
        await visit.TabToAsync(visit.IsChinese ? "获取验证码" : "Send a code");
        await visit.PressAndFollowAsync("Enter");
        await visit.Page.Locator("#code").FillAsync(await CodeSentToAsync(visit, "86" + phone));
        await visit.TabToAsync(visit.IsChinese ? "绑定并继续" : "Link and continue");
        await visit.PressAndFollowAsync("Enter");
        await ShouldBeBackAsync(visit, demo, app);
    });

    [Theory, MemberData(nameof(Languages))]
    public Task Who_is_not_to_be_bound_now_is_back_at_the_app(Look look) => fixture.VisitAsync(look, async visit =>
    {
        var demo = await DemoAsync(visit);
        await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
        visit.Allow(app);

        await visit.GoAsync(Address(demo, app));
        await visit.FollowAsync(() => ScanPageTests.ScanAsync(visit, s_person));
        await visit.TabToAsync(visit.IsChinese ? "暂不绑定，返回应用" : "Not now: back to the app");
        await visit.PressAndFollowAsync("Enter");
        Assert.StartsWith(app.RedirectUri.ToString(), visit.Page.Url);
        Assert.Equal(("40045", "s1"), (visit.Query("errcode"), visit.Query("state")));
    });

    /// <summary>The demo app, at which the one who scans is bound to nobody.</summary>
    private static async Task<IdentityCaller> DemoAsync(Visit visit)
    {
        var demo = new IdentityCaller(visit.Server);
        var identity = new WeChatScans(visit.Server, demo.App).IdentityOf(s_person);
        var store = visit.Server.Get<IBindingStore>();
        if (await store.FindAsync(identity, demo.App.DeveloperId, default) is { } binding)
            Assert.True(await store.TryRemoveAsync(binding.AccountId, identity, default));
        return demo;
    }

    private static string Address(IdentityCaller caller, AppPage app) => IdentityCaller.Address(
        "/wechat/mp/qrconnect",
        caller.AuthorizeQuery(("redirect_uri", app.RedirectUri.ToString()), ("scope", "snsapi_login"), ("bind", "page")));

    private static async Task<string> CodeSentToAsync(Visit visit, string number)
    {
        using var messages = JsonDocument.Parse(await visit.Server.Http.GetStringAsync($"/sandbox/messages?to=%2B{number}"));
        return messages.RootElement.GetProperty("messages")[0].GetProperty("code").GetString()!;
    }

    private static async Task ShouldBeBackAsync(Visit visit, IdentityCaller caller, AppPage app)
    {
        Assert.StartsWith(app.RedirectUri.ToString(), visit.Page.Url);
        Assert.Equal("s1", visit.Query("state"));
        await (await caller.ExchangeAsync(visit.Query("code")!)).ShouldServeAsync();
    }
}
