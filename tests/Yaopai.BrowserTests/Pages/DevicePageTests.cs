using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The page on which a person lets a device sign in.</summary>
public sealed class DevicePageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task Typing_a_code_and_allowing_its_device_are_sound_and_done_with_the_keyboard_alone(Look look) =>
        fixture.VisitAsync(look, async visit =>
        {
            var demo = new HuaweiCaller(visit.Server);
            var device = await demo.DeviceAsync("openid profile phone");

            await visit.GoAsync(Web.Device(null));
            await visit.ShouldBeSoundAsync("device-code");
            await visit.WalkAsync();

            await visit.Page.Locator("[name=user_code]").FillAsync("BBBB-BBBB");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("device-code-wrong");

            await visit.Page.Locator("[name=user_code]").FillAsync(device.UserCode);
            await visit.PressAndFollowAsync("Enter");
            await visit.Page.Locator("[name=login]").FillAsync("mainland");
            await visit.Page.Locator("[name=password]").FillAsync(DemoData.Password);
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("device");
            await visit.WalkAsync();

            await visit.TabToAsync(visit.IsChinese ? "同意" : "Allow");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("device-allowed");
            Assert.True((await (await demo.PollAsync(device)).JsonAsync()).TryGetProperty("access_token", out _));
        });
}
