using Microsoft.Playwright;
using Yaopai.BrowserTests.Harness;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The pages of the journal.</summary>
public sealed class RequestPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Wrong = "/huawei/oauth2/v3/authorize?client_id=100000001&redirect_uri=https://demo.example/callbac";

    public static TheoryData<Look> Looks => Look.All;

    public static TheoryData<Look> Languages => Look.Languages;

    [Theory, MemberData(nameof(Looks))]
    public Task The_list_is_sound_and_new_requests_appear_by_themselves(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await AskAsync(visit, Wrong);
        await visit.GoAsync("/sandbox/requests?client_id=100000001&code=*&limit=5");
        await visit.ShouldBeSoundAsync("requests");
        await visit.WalkAsync();

        var rows = visit.Page.Locator("#requests tbody tr");
        var before = await rows.CountAsync();
        await AskAsync(visit, "/huawei/oauth2/v3/authorize?client_id=100000001&redirect_uri=https://demo.example/new");
        await Assertions.Expect(rows).ToHaveCountAsync(before + 1);
        Assert.Contains("https://demo.example/callback", await rows.First.InnerTextAsync(), StringComparison.Ordinal);
        await visit.ShouldBeSoundAsync("requests-live");
    });

    [Theory, MemberData(nameof(Looks))]
    public Task A_request_says_why_it_was_refused(Look look) => fixture.VisitAsync(look, async visit =>
    {
        var id = await AskAsync(visit, Wrong);
        await visit.GoAsync("/sandbox/requests");
        await visit.FollowAsync(() => visit.Page.Locator($"a[href$='{id}']").ClickAsync());

        await visit.ShouldBeSoundAsync("request");
        await visit.WalkAsync();
        var compared = await visit.Page.Locator(".compared dd").AllInnerTextsAsync();
        Assert.Equal(("https://demo.example/callback", "https://demo.example/callbac"), (compared[0], compared[^1]));
        Assert.Equal(["k"], await visit.Page.Locator("mark").AllInnerTextsAsync());
    });

    [Theory, MemberData(nameof(Languages))]
    public Task Without_scripts_the_form_narrows_the_list(Look look) => fixture.VisitAsync(look, javaScript: false, visiting: async visit =>
    {
        await AskAsync(visit, Wrong);
        await visit.GoAsync("/sandbox/requests");
        await visit.Page.Locator("#operation").FillAsync("huawei.authorize");
        await visit.Page.Locator("#operation").FocusAsync();
        await visit.PressAndFollowAsync("Enter");

        Assert.Equal("huawei.authorize", visit.Query("operation"));
        await visit.ShouldBeSoundAsync("requests-without-script");
        Assert.All(
            await visit.Page.Locator("#requests tbody th").AllInnerTextsAsync(), text => Assert.Equal("huawei.authorize", text));
    });

    [Theory, MemberData(nameof(Languages))]
    public Task What_is_not_there_is_said(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.GoAsync("/sandbox/requests?status=x");
        Assert.Equal(400, visit.Status);
        await visit.ShouldBeSoundAsync("requests-fault");
        await visit.GoAsync("/sandbox/requests/none");
        Assert.Equal(404, visit.Status);
        await visit.ShouldBeSoundAsync("request-missing");
    });

    /// <returns>The request's id.</returns>
    private static async Task<string> AskAsync(Visit visit, string path)
    {
        using var response = await visit.Server.Http.GetAsync(path);
        return response.Headers.GetValues("X-Request-Id").Single();
    }
}
