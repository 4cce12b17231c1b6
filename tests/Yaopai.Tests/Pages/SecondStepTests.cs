using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Pages;

/// <summary>Signing in with a second factor, and what somebody may try who has the password alone. Its clock is moved.</summary>
public sealed class SecondStepTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string NewPassword = "battery staple again";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_code_is_asked_after_the_password_and_leads_back_to_the_app()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);

        var asked = await person.GivePasswordAsync(browser, Web.Authorize(("state", "s1")));
        Assert.Contains("Enter your code", asked.Html);
        var consent = await browser.SubmitAndFollowAsync(asked, ("code", await person.CodeAsync()));
        var done = await browser.SubmitAndFollowAsync(consent, ("verdict", "Allow"));

        Assert.NotNull(done.Sent("code"));
        Assert.Equal("s1", done.Sent("state"));
    }

    [Fact]
    public async Task Who_is_half_signed_in_reaches_nothing()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        var asked = await person.GivePasswordAsync(browser);
        Assert.True(asked.Has("code"));

        Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name is "yaopai-session");
        foreach (var page in new[] { "/account", "/account/password", "/account/second-factor" })
            Assert.StartsWith("/sign-in?", (await browser.GetAsync(page)).Location);
        Assert.True((await browser.OpenAsync(Web.Authorize())).Has("password"));
        Assert.Equal("login_required", (await browser.GetAsync(Web.Authorize(("prompt", "none")))).Sent("error_description"));

        // Nor is the cookie of the half a session, or anything else that is sealed.
        var half = browser.Cookies.Single(cookie => cookie.Name is "yaopai-half").Value;
        using var thief = new BrowserClient(Server);
        thief.Plant("yaopai-session", half);
        Assert.StartsWith("/sign-in?", (await thief.GetAsync("/account")).Location);
        Assert.Equal(400, (await thief.GetAsync($"/sign-in?request={half}")).Status);
        Assert.StartsWith("/sign-in?", (await browser.PostAsync("/account", ("forgery", half), ("app", "1"))).Location);
    }

    [Fact]
    public async Task A_half_sign_in_is_worth_nothing_in_another_browser_and_after_ten_minutes()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        var asked = await person.GivePasswordAsync(browser);
        var half = browser.Cookies.Single(cookie => cookie.Name is "yaopai-half").Value;
        var address = asked.Forms[0].Action;

        using var thief = new BrowserClient(Server);
        await thief.OpenAsync("/account"); // to have an id of its own
        thief.Plant("yaopai-half", half);
        Assert.StartsWith("/sign-in?", (await thief.GetAsync(address)).Location);

        await person.AdvanceAsync("PT10M1S");
        var late = await browser.SubmitAsync(asked, ("code", await person.CodeAsync()));
        Assert.True(late is { Status: 400 } or { Status: 303 });
        Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name is "yaopai-session");
    }

    [Fact]
    public async Task Every_sign_in_makes_a_session_that_nobody_knew_before()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        browser.Plant("yaopai-session", "planted");

        await person.SignInAsync(browser);
        var first = Session(browser);
        Assert.NotEqual("planted", first);

        var asked = await person.GivePasswordAsync(browser, Web.Authorize(("prompt", "login")));
        Assert.Equal(first, Session(browser)); // the password alone changes nothing
        await browser.SubmitAsync(asked, ("code", await person.CodeAsync()));
        Assert.NotEqual(first, Session(browser));
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        using var watcher = new BrowserClient(Server);
        var (asked, watched) = (await person.GivePasswordAsync(browser), await person.GivePasswordAsync(watcher));
        var code = await person.CodeAsync();

        Assert.Equal(303, (await browser.SubmitAsync(asked, ("code", code))).Status);
        var replayed = await watcher.SubmitAsync(watched, ("code", code));

        Assert.Equal(400, replayed.Status);
        Assert.Contains("was used before", replayed.Html);
        Assert.DoesNotContain(code, replayed.Html);
    }

    [Fact]
    public async Task Of_many_who_show_one_code_at_once_one_is_signed_in()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        var code = await person.CodeAsync();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => Task.Run(() => TryCodeAsync(person, code, $"198.51.100.{i}"))));

        Assert.Single(outcomes, SignInOutcome.SignedIn);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_codes_and_a_right_password_gives_no_new_tries()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal(SignInOutcome.CodeAsked, await TryPasswordAsync(person, $"198.51.100.{guess}")); // each from elsewhere
            Assert.Equal(SignInOutcome.Refused, await TryCodeAsync(person, await person.WrongCodeAsync(), $"198.51.100.{guess}"));
        }

        Assert.Equal(SignInOutcome.LockedOut, await TryCodeAsync(person, await person.CodeAsync(), "198.51.100.99"));
        Assert.Equal(SignInOutcome.LockedOut, await TryCodeAsync(person, "abcde-fghjk", "198.51.100.99"));
        await person.AdvanceAsync("PT15M");
        Assert.Equal(SignInOutcome.SignedIn, await TryCodeAsync(person, await person.CodeAsync(), "198.51.100.99"));
    }

    [Fact]
    public async Task A_code_that_was_seen_once_takes_no_failures_back()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        var seen = await person.CodeAsync();
        Assert.Equal(SignInOutcome.SignedIn, await TryCodeAsync(person, seen));

        var outcomes = new List<SignInOutcome>();
        for (var guess = 0; guess < 6; guess++)
            outcomes.Add(await TryCodeAsync(person, guess % 2 is 0 ? "000000" : seen));

        Assert.DoesNotContain(SignInOutcome.SignedIn, outcomes);
        Assert.Equal(SignInOutcome.LockedOut, outcomes[^1]);
    }

    [Fact]
    public async Task Of_many_codes_that_are_tried_at_once_five_are_looked_at()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        var wrong = await person.WrongCodeAsync();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(i => Task.Run(() => TryCodeAsync(person, wrong, $"198.51.100.{i}"))));

        Assert.Equal(5, outcomes.Count(outcome => outcome is SignInOutcome.Refused));
    }

    [Fact]
    public async Task An_address_that_tries_codes_of_many_people_is_locked_out()
    {
        await using var server = await TestServer.StartAsync(fixture.Engine, ("SignIn:FailuresPerAddress", "6"));
        var people = new[] { await TwoStepPerson.NewAsync(server), await TwoStepPerson.NewAsync(server) };
        for (var guess = 0; guess < 3; guess++)
        {
            foreach (var person in people)
                await TryCodeAsync(server, person, "000000", "203.0.113.1");
        }

        Assert.Equal(SignInOutcome.LockedOut, await TryCodeAsync(server, people[0], await people[0].CodeAsync(), "203.0.113.1"));
        Assert.Equal(SignInOutcome.SignedIn, await TryCodeAsync(server, people[0], await people[0].CodeAsync(), "203.0.113.2"));
    }

    [Fact]
    public async Task An_operator_unlocks_codes_too()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        for (var guess = 0; guess < 6; guess++)
            await TryCodeAsync(person, "000000");

        await Server.Get<SignIn>().UnlockAsync(person.Id, default);

        Assert.Equal(SignInOutcome.SignedIn, await TryCodeAsync(person, await person.CodeAsync()));
    }

    [Fact]
    public async Task Another_password_ends_a_half_sign_in()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var thief = new BrowserClient(Server);
        var asked = await person.GivePasswordAsync(thief);
        Assert.Equal(PasswordChangeOutcome.Changed,
            await Server.Get<PasswordChange>().ChangeAsync(person.Id, DemoData.Password, NewPassword, default));

        var end = await thief.SubmitAndFollowAsync(asked, ("code", await person.CodeAsync()));

        Assert.True(end.Has("password"));
        Assert.StartsWith("/sign-in?", (await thief.GetAsync("/account")).Location);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_shows_no_code()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        var asked = await person.GivePasswordAsync(browser);
        var code = await person.CodeAsync();

        Assert.Equal(400, (await browser.PostAsync(asked.Forms[0].Action, ("code", code))).Status);
        Assert.Equal(400, (await browser.SubmitAsync(asked, [("Origin", "https://evil.example")], ("code", code))).Status);
        Assert.Equal(303, (await browser.SubmitAsync(asked, ("code", code))).Status); // and it was not used up
    }

    [Fact]
    public async Task An_app_that_wants_a_sign_in_of_now_gets_both_steps()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        await browser.SubmitAndFollowAsync(await person.SignInAsync(browser, Web.Authorize()), ("verdict", "Allow"));
        Assert.NotNull((await browser.OpenAsync(Web.Authorize())).Sent("code"));

        foreach (var wish in new[] { ("prompt", (string?)"login"), ("max_age", "60") })
        {
            await person.AdvanceAsync("PT2M");
            var asked = await person.GivePasswordAsync(browser, Web.Authorize(wish));
            Assert.True(asked.Has("code") && !asked.Has("password"));
            Assert.NotNull((await browser.SubmitAndFollowAsync(asked, ("code", await person.CodeAsync()))).Sent("code"));
        }
    }

    [Fact]
    public async Task A_password_that_was_given_before_is_no_first_step_of_a_sign_in_of_now()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        await person.GivePasswordAsync(browser);
        await person.AdvanceAsync("PT1M");
        var signIn = await browser.GetAsync(Web.Authorize(("prompt", "login")));

        var straight = await browser.GetAsync(signIn.Location!.Replace("/sign-in?", "/sign-in/code?", StringComparison.Ordinal));

        Assert.StartsWith("/sign-in?", straight.Location);
    }

    [Fact]
    public async Task A_password_alone_is_of_no_use_anywhere()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        var open = await new OAuthCaller(Server).TokenAsync("password", ("username", person.Name), ("password", DemoData.Password));
        Assert.DoesNotContain("access_token", await open.Content.ReadAsStringAsync());

        var demo = new IdentityCaller(Server);
        using var browser = new BrowserClient(Server);
        browser.Always("Sec-Fetch-Site", "same-origin");
        var login = await browser.AskAsync(
            "/identity/oauth2/login", [.. demo.AuthorizeQuery(), ("username", person.Name), ("password", DemoData.Password)]);
        Assert.Null(login.Location);
        Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name is "yaopai-session");
    }

    [Fact]
    public async Task No_secret_and_no_code_reaches_the_log()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        var (wrong, right) = (await person.WrongCodeAsync(), await person.CodeAsync());
        var asked = await person.GivePasswordAsync(browser);
        await browser.SubmitAsync(asked, ("code", wrong));
        await browser.SubmitAsync(asked, ("code", right));

        var log = string.Join('\n', Server.Log.Lines);
        foreach (var secret in new[] { $"code={wrong}", $"code={right}", TwoStepPerson.Secret, Session(browser) })
            Assert.DoesNotContain(secret, log);
    }

    [Fact]
    public async Task The_sandbox_signs_in_with_two_steps_too()
    {
        var person = await TwoStepPerson.NewAsync(Server);

        Assert.Equal("code_asked", await SandboxAsync(new { user = person.Name }));
        Assert.Equal("refused", await SandboxAsync(new { user = person.Name, code = await person.WrongCodeAsync() }));
        Assert.Equal("signed_in", await SandboxAsync(new { user = person.Name, code = await person.CodeAsync() }));
        Assert.Equal(HttpStatusCode.Conflict, (await Server.Http.PostAsync("/sandbox/users/mainland/totp", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Server.Http.PostAsync("/sandbox/users/nobody/totp", null)).StatusCode);

        await Server.Http.PutAsJsonAsync($"/sandbox/users/{person.Name}", new { totp_secret = "" });
        Assert.Equal("signed_in", await SandboxAsync(new { user = person.Name }));

        async Task<string?> SandboxAsync(object request) =>
            (await (await Server.Http.PostAsJsonAsync("/sandbox/sign-in", request)).Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("outcome").GetString();
    }

    private static string Session(BrowserClient browser) => browser.Cookies.Single(cookie => cookie.Name is "yaopai-session").Value;

    private Task<SignInOutcome> TryCodeAsync(TwoStepPerson person, string code, string peer = "198.51.100.7") =>
        TryCodeAsync(Server, person, code, peer);

    private static async Task<SignInOutcome> TryCodeAsync(TestServer server, TwoStepPerson person, string code, string peer) =>
        (await server.Get<SignIn>().TryCodeAsync(
            new CodeAttempt(person.Id, code, IPAddress.Parse(peer), "", IsSignIn: true), default)).Outcome;

    private async Task<SignInOutcome> TryPasswordAsync(TwoStepPerson person, string peer) =>
        (await Server.Get<SignIn>().TryPasswordAsync(
            new SignInAttempt(person.Name, DemoData.Password, IPAddress.Parse(peer), ""), default)).Outcome;
}
