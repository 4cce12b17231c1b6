using System.Net.Http.Json;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors.Authorize;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.OAuth;

/// <summary>What an app asks of the sign-in itself (OpenID Connect Core §3.1.2.1).</summary>
public sealed class PromptTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    [Fact]
    public async Task FC19_an_app_that_wants_no_page_is_told_which_one_is_missing()
    {
        await _demo.WithdrawAsync("mainland");
        using var browser = new BrowserClient(fixture.Server);
        await ShouldBeToldAsync(browser, "login_required", ("prompt", "none"));

        await SignInAsync(browser, await browser.OpenAsync(Web.Authorize()));
        await ShouldBeToldAsync(browser, "consent_required", ("prompt", "none"));

        await browser.AgreeAsync(Web.Authorize(("scope", "openid quickLoginMobilePhone")), verdict: "OneTap");
        Assert.NotNull((await browser.GetAsync(Web.Authorize(("prompt", "none")))).Sent("code"));
        await ShouldBeToldAsync(browser, "interaction_required", ("prompt", "none"), ("scope", "quickLoginMobilePhone openid"));
        await ShouldBeToldAsync(browser, "login_required", ("prompt", "none"), ("max_age", "0"));
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    public async Task FC19_a_password_is_asked_for_again_where_the_app_wants_it_and_once(string name, string value)
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();

        var page = await browser.OpenAsync(Web.Authorize((name, value), ("state", "s1")));
        Assert.True(page.Has("password"));
        page = await browser.SubmitAndFollowAsync(page, ("login", "mainland"), ("password", "wrong"));
        Assert.True(page.Has("password"));
        var done = await SignInAsync(browser, page);
        Assert.Equal("s1", done.Sent("state"));
        Assert.NotNull(done.Sent("code"));

        Assert.True((await browser.OpenAsync(Web.Authorize((name, value), ("state", "s1")))).Has("password"));
        Assert.True((await browser.OpenAsync(Web.Authorize((name, value), ("asked", "forged")))).Has("password"));
    }

    [Fact]
    public async Task FC19_a_sign_in_that_is_younger_than_the_app_wants_will_do()
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();
        await using var server = await MovedAsync("PT2M");

        Assert.NotNull((await browser.GetAsync(Web.Authorize(("max_age", "300")))).Sent("code"));
        Assert.True((await browser.OpenAsync(Web.Authorize(("max_age", "60")))).Has("password"));
    }

    [Theory]
    [InlineData("consent")]
    [InlineData("select_account")]
    [InlineData("select_account consent")]
    public async Task FC19_a_person_is_asked_though_they_allowed_it_before(string prompt)
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();

        var page = await browser.OpenAsync(Web.Authorize(("prompt", prompt)));
        Assert.True(page.Has("verdict"));
        Assert.NotNull((await browser.SubmitAndFollowAsync(page, ("verdict", "Allow"))).Sent("code"));
        Assert.True((await browser.OpenAsync(Web.Authorize(("prompt", prompt)))).Has("verdict"));
    }

    [Fact]
    public async Task FC19_an_app_that_means_somebody_gets_nobody_else()
    {
        var mainland = (await _demo.SignInAsync("mainland")).Id;
        var hongkong = (await _demo.SignInAsync("hongkong")).Id;
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();

        Assert.NotNull((await browser.GetAsync(Web.Authorize(("prompt", "none"), ("id_token_hint", mainland)))).Sent("code"));
        await ShouldBeToldAsync(browser, "login_required", ("prompt", "none"), ("id_token_hint", hongkong));
        await ShouldBeToldAsync(browser, "login_required", ("prompt", "none"), ("id_token_hint", mainland + "A"));
        Assert.NotNull((await browser.GetAsync(Web.Authorize(("id_token_hint", "no.id.token")))).Sent("code")); // it says nothing

        var page = await browser.OpenAsync(Web.Authorize(("id_token_hint", hongkong)));
        Assert.True(page.Has("password"));
        (await SignInAsync(browser, page)).Response.ShouldSay(Web.Redirect, E.AccessDenied, state: null, "login_required");
        var other = await SignInAsync(browser, await browser.OpenAsync(Web.Authorize(("id_token_hint", hongkong))), "hongkong");
        Assert.NotNull((other.Has("verdict") ? await browser.SubmitAndFollowAsync(other, ("verdict", "Allow")) : other).Sent("code"));
    }

    private static Task<BrowserClient.View> SignInAsync(BrowserClient browser, BrowserClient.View page, string user = "mainland") =>
        browser.SubmitAndFollowAsync(page, ("login", user), ("password", DemoData.Password));

    private static async Task ShouldBeToldAsync(BrowserClient browser, string told, params (string, string?)[] parameters) =>
        (await browser.GetAsync(Web.Authorize([.. parameters, ("state", "s1")]))).Response.ShouldSay(
            Web.Redirect, E.AccessDenied, "s1", told);

    private async Task<IAsyncDisposable> MovedAsync(string duration)
    {
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration });
        return new Moved(fixture.Server);
    }

    private sealed class Moved(TestServer server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => (await server.Http.DeleteAsync("/sandbox/clock")).Dispose();
    }
}
