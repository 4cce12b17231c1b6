using System.Net.Http.Json;
using System.Text;
using System.Xml.Linq;
using Microsoft.Playwright;
using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Consents;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Tests.Http;
using Yaopai.Tests.OAuth;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The page of a QR code, which goes on by itself once somebody has scanned it.</summary>
public sealed class ScanPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly WeChatPerson s_person = WeChatPeople.Find("xiaowei")!;

    public static TheoryData<Look> Looks => Look.All;

    public static TheoryData<Look> Languages => Look.Languages;

    [Theory, MemberData(nameof(Looks))]
    public Task A_sound_page_goes_back_to_the_app_as_soon_as_its_code_is_scanned(Look look) => fixture.VisitAsync(look, async visit =>
    {
        var demo = await DemoAsync(visit);
        await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
        visit.Allow(app);

        await visit.GoAsync(Address(demo, app));
        await visit.ShouldBeSoundAsync("scan");
        var (done, again) = visit.IsChinese ? ("我已扫码", "换一个二维码") : ("I have scanned it", "Get another code");
        Assert.Equal([done, again], (await visit.WalkAsync()).TakeLast(2));

        await visit.FollowAsync(() => ScanAsync(visit, s_person));
        await ShouldBeBackAsync(visit, demo, app);
    });

    [Theory, MemberData(nameof(Looks))]
    public Task A_code_that_is_over_says_so_and_another_is_one_key_away(Look look) => fixture.VisitAsync(look, async visit =>
    {
        var own = new IdentityCaller(visit.Server, await visit.Server.NewAppAsync()); // its clock moves
        var scans = await WeChatScans.OfAsync(visit.Server, own.App);
        await scans.BindAsync(s_person, DemoData.Users[0].Id);
        await using var app = await AppPage.StartAsync(visit.Server, own.App.ClientId);
        visit.Allow(app);

        await visit.GoAsync(Address(own, app));
        await visit.FollowAsync(() => own.AdvanceAsync("PT5M"));
        Assert.Equal(visit.IsChinese ? "二维码已失效。" : "This code has expired.", await visit.Page.GetByRole(AriaRole.Status).InnerTextAsync());
        Assert.Equal(0, await visit.Page.Locator("#scan img").CountAsync());
        Assert.Equal(visit.IsChinese ? "换一个二维码" : "Get another code", await FocusedAsync(visit));
        await visit.ShouldBeSoundAsync("scan-over");
        await visit.WalkAsync();

        await visit.Page.Locator("#again").FocusAsync();
        await visit.PressAndFollowAsync("Enter");
        var another = await ShownAsync(visit);
        await visit.FollowAsync(() => scans.ScanAsync(ScanScenes.KeyOf(another.Secret), s_person));
        await ShouldBeBackAsync(visit, own, app);
    });

    [Theory, MemberData(nameof(Languages))]
    public Task Without_scripts_the_person_says_that_it_is_scanned(Look look) =>
        fixture.VisitAsync(look, javaScript: false, visiting: async visit =>
        {
            var demo = await DemoAsync(visit);
            await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
            visit.Allow(app);
            var done = visit.IsChinese ? "我已扫码" : "I have scanned it";

            await visit.GoAsync(Address(demo, app));
            await visit.ShouldBeSoundAsync("scan-without-script");
            var shown = await ShownAsync(visit);
            await visit.TabToAsync(done);
            await visit.PressAndFollowAsync("Enter");
            Assert.Equal(shown, await ShownAsync(visit)); // the same code waits on

            await ScanAsync(visit, s_person);
            await visit.TabToAsync(done);
            await visit.PressAndFollowAsync("Enter");
            await ShouldBeBackAsync(visit, demo, app);
        });

    [Fact]
    public Task Another_language_keeps_the_code_and_another_code_is_not_the_one_before() => fixture.VisitAsync(Look.Plain, async visit =>
    {
        var demo = await DemoAsync(visit);
        await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
        visit.Allow(app);

        await visit.GoAsync(Address(demo, app));
        var shown = await ShownAsync(visit);
        await visit.TabToAsync("中文");
        await visit.PressAndFollowAsync("Enter");
        Assert.Equal("扫码登录", await visit.Page.Locator("h1").InnerTextAsync());
        Assert.Equal(shown, await ShownAsync(visit));

        await visit.TabToAsync("换一个二维码");
        await visit.PressAndFollowAsync("Enter");
        Assert.NotEqual(shown.QrText, (await ShownAsync(visit)).QrText);
    });

    /// <summary>The demo app, at which the one who scans is bound.</summary>
    private static async Task<IdentityCaller> DemoAsync(Visit visit)
    {
        var demo = new IdentityCaller(visit.Server);
        await new WeChatScans(visit.Server, demo.App).BindAsync(s_person, DemoData.Users[0].Id);
        return demo;
    }

    private static string Address(IdentityCaller caller, AppPage app) => IdentityCaller.Address(
        "/wechat/mp/qrconnect", caller.AuthorizeQuery(("redirect_uri", app.RedirectUri.ToString()), ("scope", "snsapi_login")));

    /// <summary>What the page that is shown holds.</summary>
    private static async Task<ScanVisit> ShownAsync(Visit visit) =>
        (await visit.Server.Get<Tickets>().UnsealAsync<ScanVisit>(visit.Query("request")!, default))!;

    /// <summary>With the sandbox's phone, of what the picture on the page says.</summary>
    internal static async Task ScanAsync(Visit visit, WeChatPerson person)
    {
        var picture = (await visit.Page.Locator("#scan img").GetAttributeAsync("src"))!;
        var svg = Encoding.UTF8.GetString(Convert.FromBase64String(picture[(picture.IndexOf(',') + 1)..]));
        var response = await visit.Server.Http.PostAsJsonAsync(
            "/sandbox/wechat/scan", new { ticket = QrReader.Read(XElement.Parse(svg)), user = person.Name });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task ShouldBeBackAsync(Visit visit, IdentityCaller caller, AppPage app)
    {
        Assert.StartsWith(app.RedirectUri.ToString(), visit.Page.Url);
        Assert.Equal("s1", visit.Query("state"));
        await (await caller.ExchangeAsync(visit.Query("code")!)).ShouldServeAsync();
    }

    private static Task<string> FocusedAsync(Visit visit) => visit.Page.EvaluateAsync<string>("document.activeElement.textContent");
}
