using Microsoft.Playwright;
using Yaopai.BrowserTests.Harness;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The page that shows which errors an app has met.</summary>
public sealed class CoveragePageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task Coverage_is_sound_and_shows_what_was_met(Look look) => fixture.VisitAsync(look, async visit =>
    {
        using var refused = await visit.Server.Http.GetAsync("/huawei/oauth2/v3/authorize?client_id=100000001");
        await visit.GoAsync("/sandbox/coverage?client_id=100000001");
        await visit.ShouldBeSoundAsync("coverage");

        await visit.FollowAsync(() => visit.Page.Locator(".filter a").Last.ClickAsync());
        Assert.Equal("all", visit.Query("operations"));
        var last = visit.Page.Locator("tbody").Last;
        Assert.Equal(1, await last.Locator("tr").CountAsync()); // never called: one line with the way to its errors

        await visit.FollowAsync(() => last.GetByRole(AriaRole.Link).ClickAsync());
        Assert.NotEqual(1, await visit.Page.Locator("tbody tr").CountAsync());
        await visit.ShouldBeSoundAsync("coverage-operation");
    });
}
