using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Accounts;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The way from an app's link to the question of consent.</summary>
public sealed class SignInPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly int s_tries = new SignInOptions().FailuresBeforeLockout;

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

    [Theory, MemberData(nameof(Looks))]
    public Task Who_failed_too_often_reads_that_it_will_pass(Look look) => fixture.VisitAsync(look, async visit =>
    {
        var login = $"nobody-{look}"; // what was typed is locked out, somebody's or not
        await visit.GoAsync(new IdentityCaller(visit.Server).Authorize());
        for (var tries = 0; tries < s_tries; tries++)
            await SignInAsync();
        Assert.Equal(400, visit.Status);

        await SignInAsync();
        Assert.Equal(429, visit.Status);
        Assert.Contains(visit.IsChinese ? "请在15分钟后再试" : "Wait 15 minutes", await visit.Page.Locator("#fault").InnerTextAsync());
        Assert.Equal("fault", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        await visit.ShouldBeSoundAsync("sign-in-locked-out");
        await visit.WalkAsync();

        async Task SignInAsync()
        {
            await visit.Page.Locator("[name=login]").FillAsync(login);
            await visit.Page.Locator("[name=password]").FillAsync("wrong");
            await visit.PressAndFollowAsync("Enter");
        }
    });
}
