using Yaopai.BrowserTests.Harness;
using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>A person and an app, from the first click to the end of what they have with each other. The browser runs no scripts.</summary>
public sealed class JourneyTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string State = "from-the-button";

    public static TheoryData<Look> Looks => Look.Two;

    [Theory, MemberData(nameof(Looks))]
    public Task From_signing_in_to_what_is_refused_once_it_is_withdrawn(Look look) =>
        fixture.VisitAsync(look, javaScript: false, visiting: async visit =>
        {
            var demo = new HuaweiCaller(visit.Server);
            await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
            visit.Allow(app);
            var redirectUri = app.RedirectUri.ToString();

            // Signing in, and consent to a phone number that the person chooses.
            await visit.GoAsync(Web.Authorize(
                ("redirect_uri", redirectUri), ("scope", "openid profile phone"), ("state", State), ("access_type", "offline")));
            await SignInAsync(visit);
            await visit.Page.Locator("input[name=phone]").First.CheckAsync();
            await AnswerAsync(visit, "Allow");

            // The code, a pair of tokens for it, and the number that was chosen.
            Assert.StartsWith(redirectUri, visit.Page.Url);
            Assert.Equal(State, visit.Query("state"));
            var traded = await demo.ExchangeAsync(visit.Query("code")!, ("redirect_uri", redirectUri));
            await traded.ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
            var tokens = await traded.JsonAsync();
            var (access, refresh) = (tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);
            Assert.Equal("11136000008", (await (await demo.GetInfoAsync(access)).JsonAsync()).GetProperty("mobileNumber").GetString());

            // Remembered: the next time nobody asks.
            await visit.GoAsync(Web.Authorize(("redirect_uri", redirectUri), ("scope", "openid profile phone"), ("state", "again")));
            Assert.Equal("again", visit.Query("state"));

            // Withdrawn, and refused.
            await visit.GoAsync("/account");
            await visit.FollowAsync(() => visit.Page.Locator($"button[name=app][value='{demo.ClientId}']").ClickAsync());
            Assert.Equal(0, await visit.Page.Locator("button[name=app]").CountAsync());
            await (await demo.GetTokenInfoAsync(access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
            await (await demo.GetInfoAsync(access)).ShouldBeAsync(HuaweiAccountErrors.GetInfo.SessionTimeout);
            await (await demo.RefreshAsync(refresh)).ShouldBeAsync(HuaweiAccountErrors.Token.RefreshTokenRevoked);
        });

    [Fact]
    public Task Who_refuses_goes_back_with_that_and_nothing_is_remembered() =>
        fixture.VisitAsync(Look.Plain, javaScript: false, visiting: async visit =>
        {
            await using var app = await AppPage.StartAsync(visit.Server, DemoData.Apps[0].ClientId);
            visit.Allow(app);
            await visit.GoAsync(Web.Authorize(("redirect_uri", app.RedirectUri.ToString()), ("scope", "openid profile"), ("state", State)));
            await SignInAsync(visit);
            await AnswerAsync(visit, "Refuse");

            Assert.Equal((State, HuaweiAccountErrors.Authorize.AccessDenied.Code), (visit.Query("state"), visit.Query("sub_error")));
            Assert.Null(visit.Query("code"));
            await visit.GoAsync("/account");
            Assert.Equal(0, await visit.Page.Locator("button[name=app]").CountAsync());
        });

    private static async Task SignInAsync(Visit visit)
    {
        await visit.Page.Locator("[name=login]").FillAsync("mainland");
        await visit.Page.Locator("[name=password]").FillAsync(DemoData.Password);
        await visit.FollowAsync(() => visit.Page.Locator("main button[type=submit]").First.ClickAsync());
    }

    private static Task AnswerAsync(Visit visit, string verdict) =>
        visit.FollowAsync(() => visit.Page.Locator($"button[value={verdict}]").ClickAsync());
}
