using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The way from an app's link to the question of consent.</summary>
public sealed class SignInPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task Signing_in_and_being_asked_are_sound_and_done_with_the_keyboard_alone(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.GoAsync(Web.Authorize());
        await visit.ShouldBeSoundAsync("sign-in");
        await visit.WalkAsync();

        await visit.Page.Locator("[name=login]").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("mainland");
        await visit.Page.Locator("[name=password]").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("wrong");
        await visit.PressAndFollowAsync("Enter");
        await visit.ShouldBeSoundAsync("sign-in-wrong");

        await visit.Page.Locator("[name=login]").FillAsync("mainland");
        await visit.Page.Locator("[name=password]").FocusAsync();
        await visit.Page.Keyboard.TypeAsync(DemoData.Password);
        await visit.PressAndFollowAsync("Enter");
        await visit.ShouldBeSoundAsync("consent");
        await visit.WalkAsync();
    });
}
