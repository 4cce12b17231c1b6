using System.Text;
using System.Xml.Linq;
using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.OAuth;
using O = Yaopai.Errors.WeLinkErrors.OAuth;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The page whose QR code leads to a page on the person's phone, where they allow it.</summary>
public sealed class QrSignInPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task It_goes_back_to_the_app_once_its_person_allowed_it_on_their_phone(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await using var app = await AppPage.StartAsync(visit.Server, DemoData.Apps[0].ClientId);
        visit.Allow(app);
        await visit.GoAsync(Address(app));
        await visit.ShouldBeSoundAsync("qr-sign-in");
        string[] names = visit.IsChinese ? ["我已同意", "换一个二维码", "用密码登录"]
            : ["I have allowed it", "Get another code", "Sign in with a password"];
        Assert.Equal(names, (await visit.WalkAsync()).TakeLast(3));
        var code = await visit.Page.Locator(".usercode").InnerTextAsync();
        var leadsTo = await ScannedAsync(visit);

        await visit.FollowAsync(() => fixture.VisitAsync(new Look { Language = look.Language, IsPhone = true }, async phone =>
        {
            await phone.GoAsync(leadsTo);
            await phone.Page.Locator("[name=login]").FillAsync("mainland");
            await phone.Page.Locator("[name=password]").FillAsync(DemoData.Password);
            await phone.PressAndFollowAsync("Enter");
            await phone.ShouldBeSoundAsync("qr-sign-in-phone");
            Assert.Equal(code, await phone.Page.Locator(".usercode").InnerTextAsync());
            await phone.TabToAsync(phone.IsChinese ? "同意" : "Allow");
            await phone.PressAndFollowAsync("Enter");
        }));

        await ShouldBeBackAsync(visit, app);
    });

    [Theory, MemberData(nameof(Looks))]
    public Task Whoever_has_no_phone_signs_in_with_a_password_by_the_keyboard_alone(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await using var app = await AppPage.StartAsync(visit.Server, DemoData.Apps[0].ClientId);
        visit.Allow(app);
        await visit.GoAsync(Address(app));
        await visit.TabToAsync(visit.IsChinese ? "用密码登录" : "Sign in with a password");
        await visit.PressAndFollowAsync("Enter");
        await visit.Page.Locator("[name=login]").FillAsync("mainland");
        await visit.Page.Locator("[name=password]").FillAsync(DemoData.Password);
        await visit.PressAndFollowAsync("Enter");
        await ShouldBeBackAsync(visit, app);
    });

    private static string Address(AppPage app) =>
        $"{WeLinkCaller.Root}/sso/oauth2/sns_authorize?client_id={DemoData.Apps[0].ClientId}&response_type=code&scope=snsapi_login"
        + $"&redirect_uri={Uri.EscapeDataString(app.RedirectUri.ToString())}&state=s1";

    /// <summary>What the picture on the page says.</summary>
    private static async Task<string> ScannedAsync(Visit visit)
    {
        var picture = (await visit.Page.Locator("#scan img").GetAttributeAsync("src"))!;
        var svg = Encoding.UTF8.GetString(Convert.FromBase64String(picture[(picture.IndexOf(',') + 1)..]));
        return QrReader.Read(XElement.Parse(svg));
    }

    private static async Task ShouldBeBackAsync(Visit visit, AppPage app)
    {
        Assert.StartsWith(app.RedirectUri.ToString(), visit.Page.Url);
        Assert.Equal("s1", visit.Query("state"));
        await (await new WeLinkCaller(visit.Server).ExchangeAsync(
            visit.Query("code")!, ("redirect_uri", app.RedirectUri.ToString()))).ShouldServeWeLinkAsync(O.Ok);
    }
}
