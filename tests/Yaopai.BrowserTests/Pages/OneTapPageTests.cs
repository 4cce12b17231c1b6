using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The one button that signs in with the account's own number.</summary>
public sealed class OneTapPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task One_tap_is_sound_and_pressed_with_the_keyboard_alone(Look look) => fixture.VisitAsync(look, async visit =>
    {
        var demo = new HuaweiCaller(visit.Server);
        await demo.WithdrawAsync("mainland");
        await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
        visit.Allow(app);
        var redirectUri = app.RedirectUri.ToString();

        await visit.GoAsync(Web.Authorize(("redirect_uri", redirectUri), ("scope", "openid quickLoginMobilePhone"), ("state", "tapped")));
        await SignInAsync(visit, "mainland");
        await visit.ShouldBeSoundAsync("one-tap");
        var (tap, without) = visit.IsChinese
            ? ("使用 111******08 一键登录", "不使用一键登录")
            : ("Sign in with 111******08", "Skip one-tap sign-in");
        var met = await visit.WalkAsync();
        Assert.Contains(tap, met);
        Assert.Contains(without, met);

        await visit.TabToAsync(tap);
        await visit.PressAndFollowAsync("Enter");
        Assert.StartsWith(redirectUri, visit.Page.Url);
        Assert.Equal("tapped", visit.Query("state"));
        Assert.NotNull(visit.Query("code"));
    });

    [Theory, MemberData(nameof(Looks))]
    public Task Who_has_no_number_reads_why_there_is_nothing_to_tap(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.GoAsync(Web.Authorize(("scope", "quickLoginMobilePhone")));
        await SignInAsync(visit, "nophone");

        Assert.Equal(["Refuse"],
            await visit.Page.Locator("button[name=verdict]").EvaluateAllAsync<string[]>("buttons => buttons.map(button => button.value)"));
        await visit.ShouldBeSoundAsync("one-tap-without-number");
        await visit.WalkAsync();
    });

    private static async Task SignInAsync(Visit visit, string user)
    {
        await visit.Page.Locator("[name=login]").FillAsync(user);
        await visit.Page.Locator("[name=password]").FillAsync(DemoData.Password);
        await visit.PressAndFollowAsync("Enter");
    }
}
