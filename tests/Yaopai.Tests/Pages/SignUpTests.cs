using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.SigningUp;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Pages;

/// <summary>Accounts that people make for themselves. Its clock is moved.</summary>
public sealed class SignUpTests(SignUpTests.Fixture fixture) : IClassFixture<SignUpTests.Fixture>
{
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Verification:CodesPerAddress", "1000")];
    }

    private const string Password = "battery staple again";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_person_proves_a_number_chooses_a_name_and_goes_on_to_the_app()
    {
        var (number, name) = (NewNumber(), NewName());
        using var browser = new BrowserClient(Server);
        var signIn = await browser.OpenAsync(Web.Authorize(("state", "s1")));
        var page = await browser.OpenAsync(WebUtility.HtmlDecode(Regex.Match(signIn.Html, "href=\"(/sign-up[^\"]+)\"").Groups[1].Value));

        var sent = await browser.SubmitAndFollowAsync(page, ("contact", number), ("step", "send"));
        var consent = await browser.OpenAsync((await CreateAsync(browser, sent, await CodeAsync(number), name)).Location!);

        Assert.Equal("s1", (await browser.SubmitAndFollowAsync(consent, ("verdict", "Allow"))).Sent("state"));
        var account = (await Server.Get<IAccountStore>().FindByNameAsync(name, default))!;
        Assert.Equal(("CN", number), (account.Region, $"+{account.ProvedPhone!.CallingCode}{account.ProvedPhone.National}"));
        using var other = new BrowserClient(Server);
        Assert.Contains(name, (await SignInAsync(other, number)).Html);
    }

    [Fact]
    public async Task A_mail_address_will_do_and_is_verified_by_then()
    {
        var (mail, name) = ($"Person.{Samples.NewId()}@Example.com", NewName());
        using var browser = new BrowserClient(Server);

        var created = await CreateAsync(browser, await AskAsync(browser, mail), await CodeAsync(mail), name);

        Assert.Equal("/account", created.Location);
        var account = (await Server.Get<IAccountStore>().FindByNameAsync(name, default))!;
        Assert.Equal((mail, true), (account.Email, account.EmailVerified));
        Assert.Empty(account.Phones);
    }

    [Fact]
    public async Task A_number_that_has_an_account_is_answered_as_one_that_has_none_and_its_holder_is_told()
    {
        var free = NewNumber();
        using var browser = new BrowserClient(Server);
        using var other = new BrowserClient(Server);

        var (known, unknown) = (await AskAsync(browser, "+8611136000008"), await AskAsync(other, free)); // mainland's is of no network
        Assert.Equal(400, known.Status); // and so no mobile number
        var holder = NewNumber();
        await Server.Http.PostAsJsonAsync("/sandbox/users", new { name = NewName(), phone = holder });
        known = await AskAsync(browser, holder);

        Assert.Equal(Shape(unknown, free), Shape(known, holder));
        Assert.Equal(["has_account"], await KindsAsync(holder));
        Assert.Equal(400, (await CreateAsync(browser, known, "000000", NewName())).Status);
        Assert.Equal(400, (await CreateAsync(other, unknown, "000000", NewName())).Status);
        Assert.Equal((429, 429), ((await AskAsync(browser, holder)).Status, (await AskAsync(other, free)).Status));
    }

    [Fact]
    public async Task Names_are_told_to_be_taken_to_who_has_proved_something_alone_and_five_times_at_most()
    {
        var number = NewNumber();
        using var browser = new BrowserClient(Server);
        var sent = await AskAsync(browser, number);

        Assert.DoesNotContain("is taken", (await CreateAsync(browser, sent, "000000", "mainland")).Html);
        var code = await CodeAsync(number);
        for (var name = 0; name < 4; name++)
            Assert.Contains("is taken", (await CreateAsync(browser, sent, code, "Mainland")).Html);

        var last = await CreateAsync(browser, sent, code, "hongkong");
        Assert.Contains("wrong or has expired", last.Html);
    }

    [Theory]
    [InlineData("short", "8 to 128 characters")]
    [InlineData("password1", "easily guessed")]
    [InlineData("{name}", "easily guessed")]
    [InlineData("{number}", "easily guessed")]
    public async Task The_rules_for_passwords_hold_here_too_and_a_slip_costs_no_try(string chosen, string fault)
    {
        var (number, name) = (NewNumber(), NewName());
        using var browser = new BrowserClient(Server);
        var sent = await AskAsync(browser, number);
        var code = await CodeAsync(number);
        chosen = chosen.Replace("{name}", name, StringComparison.Ordinal).Replace("{number}", number[3..], StringComparison.Ordinal);
        for (var slip = 0; slip < 6; slip++)
            Assert.Contains(fault, (await CreateAsync(browser, sent, code, name, chosen)).Html);

        Assert.Equal(303, (await CreateAsync(browser, sent, code, name)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b")]
    [InlineData("a b@example.com")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("12345")]
    public async Task What_is_no_number_and_no_mail_address_is_sent_nothing(string typed)
    {
        using var browser = new BrowserClient(Server);
        var before = (await KindsAsync("")).Length;

        var refused = await AskAsync(browser, typed);

        Assert.Equal(400, refused.Status);
        Assert.Equal(before, (await KindsAsync("")).Length);
    }

    [Fact]
    public async Task A_code_makes_one_account_whoever_comes_at_once()
    {
        var number = NewNumber();
        using var browser = new BrowserClient(Server);
        await AskAsync(browser, number);
        var code = await CodeAsync(number);
        var contact = SignUpContact.Read(number)!;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Server.Get<SignUp>()
            .CreateAsync(contact, code, NewName(), Password, IPAddress.Parse("198.51.100.7"), default))));

        Assert.Single(outcomes, outcome => outcome.Outcome is SignUpOutcome.SignedUp);
    }

    [Fact]
    public async Task Nothing_is_made_by_a_form_that_is_not_ours_and_a_planted_session_is_not_used()
    {
        var (number, name) = (NewNumber(), NewName());
        using var browser = new BrowserClient(Server);
        browser.Plant("yaopai-session", "planted");
        var sent = await AskAsync(browser, number);
        var code = await CodeAsync(number);

        Assert.Equal(400, (await browser.PostAsync(
            "/sign-up", ("step", "create"), ("code", code), ("name", name), ("chosen", Password), ("again", Password))).Status);
        Assert.Null(await Server.Get<IAccountStore>().FindByNameAsync(name, default));
        Assert.Equal(303, (await CreateAsync(browser, sent, code, name)).Status);
        Assert.NotEqual("planted", browser.Cookies.Single(cookie => cookie.Name is "yaopai-session").Value);
    }

    [Fact]
    public async Task It_is_off_outside_the_sandbox_until_it_is_switched_on()
    {
        (string, string)[] production =
        [
            ("Sandbox:Enabled", "false"), ("Verification:Webhook", "https://sms.example/"),
            ("Verification:WebhookSecret", new string('s', 32)),
        ];
        await using var off = await TestServer.StartAsync(fixture.Engine, production);
        await using var on = await TestServer.StartAsync(fixture.Engine, [.. production, ("SignUp:Enabled", "true")]);
        using var browser = new BrowserClient(off);
        using var other = new BrowserClient(on);

        Assert.Equal(404, (await browser.GetAsync("/sign-up")).Status);
        Assert.DoesNotContain("/sign-up", (await browser.OpenAsync("/account")).Html);
        Assert.Equal(200, (await other.GetAsync("/sign-up")).Status);
        Assert.Contains("/sign-up", (await other.OpenAsync("/account")).Html);
    }

    private static string NewNumber() => $"+861380{Samples.NewId() % 10_000_000:d7}";

    private static string NewName() => $"newcomer-{Samples.NewId()}";

    private static string Shape(BrowserClient.View page, string contact) => Regex.Replace(
        WebUtility.HtmlDecode(page.Html).Replace(contact, "{contact}", StringComparison.Ordinal), "value=\"Dg[^\"]+\"", "{token}");

    private static async Task<BrowserClient.View> AskAsync(BrowserClient browser, string contact)
    {
        var page = await browser.OpenAsync("/sign-up");
        if (page.Has("code"))
            page = await browser.SubmitAndFollowAsync(page, ("step", "other"));
        return await browser.SubmitAndFollowAsync(page, ("contact", contact), ("step", "send"));
    }

    private static Task<BrowserClient.View> CreateAsync(
        BrowserClient browser, BrowserClient.View page, string code, string name, string chosen = Password) =>
        browser.SubmitAsync(page, ("code", code), ("name", name), ("chosen", chosen), ("again", chosen), ("step", "create"));

    private static async Task<BrowserClient.View> SignInAsync(BrowserClient browser, string login) =>
        await browser.SubmitAndFollowAsync(await browser.OpenAsync("/account"), ("login", login), ("password", Password));

    private async Task<string> CodeAsync(string to) => (await MessagesAsync(to))[0].GetProperty("code").GetString()!;

    private async Task<string?[]> KindsAsync(string to) =>
        [.. (await MessagesAsync(to)).Select(message => message.GetProperty("kind").GetString())];

    private async Task<JsonElement[]> MessagesAsync(string to) =>
    [
        .. (await Server.Http.GetFromJsonAsync<JsonElement>($"/sandbox/messages?to={Uri.EscapeDataString(to)}"))
            .GetProperty("messages").EnumerateArray(),
    ];
}
