using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The page on which the sandbox's WeChat asks who the person is.</summary>
public sealed class WeChatSandboxPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task Choosing_a_person_is_sound_and_signs_in_at_the_app_with_the_keyboard_alone(Look look) =>
        fixture.VisitAsync(look, async visit =>
        {
            var person = WeChatPeople.Find("xiaowei")!;
            var demo = new IdentityCaller(visit.Server);
            await new WeChatScans(visit.Server, demo.App).BindAsync(person, DemoData.Users[0].Id);
            await using var app = await AppPage.StartAsync(visit.Server, demo.App.ClientId);
            visit.Allow(app);
            await visit.Page.SetExtraHTTPHeadersAsync(new Dictionary<string, string>
            {
                ["User-Agent"] = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50",
            });

            await visit.GoAsync(IdentityCaller.Address(
                "/wechat/mp/authorize", demo.AuthorizeQuery(("redirect_uri", app.RedirectUri.ToString()))));
            await visit.ShouldBeSoundAsync("sandbox-wechat");
            var met = await visit.WalkAsync();
            Assert.Equal(WeChatPeople.All.Select(one => $"{one.Nickname} {one.Name}"), met.TakeLast(WeChatPeople.All.Count));

            await visit.TabToAsync($"{person.Nickname} {person.Name}");
            await visit.PressAndFollowAsync("Enter");
            Assert.StartsWith(app.RedirectUri.ToString(), visit.Page.Url);
            Assert.Equal("s1", visit.Query("state"));
            await (await demo.ExchangeAsync(visit.Query("code")!)).ShouldServeAsync();
        });
}
