using System.Text.Json;
using Microsoft.Playwright;
using Yaopai.BrowserTests.Harness;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Apps;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Storage;

namespace Yaopai.BrowserTests.Pages;

/// <summary>What people do for themselves: an account, two-step sign-in, a forgotten password, and signing out elsewhere.</summary>
public sealed class PeoplePageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct horse again";

    public static TheoryData<Look> Looks => Look.All;

    [Theory, MemberData(nameof(Looks))]
    public Task A_newcomer_signs_up_turns_on_two_steps_and_signs_in_with_them(Look look) => fixture.VisitAsync(
        look,
        async visit =>
        {
            var name = $"newcomer{Samples.NewId()}";
            await visit.GoAsync("/account");
            await visit.ShouldBeSoundAsync("people-sign-in");
            await visit.WalkAsync();
            await visit.TabToAsync(visit.IsChinese ? "注册新账号" : "Create an account");
            await visit.PressAndFollowAsync("Enter");
            await visit.TypeIntoAsync("contact", "nobody");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("sign-up-malformed");
            await visit.Page.Locator("#contact").FillAsync($"{name}@example.com");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("sign-up");
            await visit.WalkAsync();
            await visit.Page.Locator("#code").FillAsync(await CodeAsync(visit, $"{name}@example.com"));
            await visit.Page.Locator("#name").FillAsync(name);
            await visit.Page.Locator("#chosen").FillAsync(Password);
            await visit.Page.Locator("#again").FillAsync(Password);
            await visit.PressAndFollowAsync("Enter");
            Assert.EndsWith("/account", visit.Page.Url);

            await visit.TabToAsync(visit.IsChinese ? "两步验证" : "Two-step sign-in");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("second-factor-setup");
            await visit.WalkAsync();
            var secret = TimeCode.TryReadSecret((await visit.Page.Locator("code.carried").TextContentAsync())!)!;
            await visit.Page.Locator("#code").FillAsync("000000");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("second-factor-wrong");
            await visit.Page.Locator("#code").FillAsync(CodeOf(visit, secret));
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("recovery-codes");
            await visit.WalkAsync();
            var recovery = (await visit.Page.Locator("ol.recovery li").AllTextContentsAsync())[0];
            await visit.TabToAsync(visit.IsChinese ? "我已保存" : "I have saved them");
            await visit.PressAndFollowAsync("Enter");
            await visit.Page.GotoAsync("/account/second-factor");
            await visit.ShouldBeSoundAsync("second-factor-on");
            await visit.WalkAsync();

            await visit.GoAsync("/account");
            await visit.TabToAsync(visit.IsChinese ? "退出登录" : "Sign out");
            await visit.PressAndFollowAsync("Enter");
            await visit.GoAsync("/account");
            await visit.Page.Locator("#login").FillAsync(name);
            await visit.Page.Locator("#password").FillAsync(Password);
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("code");
            await visit.WalkAsync();
            await visit.Page.Locator("summary").PressAsync("Enter");
            await visit.ShouldBeSoundAsync("code-recovery");
            await visit.Page.Locator("#recovery").FillAsync("aaaaa-bbbbb");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("code-wrong");
            await visit.Page.Locator("summary").PressAsync("Enter");
            await visit.Page.Locator("#recovery").FillAsync(recovery);
            await visit.PressAndFollowAsync("Enter");
            Assert.EndsWith("/account", visit.Page.Url);
        },
        javaScript: true);

    [Theory, MemberData(nameof(Looks))]
    public Task Who_forgot_the_password_sets_another_and_sees_where_they_are_signed_in(Look look) => fixture.VisitAsync(
        look,
        async visit =>
        {
            var name = $"forgetful{Samples.NewId()}";
            await visit.Server.Http.PostAsync("/sandbox/users", Json($$"""{"name":"{{name}}"}"""));
            await visit.GoAsync("/account");
            await visit.TabToAsync(visit.IsChinese ? "忘记密码？" : "Forgot your password?");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("forgotten");
            await visit.WalkAsync();
            await visit.Page.Locator("#login").FillAsync(name);
            await visit.Page.Locator("[value=mail]").CheckAsync();
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("forgotten-sent");
            await visit.WalkAsync();
            await SetAsync("000000");
            await visit.ShouldBeSoundAsync("forgotten-wrong");
            await SetAsync(await CodeAsync(visit, $"{name}@demo.example"));
            await visit.ShouldBeSoundAsync("forgotten-done");

            await visit.TabToAsync(visit.IsChinese ? "登录" : "Sign in");
            await visit.PressAndFollowAsync("Enter");
            await SignInAsync(visit.Page);
            await using var elsewhere = await visit.Page.Context.Browser!.NewContextAsync(
                new() { BaseURL = visit.Server.Address.ToString() });
            var other = await elsewhere.NewPageAsync();
            await other.GotoAsync("/account");
            await SignInAsync(other);

            await visit.GoAsync("/account");
            await visit.ShouldBeSoundAsync("account-sessions");
            await visit.WalkAsync();
            await visit.TabToAsync(visit.IsChinese ? "退出所有其他设备" : "Sign out everywhere else");
            await visit.PressAndFollowAsync("Enter");
            await visit.ShouldBeSoundAsync("account-others");
            await other.ReloadAsync();
            Assert.Contains("/sign-in", other.Url);

            async Task SetAsync(string code)
            {
                await visit.Page.Locator("#code").FillAsync(code);
                await visit.Page.Locator("#chosen").FillAsync(Password);
                await visit.Page.Locator("#again").FillAsync(Password);
                await visit.PressAndFollowAsync("Enter");
            }

            async Task SignInAsync(IPage page)
            {
                await page.Locator("#login").FillAsync(name);
                await page.Locator("#password").FillAsync(Password);
                await Visit.FollowAsync(page, () => page.Locator("#password").PressAsync("Enter"));
                Assert.EndsWith("/account", page.Url);
            }
        });

    [Fact]
    public Task All_of_it_works_without_scripts() => fixture.VisitAsync(
        Look.Plain,
        async visit =>
        {
            var name = $"plain{Samples.NewId()}";
            await visit.Server.Http.PostAsync(
                "/sandbox/users", Json($$"""{"name":"{{name}}","totp_secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}"""));
            await visit.GoAsync("/account/second-factor");
            await visit.Page.Locator("#login").FillAsync(name);
            await visit.Page.Locator("#password").FillAsync(DemoData.Password);
            await visit.PressAndFollowAsync("Enter");
            await visit.TypeIntoAsync("code", CodeOf(visit, "12345678901234567890"u8.ToArray()));
            await visit.PressAndFollowAsync("Enter");
            Assert.EndsWith("/account/second-factor", visit.Page.Url);
        },
        javaScript: false);

    private static string CodeOf(Visit visit, byte[] secret) => TimeCode.At(secret, TimeCode.StepAt(visit.Server.Get<IAppClock>().Now));

    private static async Task<string> CodeAsync(Visit visit, string to)
    {
        using var messages = JsonDocument.Parse(await visit.Server.Http.GetStringAsync($"/sandbox/messages?to={Uri.EscapeDataString(to)}"));
        return messages.RootElement.GetProperty("messages")[0].GetProperty("code").GetString()!;
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
