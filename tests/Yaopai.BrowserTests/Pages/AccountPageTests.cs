using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Pages;

/// <summary>What people see of themselves: what they allowed, and their password.</summary>
public sealed class AccountPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task The_account_and_its_password_are_sound_and_used_with_the_keyboard_alone(Look look) =>
        fixture.VisitAsync(look, async visit =>
        {
            await new HuaweiCaller(visit.Server).CodeAsync("mainland", "openid profile email phone");
            await new HuaweiCaller(visit.Server, HuaweiCaller.Sibling).CodeAsync("mainland", "openid");

            await visit.GoAsync("/account");
            await visit.Page.Locator("[name=login]").FillAsync("mainland");
            await visit.Page.Locator("[name=password]").FillAsync(DemoData.Password);
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("account");
            await visit.WalkAsync();

            await visit.TabToAsync(visit.IsChinese ? "取消授权：demo-sibling" : "Withdraw access from demo-sibling");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("account-withdrawn");

            await visit.TabToAsync(visit.IsChinese ? "修改密码" : "Change your password");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("password");
            await visit.WalkAsync();

            await visit.Page.Locator("[name=old]").FillAsync("not this one");
            await visit.Page.Locator("[name=chosen]").FillAsync("a longer password");
            await visit.Page.Locator("[name=again]").FillAsync("a longer password");
            await visit.PressAndFollowAsync("Enter");
            Assert.Equal(400, visit.Status);
            await visit.ShouldBeSoundAsync("password-wrong");
        });
}
