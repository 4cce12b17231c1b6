using Yaopai.BrowserTests.Harness;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The address of the server, and one where nothing is.</summary>
public sealed class StartPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task FC63_The_start_page_is_sound_and_leads_on_with_the_keyboard_alone(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.GoAsync("/");
        await visit.ShouldBeSoundAsync("start");
        await visit.WalkAsync();

        await visit.TabToAsync(visit.IsChinese ? "试一次登录" : "Try a sign-in");
        await visit.PressAndFollowAsync("Enter");
        await visit.ShouldFocusAsync("login");
    });

    [Theory, MemberData(nameof(Looks))]
    public Task FC63_An_address_where_nothing_is_has_a_sound_page_that_leads_on(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.GoAsync("/nothing");
        Assert.Equal(404, visit.Status);
        await visit.ShouldBeSoundAsync("nothing");
        await visit.WalkAsync();

        await visit.TabToAsync(visit.IsChinese ? "前往首页" : "Go to the start page");
        await visit.PressAndFollowAsync("Enter");
        Assert.Equal(200, visit.Status);
    });

    [Theory, MemberData(nameof(Looks))]
    public Task FC63_Whoever_signed_out_may_sign_in_again(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.GoAsync("/sign-out");
        await visit.ShouldBeSoundAsync("signed-out");
        await visit.TabToAsync(visit.IsChinese ? "重新登录" : "Sign in again");
        await visit.PressAndFollowAsync("Enter");
        await visit.ShouldFocusAsync("login");
    });
}
