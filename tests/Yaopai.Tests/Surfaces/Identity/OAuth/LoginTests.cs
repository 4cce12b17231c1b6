using System.Net.Http.Json;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Tests.Surfaces.Identity.OAuth;

public sealed class LoginTests(LoginTests.Fixture fixture) : IClassFixture<LoginTests.Fixture>
{
    /// <summary>Its clock is moved, and addresses are locked out.</summary>
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Gateway:Proxies:0", "127.0.0.0/8")];
    }

    private readonly IdentityCaller _demo = new(fixture.Server);

    [Fact]
    public async Task A_person_is_asked_to_agree_and_then_the_app_gets_its_code()
    {
        using var browser = NewBrowser();
        var person = await PersonAsync();
        var answer = await LoginAsync(browser, person);
        Assert.StartsWith("/identity/oauth2/authorize?appid=100000001&", answer.Location);
        Assert.DoesNotContain("password", answer.Location);

        var done = await browser.AgreeAsync(answer.Location);
        Assert.NotNull(done.Sent("code"));

        using var again = NewBrowser();
        var straight = await LoginAsync(again, person);
        Assert.StartsWith(_demo.App.RedirectUri + "?code=", straight.Location);
        Assert.Equal("s1", straight.Sent("state"));
        await (await _demo.ExchangeAsync(straight.Sent("code")!)).ShouldServeAsync();
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_an_account_and_the_right_one_is_of_no_use_until_it_is_over()
    {
        using var browser = NewBrowser();
        var person = await PersonAsync();
        var address = From();
        for (var i = 0; i < 5; i++)
            await ShouldRefuseAsync(browser, person, "wrong", E.PasswordIncorrect, From());

        await ShouldRefuseAsync(browser, person, DemoData.Password, E.SignInThrottled, address);
        await using var other = await TestServer.StartAsync(fixture.Engine);
        using var elsewhere = browser.At(other);
        elsewhere.Always("Sec-Fetch-Site", "same-origin");
        await ShouldRefuseAsync(elsewhere, person, DemoData.Password, E.SignInThrottled); // the count is the same for all nodes

        await AdvanceAsync("PT14M59S");
        await ShouldRefuseAsync(browser, person, DemoData.Password, E.SignInThrottled, address);
        await AdvanceAsync("PT1S");
        Assert.NotNull((await LoginAsync(browser, person, from: address)).Location);
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");
    }

    [Fact]
    public async Task Five_wrong_passwords_from_one_address_lock_the_address()
    {
        using var browser = NewBrowser();
        var address = From();
        for (var i = 0; i < 5; i++)
            await ShouldRefuseAsync(browser, await PersonAsync(), "wrong", E.PasswordIncorrect, address);

        var person = await PersonAsync();
        await ShouldRefuseAsync(browser, person, DemoData.Password, E.SignInThrottled, address);
        Assert.NotNull((await LoginAsync(browser, person, from: From())).Location);
    }

    [Fact]
    public async Task A_success_forgets_the_failures()
    {
        using var browser = NewBrowser();
        var (person, address) = (await PersonAsync(), From());
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++)
                await ShouldRefuseAsync(browser, person, "wrong", E.PasswordIncorrect, address);

            Assert.NotNull((await LoginAsync(browser, person, from: address)).Location);
        }
    }

    [Fact]
    public async Task The_address_of_an_apps_server_is_not_punished_for_slips_of_its_people()
    {
        using var server = new BrowserClient(fixture.Server);
        var address = From();
        for (var i = 0; i < 8; i++)
            await ShouldRefuseAsync(
                server, await PersonAsync(), "wrong", E.PasswordIncorrect, address, ("secret", _demo.App.ClientSecret));

        var person = await PersonAsync();
        Assert.NotNull((await LoginAsync(server, person, from: address, more: ("secret", _demo.App.ClientSecret))).Location);
        await ShouldRefuseAsync(server, person, DemoData.Password, E.AppSecretIncorrect, address, ("secret", "wrong"));
    }

    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "secret",   "wrong",             nameof(E.AppSecretIncorrect) },
        { "username", null,                nameof(E.PasswordIncorrect) },
        { "username", "",                  nameof(E.PasswordIncorrect) },
        { "password", null,                nameof(E.PasswordIncorrect) },
        { "username", "nobody",            nameof(E.PasswordIncorrect) },
        { "username", "locked",            nameof(E.PasswordIncorrect) },
        { "password", "wrong",             nameof(E.PasswordIncorrect) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_error(string parameter, string? value, string expected)
    {
        using var browser = NewBrowser();
        (string Name, string? Value)[] good = [("username", await PersonAsync()), ("password", DemoData.Password)];
        fixture.Server.ForwardedFor = From();
        var page = await browser.AskAsync(
            "/identity/oauth2/login",
            [.. _demo.AuthorizeQuery(), .. good.Where(one => one.Name != parameter), .. new[] { (parameter, value) }]);
        fixture.Server.ForwardedFor = null;
        await page.Response.ShouldBeAsync(IdentityCaller.Named(expected));
    }

    [Fact]
    public async Task What_is_wrong_with_the_request_is_said_before_anybody_signs_in()
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.AskAsync(
            "/identity/oauth2/login", [.. _demo.AuthorizeQuery(("redirect_uri", "https://evil.example/")), ("username", "mainland")]);
        await page.Response.ShouldBeAsync(E.RedirectUriUnregistered);
        var told = await browser.AskAsync("/identity/oauth2/login", [.. _demo.AuthorizeQuery(("scope", "made_up")), ("username", "x")]);
        told.Response.ShouldTellIdentityApp(_demo.App.RedirectUri, E.ScopeInvalid, "s1");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_of_a_foreign_page_signs_nobody_in(string header, string value)
    {
        using var browser = new BrowserClient(fixture.Server);
        browser.Always(header, value);
        await ShouldRefuseAsync(browser, await PersonAsync(), DemoData.Password, E.TypeForbidden);
        Assert.Empty(browser.Cookies);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("null", null)]
    [InlineData("null", "none")]
    public async Task A_program_signs_nobody_in_without_the_secret_of_the_app(string? origin, string? site)
    {
        using var program = new BrowserClient(fixture.Server);
        if (origin is not null)
            program.Always("Origin", origin);
        if (site is not null)
            program.Always("Sec-Fetch-Site", site);
        var person = await PersonAsync();
        fixture.Server.ForwardedFor = From();
        var view = await program.AskAsync(
            "/identity/oauth2/login", [.. _demo.AuthorizeQuery(), ("username", person), ("password", DemoData.Password)]);
        fixture.Server.ForwardedFor = null;
        await view.Response.ShouldBeAsync(E.TypeForbidden);
        Assert.Empty(program.Cookies);
    }

    /// <summary>With a page of this server.</summary>
    private BrowserClient NewBrowser()
    {
        var browser = new BrowserClient(fixture.Server);
        browser.Always("Sec-Fetch-Site", "same-origin");
        return browser;
    }

    private Task<HttpResponseMessage> AdvanceAsync(string duration) =>
        fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration });

    private static int s_addresses;

    /// <summary>An address that nobody else comes from.</summary>
    private static string From() => $"198.51.100.{Interlocked.Increment(ref s_addresses)}";

    private async Task<string> PersonAsync()
    {
        var accounts = fixture.Server.Get<IAccountStore>();
        var account = Samples.NewAccount() with { PasswordHash = (await accounts.FindByNameAsync("mainland", default))!.PasswordHash };
        Assert.True(await accounts.TryAddAsync(account, default));
        return account.Name;
    }

    private async Task<BrowserClient.View> LoginAsync(
        BrowserClient browser, string person, string password = DemoData.Password, string? from = null,
        params (string, string?)[] more)
    {
        fixture.Server.ForwardedFor = from ?? From();
        var view = await browser.AskAsync(
            "/identity/oauth2/login", [.. _demo.AuthorizeQuery(), ("username", person), ("password", password), .. more]);
        fixture.Server.ForwardedFor = null;
        return view;
    }

    private async Task ShouldRefuseAsync(
        BrowserClient browser, string person, string password, ErrorDefinition expected, string? from = null,
        params (string, string?)[] more) =>
        await (await LoginAsync(browser, person, password, from, more)).Response.ShouldBeAsync(expected);
}
