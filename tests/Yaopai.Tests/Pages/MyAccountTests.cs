using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Pages;

/// <summary>The page where people see what they allowed, take it back, and change their password.</summary>
public sealed class MyAccountTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string NewPassword = "battery staple again";

    private readonly TestServer _server = fixture.Server;
    private readonly HuaweiCaller _demo = new(fixture.Server);

    [Fact]
    public async Task Who_is_not_signed_in_signs_in_and_comes_back()
    {
        using var browser = new BrowserClient(_server);

        var page = await SignInAsync(browser, "mainland");

        Assert.Equal(200, page.Status);
        Assert.Contains("小明", page.Html);
        Assert.Contains("no-store", page.Header("Cache-Control"));
        Assert.DoesNotContain("11136000008", page.Html); // masked, here too
    }

    [Fact]
    public async Task Withdrawing_kills_codes_tokens_and_pairs_at_once()
    {
        var code = await _demo.CodeAsync("hongkong", "openid profile");
        var tokens = await _demo.SignInAsync("hongkong", "openid profile");
        using var browser = new BrowserClient(_server);
        var page = await SignInAsync(browser, "hongkong");
        Assert.Contains("Your nickname and picture", page.Html);

        var after = await browser.SubmitAndFollowAsync(page, ("app", _demo.ClientId));

        Assert.Contains("Withdrawn.", after.Html);
        Assert.DoesNotContain("Your nickname and picture", after.Html);
        await (await _demo.ExchangeAsync(code)).ShouldBeAsync(Definitions.Named("Token.CodeRevoked"));
        await (await _demo.RefreshAsync(tokens.Refresh)).ShouldBeAsync(Definitions.Named("Token.RefreshTokenRevoked"));
        await (await _demo.GetTokenInfoAsync(tokens.Access)).ShouldBeAsync(Definitions.Named("GetTokenInfo.TokenRevoked"));
        await (await _demo.RevokeAsync(tokens.Refresh)).ShouldBeAsync(Definitions.Named("Revoke.TokenRevoked"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("{another app}")]
    public async Task Nothing_is_withdrawn_from_an_app_that_was_allowed_nothing(string app)
    {
        var tokens = await _demo.SignInAsync("risky", "openid");
        using var browser = new BrowserClient(_server);
        var page = await SignInAsync(browser, "risky");
        var before = await RevocationsAsync();

        var after = await browser.SubmitAndFollowAsync(
            page, ("app", app is "{another app}" ? HuaweiCaller.Sibling.ClientId.ToString() : app));

        Assert.Contains("Nothing was changed: that app has no access.", after.Html);
        Assert.DoesNotContain("Withdrawn.", after.Html);
        Assert.True(after.Has("app"));
        Assert.Equal(before, await RevocationsAsync());
        await (await _demo.GetTokenInfoAsync(tokens.Access)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
    }

    [Fact]
    public async Task Nothing_is_withdrawn_for_a_form_that_is_not_ours()
    {
        var tokens = await _demo.SignInAsync("russia", "openid");
        using var browser = new BrowserClient(_server);
        await SignInAsync(browser, "russia");

        var forged = await browser.PostAsync("/account", ("app", _demo.ClientId));

        Assert.Equal(400, forged.Status);
        await (await _demo.GetTokenInfoAsync(tokens.Access)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
    }

    [Fact]
    public async Task A_form_of_one_sign_in_is_none_of_another()
    {
        using var browser = new BrowserClient(_server);
        var page = await SignInAsync(browser, "mainland");
        await browser.SubmitAsync(page.Has("app") ? page : await AllowAndShowAsync(browser), ("app", "1"));
        await browser.PostAsync("/sign-out");
        using var other = new BrowserClient(_server);
        await SignInAsync(other, "hongkong");

        Assert.Equal(400, (await other.SubmitAsync(page, ("forgery", page.Forms[0].Preset.Single().Value))).Status);
    }

    [Fact]
    public async Task Another_password_ends_every_sign_in_and_every_token()
    {
        var code = await _demo.CodeAsync("unverified");
        var tokens = await _demo.SignInAsync("unverified");
        using var elsewhere = new BrowserClient(_server);
        await SignInAsync(elsewhere, "unverified");
        using var browser = new BrowserClient(_server);
        await SignInAsync(browser, "unverified");

        var page = await browser.OpenAsync("/account/password");
        var changed = await browser.SubmitAsync(page, ("old", DemoData.Password), ("chosen", NewPassword), ("again", NewPassword));

        Assert.Contains("Your password was changed", changed.Html);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/account")).Location);
        Assert.StartsWith("/sign-in", (await elsewhere.GetAsync("/account")).Location);
        await (await _demo.ExchangeAsync(code)).ShouldBeAsync(Definitions.Named("Token.CodeRevoked"));
        await (await _demo.RefreshAsync(tokens.Refresh)).ShouldBeAsync(Definitions.Named("Token.RefreshTokenRevoked"));
        await (await _demo.GetTokenInfoAsync(tokens.Access)).ShouldBeAsync(Definitions.Named("GetTokenInfo.TokenRevoked"));
        Assert.Equal(200, (await SignInAsync(browser, "unverified", NewPassword)).Status);
    }

    [Theory]
    [InlineData("wrong password", NewPassword, NewPassword, "The current password is wrong.")]
    [InlineData(DemoData.Password, NewPassword, "something else", "The new passwords differ.")]
    [InlineData(DemoData.Password, "short", "short", "8 to 128 characters.")]
    [InlineData(DemoData.Password, "iloveyou", "iloveyou", "is easily guessed.")]
    [InlineData(DemoData.Password, DemoData.Password, DemoData.Password, "is the same as the current one.")]
    public async Task A_password_that_cannot_be_changed_stays(string old, string chosen, string again, string fault)
    {
        using var browser = new BrowserClient(_server);
        await SignInAsync(browser, "nophone");

        var refused = await browser.SubmitAsync(
            await browser.OpenAsync("/account/password"), ("old", old), ("chosen", chosen), ("again", again));

        Assert.Equal(400, refused.Status);
        Assert.Contains(fault, refused.Html);
        Assert.Contains("role=\"alert\"", refused.Html);
        Assert.DoesNotContain(old, refused.Html);
        using var fresh = new BrowserClient(_server);
        Assert.Equal(200, (await SignInAsync(fresh, "nophone")).Status);
    }

    [Fact]
    public async Task No_page_of_an_account_is_framed_kept_scripted_or_told_where_people_came_from()
    {
        using var browser = new BrowserClient(_server);
        var account = await SignInAsync(browser, "mainland");
        var password = await browser.OpenAsync("/account/password");
        var refused = await browser.SubmitAsync(password, ("old", "not this one"), ("chosen", NewPassword), ("again", NewPassword));
        foreach (var page in new[] { account, password, refused })
        {
            Assert.Equal("DENY", page.Header("X-Frame-Options"));
            Assert.StartsWith("default-src 'none'; style-src 'self';", page.Header("Content-Security-Policy"));
            Assert.Contains("frame-ancestors 'none'", page.Header("Content-Security-Policy"));
            Assert.Contains("form-action 'self';", page.Header("Content-Security-Policy"));
            Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
            Assert.Contains("no-store", page.Header("Cache-Control"));
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_password_is_not_changed_by_a_form_that_is_not_ours()
    {
        using var browser = new BrowserClient(_server);
        await SignInAsync(browser, "hongkong");

        var forged = await browser.PostAsync(
            "/account/password", ("old", DemoData.Password), ("chosen", NewPassword), ("again", NewPassword));

        Assert.Equal(400, forged.Status);
        using var fresh = new BrowserClient(_server);
        Assert.Equal(200, (await SignInAsync(fresh, "hongkong")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_itself_and_not_only_the_cookie()
    {
        using var browser = new BrowserClient(_server);
        var page = await SignInAsync(browser, "mainland");
        var session = browser.Cookies.Single(cookie => cookie.Name is "yaopai-session").Value;

        await browser.SubmitAsync(page, ("forgery", page.Forms.Single(form => form.Action is "/sign-out").Preset.Single().Value));

        using var thief = new BrowserClient(_server);
        thief.Plant("yaopai-session", session);
        Assert.StartsWith("/sign-in", (await thief.GetAsync("/account")).Location);
    }

    private async Task<long> RevocationsAsync() => (await fixture.Engine.Database.ReadAsync(
        session => session.ListAsync<long>("SELECT COUNT(*) FROM revocation"), default))[0];

    private async Task<BrowserClient.View> AllowAndShowAsync(BrowserClient browser)
    {
        await _demo.CodeAsync("mainland");
        return await browser.GetAsync("/account");
    }

    private static async Task<BrowserClient.View> SignInAsync(BrowserClient browser, string user, string password = DemoData.Password) =>
        await browser.SubmitAndFollowAsync(await browser.OpenAsync("/account"), ("login", user), ("password", password));
}
