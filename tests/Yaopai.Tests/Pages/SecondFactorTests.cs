using System.Net;
using System.Text.RegularExpressions;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Apps;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Pages;

/// <summary>The page where people turn two-step sign-in on and off. Its clock is moved.</summary>
public sealed partial class SecondFactorTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Page = "/account/second-factor";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_person_turns_it_on_by_a_code_and_gets_ten_recovery_codes_once()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var browser = new BrowserClient(Server);
        var page = await person.GivePasswordAsync(browser, Page);
        Assert.Contains("data:image/svg+xml;base64,", WebUtility.HtmlDecode(page.Html));
        var secret = SecretOn(page);

        var on = await browser.SubmitAsync(page, ("step", "on"), ("code", Code(secret)));

        var codes = CodesOn(on);
        Assert.Equal(10, codes.Distinct().Count());
        var after = await browser.OpenAsync(Page);
        Assert.Contains("Recovery codes left: 10", after.Html);
        Assert.DoesNotContain(codes[0], after.Html);
        Assert.DoesNotContain(SpacedOf(secret), after.Html);
        Assert.Contains("Two-step sign-in</a>: on", (await browser.OpenAsync("/account")).Html);

        using var other = new BrowserClient(Server);
        var asked = await person.GivePasswordAsync(other);
        Assert.Contains("Your account", (await other.SubmitAndFollowAsync(asked, ("code", codes[0].ToUpperInvariant()))).Html);
        using var thief = new BrowserClient(Server);
        Assert.Equal(400, (await thief.SubmitAsync(await person.GivePasswordAsync(thief), ("code", codes[0]))).Status); // good once
    }

    [Fact]
    public async Task It_does_not_count_until_a_code_confirms_it()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var browser = new BrowserClient(Server);
        var page = await person.GivePasswordAsync(browser, Page);

        var refused = await browser.SubmitAsync(page, ("step", "on"), ("code", "000000"));

        Assert.Equal(400, refused.Status);
        Assert.Equal(SecretOn(page), SecretOn(refused)); // the person's app has it by now
        Assert.False(await IsOnAsync(person));
        Assert.Equal(200, (await browser.SubmitAsync(refused, ("step", "on"), ("code", Code(SecretOn(page))))).Status);
        Assert.True(await IsOnAsync(person));
    }

    [Fact]
    public async Task The_code_that_confirms_it_signs_nobody_in()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var browser = new BrowserClient(Server);
        var page = await person.GivePasswordAsync(browser, Page);
        var code = Code(SecretOn(page));
        await browser.SubmitAsync(page, ("step", "on"), ("code", code));

        using var watcher = new BrowserClient(Server);
        Assert.Equal(400, (await watcher.SubmitAsync(await person.GivePasswordAsync(watcher), ("code", code))).Status);
    }

    [Fact]
    public async Task A_secret_that_was_shown_to_another_is_worth_nothing()
    {
        var (attacker, victim) = (await TwoStepPerson.NewAsync(Server, secret: null), await TwoStepPerson.NewAsync(Server, secret: null));
        using var his = new BrowserClient(Server);
        using var hers = new BrowserClient(Server);
        var planted = await attacker.GivePasswordAsync(his, Page);
        var page = await victim.GivePasswordAsync(hers, Page);
        var setup = planted.Forms[^1].Preset.Single(field => field.Name is "setup");

        var refused = await hers.SubmitAsync(page, ("step", "on"), setup, ("code", Code(SecretOn(planted))));

        Assert.Equal(400, refused.Status);
        Assert.False(await IsOnAsync(victim));
    }

    [Fact]
    public async Task Who_signed_in_a_while_ago_signs_in_again_first()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        await person.SignInAsync(browser);
        var page = await browser.OpenAsync(Page);
        Assert.True(page.Has("step"));
        await person.AdvanceAsync("PT10M1S");

        Assert.StartsWith("/sign-in?", (await browser.SubmitAsync(page, ("step", "off"), ("code", await person.CodeAsync()))).Location);
        Assert.True((await browser.OpenAsync(Page)).Has("password"));
        Assert.True(await IsOnAsync(person));
        Assert.Contains("Two-step sign-in is on", (await person.SignInAsync(browser, Page)).Html);
    }

    [Fact]
    public async Task It_is_turned_off_by_a_code_alone()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        var page = await person.SignInAsync(browser, Page);

        Assert.Equal(400, (await browser.SubmitAsync(page, ("step", "off"), ("code", await person.WrongCodeAsync()))).Status);
        Assert.Equal(400, (await browser.SubmitAsync(page, ("step", "off"), ("code", ""))).Status);
        Assert.True(await IsOnAsync(person));
        var off = await browser.SubmitAndFollowAsync(page, ("step", "off"), ("code", await person.CodeAsync()));

        Assert.Contains("Two-step sign-in is off.", off.Html);
        Assert.False(await IsOnAsync(person));
        using var other = new BrowserClient(Server);
        Assert.Contains("Your account", (await person.GivePasswordAsync(other)).Html);
    }

    [Fact]
    public async Task Wrong_codes_are_counted_on_this_page_as_at_the_door()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        var page = await person.SignInAsync(browser, Page);
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(400, (await browser.SubmitAsync(page, ("step", "off"), ("code", "000000"))).Status);

        var locked = await browser.SubmitAsync(page, ("step", "off"), ("code", await person.CodeAsync()));

        Assert.Equal(429, locked.Status);
        Assert.True(await IsOnAsync(person));
    }

    [Fact]
    public async Task New_recovery_codes_end_the_old_ones()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        var page = await person.SignInAsync(browser, Page);

        var first = CodesOn(await browser.SubmitAsync(page, ("step", "renew"), ("code", await person.CodeAsync())));
        var second = CodesOn(await browser.SubmitAsync(page, ("step", "renew"), ("code", first[0])));

        Assert.Empty(first.Intersect(second));
        Assert.Equal(400, (await browser.SubmitAsync(page, ("step", "renew"), ("code", first[1]))).Status);
    }

    [Fact]
    public async Task Nothing_is_changed_by_a_form_that_is_not_ours()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        using var browser = new BrowserClient(Server);
        await person.SignInAsync(browser, Page);

        Assert.Equal(400, (await browser.PostAsync(Page, ("step", "off"), ("code", await person.CodeAsync()))).Status);
        Assert.True(await IsOnAsync(person));
    }

    [Fact]
    public async Task No_page_of_it_is_framed_kept_or_scripted()
    {
        var person = await TwoStepPerson.NewAsync(Server, secret: null);
        using var browser = new BrowserClient(Server);
        var setup = await person.GivePasswordAsync(browser, Page);
        var codes = await browser.SubmitAsync(setup, ("step", "on"), ("code", Code(SecretOn(setup))));
        using var other = new BrowserClient(Server);
        var asked = await person.GivePasswordAsync(other);
        foreach (var page in new[] { setup, codes, await browser.OpenAsync(Page), asked })
        {
            Assert.Equal("DENY", page.Header("X-Frame-Options"));
            Assert.StartsWith("default-src 'none'; style-src 'self';", page.Header("Content-Security-Policy"));
            Assert.Contains("no-store", page.Header("Cache-Control"));
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(@"\son[a-z]+=|\sstyle=", page.Html);
        }
    }

    [Fact]
    public async Task The_database_has_neither_the_secret_nor_a_recovery_code()
    {
        var person = await TwoStepPerson.NewAsync(Server);
        var factor = (await Server.Get<ISecondFactorStore>().FindAsync(person.Id, default))!;

        Assert.Equal(-1, factor.Secret.AsSpan().IndexOf("12345678901234567890"u8));
        Assert.Equal("12345678901234567890"u8.ToArray(), await Server.Get<SecondFactors>().OpenAsync(factor, default));
        Assert.Null(await Server.Get<SecondFactors>().OpenAsync(factor with { AccountId = person.Id + 1 }, default)); // nobody else's
    }

    [Fact]
    public async Task It_goes_with_the_account()
    {
        var person = await TwoStepPerson.NewAsync(Server);

        Assert.True(await Server.Get<AccountDeletion>().TryDeleteAsync(person.Id, default));

        Assert.False(await IsOnAsync(person));
        Assert.Empty(await fixture.Engine.Database.ReadAsync(
            session => session.ListAsync<long>("SELECT account_id FROM recovery_code WHERE account_id = @Id", new { person.Id }), default));
    }

    private async Task<bool> IsOnAsync(TwoStepPerson person) =>
        await Server.Get<ISecondFactorStore>().FindAsync(person.Id, default) is not null;

    private string Code(byte[] secret) => TimeCode.At(secret, TimeCode.StepAt(Server.Get<IAppClock>().Now));

    private static byte[] SecretOn(BrowserClient.View page) => TimeCode.TryReadSecret(Key.Match(page.Html).Groups[1].Value)!;

    private static string SpacedOf(byte[] secret) =>
        string.Join(' ', TimeCode.TextOf(secret).Chunk(4).Select(four => new string(four)));

    private static string[] CodesOn(BrowserClient.View page) => [.. Recovery.Matches(page.Html).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("<code class=\"carried\"[^>]*>([A-Z2-7 ]+)</code>")]
    private static partial Regex Key { get; }

    [GeneratedRegex("<li>([a-z2-9]{5}-[a-z2-9]{5})</li>")]
    private static partial Regex Recovery { get; }
}
