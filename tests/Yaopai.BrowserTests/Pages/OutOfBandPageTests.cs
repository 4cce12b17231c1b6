using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The page from which a person carries a code over to an app that has no address.</summary>
public sealed class OutOfBandPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task The_code_is_shown_on_a_sound_page_after_what_every_app_asks(Look look) => fixture.VisitAsync(look, async visit =>
    {
        var app = new OAuthCaller(fixture.Server);
        await visit.GoAsync(app.Authorize(("redirect_uri", "oob"), ("scope", "basic email super_msg netdisk"), ("confirm_login", "1")));
        await visit.Page.Locator("[name=login]").FillAsync("mainland");
        await visit.Page.Locator("[name=password]").FillAsync(DemoData.Password);
        await visit.PressAndFollowAsync("Enter");
        await visit.ShouldBeSoundAsync("open-consent");

        await visit.FollowAsync(() => visit.Page.Locator("[value=Allow]").ClickAsync());
        await visit.ShouldBeSoundAsync("carried-code");
        await visit.WalkAsync();

        var code = await visit.Page.Locator("output").InnerTextAsync();
        await (await app.TokenAsync("authorization_code", ("code", code), ("redirect_uri", "oob"))).ShouldGiveAsync();
    });
}
