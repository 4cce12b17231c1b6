using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Yaopai.Server.Accounts.Devices;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Apps;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Pages;

/// <summary>Where people are signed in, and how they sign out there; and what they are told of a new device.</summary>
public sealed partial class SessionListTests(SessionListTests.Fixture fixture) : IClassFixture<SessionListTests.Fixture>
{
    /// <summary>Behind a proxy that says where its callers are.</summary>
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Gateway:Proxies:0", "127.0.0.0/8"), ("Gateway:Proxies:1", "::1/128")];
    }

    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    private const string Phone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_person_sees_browser_system_address_and_time_and_which_one_is_this()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var desk = await SignedInAsync(person, Firefox, "203.0.113.7");
        using var phone = await SignedInAsync(person, Phone, "2001:db8::7");

        var page = await desk.OpenAsync("/account");

        Assert.Contains("Firefox on Linux · this device", page.Html);
        Assert.Matches(@"Safari on iPhone</h3>[^~]*\d{4}-\d\d-\d\d \d\d:\d\d UTC</time>\s+from 2001:db8::7", page.Html);
        Assert.Contains("from 203.0.113.7", page.Html);
        Assert.Single(IdsOn(page)); // this one is signed out by the button above
    }

    [Fact]
    public async Task One_is_signed_out_and_the_others_stay()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var phone = await SignedInAsync(person, Phone);
        using var tablet = await SignedInAsync(person, "tablet");
        using var desk = await SignedInAsync(person, Firefox);
        var page = await desk.OpenAsync("/account");
        var id = IdsOn(page)[^1]; // the latest come first

        var after = await desk.SubmitAndFollowAsync(page, ("session", id));

        Assert.Contains("That device is signed out.", after.Html);
        Assert.StartsWith("/sign-in?", (await phone.GetAsync("/account")).Location);
        Assert.Equal(200, (await tablet.GetAsync("/account")).Status);
        Assert.Contains("was signed out before", (await desk.SubmitAndFollowAsync(page, ("session", id))).Html);
    }

    [Fact]
    public async Task All_others_are_signed_out_and_this_one_stays()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var phone = await SignedInAsync(person, Phone);
        using var tablet = await SignedInAsync(person, "tablet");
        using var desk = await SignedInAsync(person, Firefox);

        var after = await desk.SubmitAndFollowAsync(await desk.OpenAsync("/account"), ("session", "others"));

        Assert.Contains("You are signed out everywhere else.", after.Html);
        Assert.Empty(IdsOn(after));
        Assert.StartsWith("/sign-in?", (await phone.GetAsync("/account")).Location);
        Assert.StartsWith("/sign-in?", (await tablet.GetAsync("/account")).Location);
    }

    [Fact]
    public async Task Nobody_signs_out_anybody_else()
    {
        var (victim, attacker) = (await TwoStepPerson.NewAsync(Server, secret: null), await TwoStepPerson.NewAsync(Server, secret: null));
        using var hers = await SignedInAsync(victim, Firefox);
        var id = (await Server.Get<IOpenSessionStore>().ListAsync(victim.Id, DateTimeOffset.UnixEpoch, 1, default))[0].Id;
        using var other = await SignedInAsync(attacker, Phone);
        using var his = await SignedInAsync(attacker, Firefox);

        foreach (var value in new[] { $"{id}", "", "0", "' OR 1=1 --", new string('9', 5000) })
        {
            var page = await his.OpenAsync("/account");
            Assert.Contains("Nothing was changed", (await his.SubmitAndFollowAsync(page, ("session", value))).Html);
        }

        Assert.Equal(400, (await his.PostAsync("/account/sessions", ("session", "others"))).Status); // no form of ours
        Assert.Equal(200, (await hers.GetAsync("/account")).Status);
        Assert.Equal(200, (await other.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task Who_signs_in_again_in_one_browser_has_one_session_there()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var browser = await SignedInAsync(person, Firefox);
        var before = browser.Cookies.Single(cookie => cookie.Name is "yaopai-session").Value;

        await person.GivePasswordAsync(browser, Web.Authorize(("prompt", "login")));

        Assert.Single(await Server.Get<IOpenSessionStore>().ListAsync(person.Id, DateTimeOffset.UnixEpoch, 10, default));
        using var thief = new BrowserClient(Server);
        thief.Plant("yaopai-session", before);
        Assert.StartsWith("/sign-in?", (await thief.GetAsync("/account")).Location);
    }

    [Fact]
    public async Task Turning_on_two_step_sign_in_signs_out_everywhere_else()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var thief = await SignedInAsync(person, Phone);
        using var browser = await SignedInAsync(person, Firefox);
        var page = await browser.OpenAsync("/account/second-factor");
        var key = Regex.Match(page.Html, "<code class=\"carried\"[^>]*>([A-Z2-7 ]+)</code>").Groups[1].Value;
        var code = TimeCode.At(TimeCode.TryReadSecret(key)!, TimeCode.StepAt(Server.Get<IAppClock>().Now));

        Assert.Equal(200, (await browser.SubmitAsync(page, ("step", "on"), ("code", code))).Status);

        Assert.StartsWith("/sign-in?", (await thief.GetAsync("/account")).Location);
        Assert.Equal(200, (await browser.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task Addresses_and_browsers_are_sealed_in_the_database()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var browser = await SignedInAsync(person, Firefox, "203.0.113.99");

        var session = Assert.Single(await Server.Get<IOpenSessionStore>().ListAsync(person.Id, DateTimeOffset.UnixEpoch, 10, default));

        Assert.Equal(-1, session.Place.AsSpan().IndexOf("203.0.113.99"u8));
        Assert.Equal("203.0.113.99", (await Server.Get<OpenSessions>().PlaceOfAsync(session, default))!.Address);
        Assert.Null(await Server.Get<OpenSessions>().PlaceOfAsync(session with { AccountId = person.Id + 1 }, default));
    }

    [Fact]
    public async Task A_person_is_told_of_a_new_device_and_of_no_other()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        var mail = $"{person.Name}@demo.example";
        using var first = await SignedInAsync(person, Firefox);
        Assert.Empty(await NoticesAsync(mail)); // nobody had signed in before

        using var second = await SignedInAsync(person, Phone);
        Assert.Equal(["new_device"], await NoticesAsync(mail));
        await person.GivePasswordAsync(second, Web.Authorize(("prompt", "login")));
        Assert.Single(await NoticesAsync(mail));
    }

    [Fact]
    public async Task A_password_alone_tells_of_no_device_where_a_code_is_asked()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var first = new BrowserClient(Server);
        await person.SignInAsync(first);
        using var second = new BrowserClient(Server);
        var asked = await person.GivePasswordAsync(second);
        Assert.Empty(await NoticesAsync($"{person.Name}@demo.example"));

        await second.SubmitAsync(asked, ("code", await person.CodeAsync()));
        Assert.Equal(["new_device"], await NoticesAsync($"{person.Name}@demo.example"));
    }

    [Fact]
    public async Task An_address_that_nobody_has_proved_is_told_nothing()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        await Server.Http.PutAsJsonAsync($"/sandbox/users/{person.Name}", new { email_verified = false });
        using var first = await SignedInAsync(person, Firefox);
        using var second = await SignedInAsync(person, Phone);

        Assert.Empty(await NoticesAsync($"{person.Name}@demo.example"));
    }

    private async Task<string?[]> NoticesAsync(string to)
    {
        var messages = await Server.Http.GetFromJsonAsync<JsonElement>($"/sandbox/messages?to={Uri.EscapeDataString(to)}");
        return [.. messages.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("kind").GetString())];
    }

    private async Task<BrowserClient> SignedInAsync(TwoStepPerson person, string agent, string from = "198.51.100.7")
    {
        Server.ForwardedFor = from;
        var browser = new BrowserClient(Server);
        browser.Always("User-Agent", agent);
        Assert.Contains("Your account", (await person.GivePasswordAsync(browser)).Html);
        Server.ForwardedFor = null;
        return browser;
    }

    private static string[] IdsOn(BrowserClient.View page) =>
        [.. Ids.Matches(page.Html).Select(match => match.Groups[1].Value).Where(id => id is not "others")];

    [GeneratedRegex("name=\"session\" value=\"([^\"]+)\"")]
    private static partial Regex Ids { get; }
}
