using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The way from the last form to the app, and on to where the app leads.</summary>
public sealed class WayBackTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.Two;

    [Fact]
    public Task FC17_An_app_that_leads_on_to_another_site_is_followed_there() => fixture.VisitAsync(Look.Plain, async visit =>
    {
        var demo = new HuaweiCaller(visit.Server);
        await demo.WithdrawAsync("mainland");
        await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
        await using var home = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
        visit.Allow(app);
        visit.Allow(home);
        app.LeadsOnTo = new Uri(home.RedirectUri, "/home").ToString();

        await visit.GoAsync(Web.Authorize(("redirect_uri", app.RedirectUri.ToString())));
        await SignInAsync(visit);
        await AllowAsync(visit);
        Assert.Equal(app.LeadsOnTo, visit.Page.Url);

        // With a standing consent it is the form of the sign-in page that ends there.
        await visit.Page.Context.ClearCookiesAsync();
        await visit.GoAsync(Web.Authorize(("redirect_uri", app.RedirectUri.ToString())));
        await SignInAsync(visit);
        Assert.Equal(app.LeadsOnTo, visit.Page.Url);
        Assert.All(app.Callbacks, query => Assert.Contains("code=", query));
    });

    /// <summary>No program of this machine opens such an address: what counts is that the browser tries, and that no policy stops it,
    /// of which it would complain.</summary>
    [Fact]
    public Task FC17_An_app_that_leads_on_to_a_scheme_of_its_own_is_followed_there() => fixture.VisitAsync(Look.Plain, async visit =>
    {
        var demo = new HuaweiCaller(visit.Server);
        await demo.WithdrawAsync("mainland");
        await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
        visit.Allow(app);
        app.LeadsOnTo = "demoapp://signed-in";
        visit.Allow(new Uri(app.LeadsOnTo));
        var tried = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        visit.Page.RequestFailed += (_, request) => tried.TrySetResult($"{request.Url} {request.Failure}");

        await visit.GoAsync(Web.Authorize(("redirect_uri", app.RedirectUri.ToString())));
        await SignInAsync(visit);
        await visit.Page.Locator("button[value=Allow]").ClickAsync();
        Assert.Equal("demoapp://signed-in net::ERR_ABORTED", await tried.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task FC18_An_app_that_asks_for_it_is_posted_the_answer(bool javaScript) => fixture.VisitAsync(
        Look.Plain, javaScript: javaScript, visiting: async visit =>
        {
            var demo = new HuaweiCaller(visit.Server);
            await demo.WithdrawAsync("mainland");
            await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
            await using var home = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
            visit.Allow(app);
            visit.Allow(home);
            app.LeadsOnTo = new Uri(home.RedirectUri, "/home").ToString();

            await visit.GoAsync(Web.Authorize(
                ("redirect_uri", app.RedirectUri.ToString()), ("response_mode", "form_post"), ("state", "a b&c")));
            await SignInAsync(visit);
            await AllowAsync(visit);
            if (!javaScript)
                await visit.FollowAsync(() => visit.Page.Locator("main form button").ClickAsync());

            await visit.ShouldComeToAsync(app.LeadsOnTo);
            Assert.Matches(@"\Acode=[^&]+&state=a\+b%26c\z", Assert.Single(app.Callbacks));
        });

    [Theory, MemberData(nameof(Looks))]
    public Task FC18_The_page_that_posts_is_sound(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.Page.RouteAsync(
            "**/assets/post.js*", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));
        await visit.GoAsync(Web.Authorize(("response_mode", "form_post"), ("display", "x")));
        await visit.ShouldBeSoundAsync("form-post");
        Assert.Contains(visit.IsChinese ? "继续" : "Continue", await visit.WalkAsync());
    });

    private static async Task SignInAsync(Visit visit)
    {
        await visit.Page.Locator("[name=login]").FillAsync("mainland");
        await visit.Page.Locator("[name=password]").FillAsync(DemoData.Password);
        await visit.PressAndFollowAsync("Enter");
    }

    private static Task AllowAsync(Visit visit) =>
        visit.FollowAsync(() => visit.Page.Locator("button[value=Allow]").ClickAsync());
}
