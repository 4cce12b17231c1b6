using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Pages;

/// <summary>A password that was forgotten, and what somebody may try who has forgotten none. Its clock is moved.</summary>
public sealed class ForgottenTests(ForgottenTests.Fixture fixture) : IClassFixture<ForgottenTests.Fixture>
{
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Gateway:Proxies:0", "127.0.0.0/8"), ("Gateway:Proxies:1", "::1/128"), ("Verification:CodesPerAddress", "1000")];
    }

    private const string NewPassword = "battery staple again";

    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData("mail")]
    [InlineData("phone")]
    public async Task A_code_gives_another_password_and_ends_every_sign_in_and_token(string way)
    {
        var (id, name, number) = await NewPersonAsync();
        var demo = new HuaweiCaller(Server);
        var tokens = await demo.SignInAsync(name);
        using var elsewhere = new BrowserClient(Server);
        await SignInAsync(elsewhere, name, DemoData.Password);
        using var browser = new BrowserClient(Server);

        var sent = await AskAsync(browser, name, way);
        Assert.Contains(name, sent.Html);
        var done = await SetAsync(browser, sent, await CodeAsync(way is "mail" ? $"{name}@demo.example" : number));

        Assert.Contains("Your password was reset", done.Html);
        Assert.StartsWith("/sign-in?", (await elsewhere.GetAsync("/account")).Location);
        await (await demo.RefreshAsync(tokens.Refresh)).ShouldBeAsync(HuaweiAccountErrors.Token.RefreshTokenRevoked);
        await (await demo.GetTokenInfoAsync(tokens.Access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
        Assert.StartsWith("/sign-in?", (await browser.GetAsync("/account")).Location); // nobody is signed in by it
        Assert.Contains("Your account", (await SignInAsync(browser, name, NewPassword)).Html);
        Assert.Contains(await KindsAsync($"{name}@demo.example"), kind => kind is "password_changed");
        Assert.True(id > 0);
    }

    [Fact]
    public async Task The_way_leads_back_to_the_app_that_sent_the_person()
    {
        var (_, name, _) = await NewPersonAsync();
        using var browser = new BrowserClient(Server);
        var signIn = await browser.OpenAsync(Web.Authorize(("state", "s1")));
        var forgotten = LinkOn(signIn, "Forgot your password?");

        var sent = await browser.SubmitAndFollowAsync(
            await browser.OpenAsync(forgotten), ("login", name), ("way", "mail"), ("step", "send"));
        var done = await SetAsync(browser, sent, await CodeAsync($"{name}@demo.example"));
        var back = await browser.OpenAsync(LinkOn(done, "Sign in"));
        var consent = await browser.SubmitAndFollowAsync(back, ("login", name), ("password", NewPassword));

        Assert.Equal("s1", (await browser.SubmitAndFollowAsync(consent, ("verdict", "Allow"))).Sent("state"));
    }

    public static TheoryData<string, string> Nobodies { get; } = new()
    {
        { "nobody at all", "mail" },
        { "nobody at all", "phone" },
        { "+8613900000000", "phone" },
        { "nophone", "phone" },     // has no number
        { "locked", "mail" },       // may not sign in
        { "recycled", "phone" },
        { "risky", "mail" },        // an address that nobody has proved
        { "' OR 1=1 --", "mail" },
    };

    [Theory, MemberData(nameof(Nobodies))]
    public async Task Whoever_cannot_be_sent_a_code_is_answered_as_everybody_else(string login, string way)
    {
        var (_, name, _) = await NewPersonAsync();
        using var browser = new BrowserClient(Server);
        using var other = new BrowserClient(Server);
        await Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT2M" });
        var before = (await KindsAsync("")).Length;

        var (known, unknown) = (await AskAsync(browser, name, way), await AskAsync(other, login, way));

        Assert.Equal(before + 1, (await KindsAsync("")).Length);
        Assert.Equal(Shape(known, name), Shape(unknown, login));
        var (wrong, none) = (await SetAsync(browser, known, "000000"), await SetAsync(other, unknown, "000000"));
        Assert.Equal((400, 400), (wrong.Status, none.Status));
        Assert.Equal(Shape(wrong, name), Shape(none, login));
        Assert.Equal((429, 429), ((await AskAsync(browser, name, way)).Status, (await AskAsync(other, login, way)).Status)); // a moment ago
    }

    [Fact]
    public async Task As_much_is_written_for_nobody_as_for_somebody()
    {
        var (_, name, _) = await NewPersonAsync();
        using var browser = new BrowserClient(Server);
        var counts = new List<long>();
        foreach (var login in new[] { name, $"nobody-{Guid.NewGuid():n}" })
        {
            var before = await RowsAsync();
            using var one = new BrowserClient(Server);
            await AskAsync(one, login, "mail");
            counts.Add(await RowsAsync() - before);
        }

        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public async Task Five_tries_a_code_and_the_right_one_is_of_no_use_after_them()
    {
        var (_, name, _) = await NewPersonAsync();
        using var browser = new BrowserClient(Server);
        var sent = await AskAsync(browser, name, "mail");
        var code = await CodeAsync($"{name}@demo.example");
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(400, (await SetAsync(browser, sent, Wrong(code))).Status);

        Assert.Equal(400, (await SetAsync(browser, sent, code)).Status);
        Assert.Contains("Your account", (await SignInAsync(browser, name, DemoData.Password)).Html);
    }

    [Fact]
    public async Task A_slip_in_the_password_costs_no_try_and_no_code()
    {
        var (_, name, _) = await NewPersonAsync();
        using var browser = new BrowserClient(Server);
        var sent = await AskAsync(browser, name, "mail");
        var code = await CodeAsync($"{name}@demo.example");
        for (var slip = 0; slip < 6; slip++)
        {
            Assert.Contains("8 to 128 characters", (await SetAsync(browser, sent, code, "short")).Html);
            Assert.Contains("easily guessed", (await SetAsync(browser, sent, code, "password1")).Html);
            Assert.Contains("six digits. Type", (await SetAsync(browser, sent, "12345")).Html);
        }

        var again = await SetAsync(browser, sent, code);
        Assert.Contains("Your password was reset", again.Html);
        Assert.Equal(303, (await SetAsync(browser, sent, code)).Status); // it is asked for anew
    }

    [Fact]
    public async Task A_code_lasts_ten_minutes_and_is_for_the_address_that_it_went_to()
    {
        var (_, name, _) = await NewPersonAsync();
        using var browser = new BrowserClient(Server);
        var sent = await AskAsync(browser, name, "mail");
        var code = await CodeAsync($"{name}@demo.example");
        await Server.Http.PutAsJsonAsync($"/sandbox/users/{name}", new { email = $"other-{name}@demo.example", email_verified = true });
        Assert.Equal(400, (await SetAsync(browser, sent, code)).Status);

        await Server.Http.PutAsJsonAsync($"/sandbox/users/{name}", new { email = $"{name}@demo.example", email_verified = true });
        await Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT10M" });
        Assert.Equal(400, (await SetAsync(browser, sent, code)).Status);
    }

    [Fact]
    public async Task A_login_gets_ten_codes_a_day_and_all_logins_of_a_person_no_more_than_that()
    {
        var (_, name, number) = await NewPersonAsync();
        using var browser = new BrowserClient(Server);
        for (var asked = 0; asked < 10; asked++)
        {
            await Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT1M1S" });
            Assert.Equal(200, (await AskAsync(browser, name, "mail")).Status);
        }

        await Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT1M1S" });
        Assert.Equal(429, (await AskAsync(browser, name, "mail")).Status);
        Assert.Equal(200, (await AskAsync(browser, number, "mail")).Status); // which says nothing of whose number it is
        Assert.Equal(10, (await KindsAsync($"{name}@demo.example")).Length); // and nothing was sent
    }

    [Fact]
    public async Task An_address_that_tries_codes_of_many_people_is_locked_out()
    {
        await using var server = await TestServer.StartAsync(
            fixture.Engine, ("SignIn:FailuresPerAddress", "4"), ("Gateway:Proxies:0", "127.0.0.0/8"), ("Gateway:Proxies:1", "::1/128"));
        server.ForwardedFor = "203.0.113.50";
        using var browser = new BrowserClient(server);
        for (var guess = 0; guess < 4; guess++)
        {
            var sent = await AskAsync(browser, $"somebody{guess}", "mail");
            Assert.Equal(400, (await SetAsync(browser, sent, "000000")).Status);
            await browser.SubmitAsync(sent, ("step", "other"));
        }

        var (_, name, _) = await NewPersonAsync();
        var last = await AskAsync(browser, name, "mail");
        Assert.Equal(429, (await SetAsync(browser, last, "000000")).Status);
        server.ForwardedFor = "203.0.113.51";
        Assert.Equal(400, (await SetAsync(browser, last, "000000")).Status);
    }

    [Fact]
    public async Task It_ends_a_lockout_but_takes_no_second_factor_away()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        for (var guess = 0; guess < 6; guess++)
        {
            await Server.Get<SignIn>().TryCodeAsync(
                new CodeAttempt(person.Id, "000000", IPAddress.Parse("198.51.100.9"), "", IsSignIn: true), default);
        }

        using var browser = new BrowserClient(Server);
        var sent = await AskAsync(browser, person.Name, "mail");
        await SetAsync(browser, sent, await CodeAsync($"{person.Name}@demo.example"));

        var asked = await SignInAsync(browser, person.Name, NewPassword);
        Assert.Contains("Enter your code", asked.Html);
        Assert.Equal(429, (await browser.SubmitAsync(asked, ("code", await person.CodeAsync()))).Status); // its codes stay locked
    }

    [Fact]
    public async Task No_message_holds_an_address_of_the_server_whatever_name_it_is_asked_by()
    {
        var (_, name, _) = await NewPersonAsync();
        using var browser = new BrowserClient(Server);
        browser.Always("Host", "evil.example");
        browser.Always("X-Forwarded-Host", "evil.example");
        await AskAsync(browser, name, "mail");

        var messages = await Server.Http.GetStringAsync($"/sandbox/messages?to={name}@demo.example");
        Assert.DoesNotContain("evil", messages);
        Assert.DoesNotContain("http", messages);
    }

    [Fact]
    public async Task Nothing_is_sent_and_nothing_set_by_a_form_that_is_not_ours()
    {
        var (_, name, _) = await NewPersonAsync();
        using var browser = new BrowserClient(Server);
        var sent = await AskAsync(browser, name, "mail");
        var code = await CodeAsync($"{name}@demo.example");
        (string, string?)[] set = [("step", "set"), ("code", code), ("chosen", NewPassword), ("again", NewPassword)];

        Assert.Equal(400, (await browser.PostAsync("/forgotten", set)).Status);
        Assert.Equal(400, (await browser.SubmitAsync(sent, [("Origin", "https://evil.example")], set)).Status);
        using var thief = new BrowserClient(Server); // with the visit of the browser, and without its id
        await thief.OpenAsync("/forgotten");
        thief.Plant("yaopai-forgotten", browser.Cookies.Single(cookie => cookie.Name is "yaopai-forgotten").Value);
        Assert.False((await thief.OpenAsync("/forgotten")).Has("code"));
        Assert.Contains("Your account", (await SignInAsync(browser, name, DemoData.Password)).Html);
    }

    [Fact]
    public async Task The_page_leads_to_no_address_that_a_caller_made_up()
    {
        using var browser = new BrowserClient(Server);
        string[] made = ["/forgotten?request=https://evil.example", "/forgotten?return=//evil.example", "/sign-up?request=//evil.example"];
        foreach (var address in made)
            Assert.DoesNotContain("href=\"//evil", (await browser.OpenAsync(address)).Html);
    }

    [Fact]
    public async Task Without_a_way_to_anybody_there_is_no_such_page()
    {
        await using var server = await TestServer.StartAsync(fixture.Engine, ("Sandbox:Enabled", "false"));
        using var browser = new BrowserClient(server);

        Assert.Equal(404, (await browser.GetAsync("/forgotten")).Status);
        Assert.Equal(404, (await browser.GetAsync("/sign-up")).Status);
        Assert.DoesNotContain("Forgot your password?", (await browser.OpenAsync("/account")).Html);
    }

    private static string Wrong(string code) => $"{(int.Parse(code) + 1) % 1_000_000:d6}";

    /// <summary>A page but for what is typed, and chance.</summary>
    private static string Shape(BrowserClient.View page, string login) => Regex.Replace(
        WebUtility.HtmlDecode(page.Html).Replace(login, "{login}", StringComparison.Ordinal), "value=\"Dg[^\"]+\"", "{token}");

    private static string LinkOn(BrowserClient.View page, string text) =>
        WebUtility.HtmlDecode(Regex.Match(page.Html, $"href=\"([^\"]+)\">{Regex.Escape(text)}</a>").Groups[1].Value);

    private static async Task<BrowserClient.View> AskAsync(BrowserClient browser, string login, string way)
    {
        var page = await browser.OpenAsync("/forgotten");
        if (page.Has("code"))
            page = await browser.SubmitAndFollowAsync(page, ("step", "other"));
        return await browser.SubmitAndFollowAsync(page, ("login", login), ("way", way), ("step", "send"));
    }

    private static Task<BrowserClient.View> SetAsync(
        BrowserClient browser, BrowserClient.View page, string code, string chosen = NewPassword) =>
        browser.SubmitAsync(page, ("code", code), ("chosen", chosen), ("again", chosen), ("step", "set"));

    private static async Task<BrowserClient.View> SignInAsync(BrowserClient browser, string name, string password) =>
        await browser.SubmitAndFollowAsync(await browser.OpenAsync("/account"), ("login", name), ("password", password));

    private async Task<(long Id, string Name, string Number)> NewPersonAsync()
    {
        var id = Samples.NewId();
        var (name, number) = ($"forgetful-{id}", $"+861390{id % 10_000_000:d7}");
        var made = await Server.Http.PostAsJsonAsync("/sandbox/users", new { id, name, phone = number });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return (id, name, number);
    }

    private async Task<string> CodeAsync(string to)
    {
        var all = await MessagesAsync(to);
        return all.First(message => message.GetProperty("kind").GetString() is "password_code").GetProperty("code").GetString()!;
    }

    private async Task<string?[]> KindsAsync(string to) =>
        [.. (await MessagesAsync(to)).Select(message => message.GetProperty("kind").GetString())];

    private async Task<JsonElement[]> MessagesAsync(string to) =>
    [
        .. (await Server.Http.GetFromJsonAsync<JsonElement>($"/sandbox/messages?to={Uri.EscapeDataString(to)}"))
            .GetProperty("messages").EnumerateArray(),
    ];

    private async Task<long> RowsAsync() => (await fixture.Engine.Database.ReadAsync(
        session => session.ListAsync<long>(
            "SELECT (SELECT COUNT(*) FROM verification_code) + (SELECT COALESCE(SUM(count), 0) FROM verification_count)"), default))[0];
}
