using System.Net;
using System.Net.Http.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Consents;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Identity.WeChat;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.WeChat;

namespace Yaopai.Tests.Pages.Binding;

/// <summary>Somebody who is bound to nobody scans, and binds on our page.</summary>
public sealed class BindPageTests(BindPageTests.Fixture fixture) : IClassFixture<BindPageTests.Fixture>, IAsyncLifetime
{
    /// <summary>Its clock is moved, to and fro: each browser asks for codes from an address of its own.</summary>
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
        [
            ("Verification:CodesPerAddress", "100000"), ("Quotas:AddressPerMinute", "0"), ("Surfaces:Identity:QrCodesPerMinute", "0"),
            ("Gateway:Proxies:0", "127.0.0.0/8"),
        ];
    }

    private readonly TestServer _server = fixture.Server;

    private DemoData.DemoApp _app = null!;
    private IdentityCaller _caller = null!;
    private WeChatScans _scans = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await _server.NewAppAsync();
        _caller = new IdentityCaller(_server, _app);
        _scans = await WeChatScans.OfAsync(_server, _app);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task FC39_number_and_code_are_taken_in_full_width()
    {
        using var browser = Browser();
        var phone = MiniCaller.NewPhone();
        var page = await ScanAsync(browser, MiniCaller.NewPerson());

        var proving = await browser.SubmitAndFollowAsync(page, ("phone", FullWidth.Of($"+86 {phone}")), ("step", "send"));
        Assert.Contains($"86 {phone}</strong>", proving.Html);
        var (done, _) = await BindAsync(browser, proving, FullWidth.Of(CodeSentTo(phone)));

        Assert.NotNull(done.Sent("code"));
    }

    [Fact]
    public async Task Somebody_new_proves_their_number_and_is_signed_in_at_the_app()
    {
        using var browser = Browser();
        var (person, phone) = (MiniCaller.NewPerson(), MiniCaller.NewPhone());
        var page = await ScanAsync(browser, person);
        Assert.Equal(200, page.Status);
        Assert.Contains($"<strong>{_app.Name}</strong>", page.Html);
        Assert.DoesNotContain("form-action", page.Header("Content-Security-Policy")); // FC-17: the form ends at the app, which leads on
        Assert.Equal(("no-store", "no-referrer"), (page.Header("Cache-Control"), page.Header("Referrer-Policy")));

        var proving = await browser.SubmitAndFollowAsync(page, ("phone", phone), ("step", "send"));
        Assert.Contains($"86 {phone}</strong>", proving.Html);
        var (done, addresses) = await BindAsync(browser, proving, CodeSentTo(phone));

        Assert.StartsWith(_app.RedirectUri + "?code=", done.Location);
        Assert.Equal("s1", done.Sent("state"));
        var tokens = IdentityCaller.Read(await (await _caller.ExchangeAsync(done.Sent("code")!)).ShouldServeAsync());
        var account = (await _server.Get<IAccountStore>().FindByPhoneAsync("86", phone, default))!;
        Assert.Equal((await BoundToAsync(person))?.Id, account.Id);
        Assert.NotEmpty(tokens.OpenId);
        Assert.DoesNotContain(addresses, address => address.Contains(phone, StringComparison.Ordinal));
        Assert.DoesNotContain(
            browser.Cookies, cookie => cookie.Name.StartsWith("yaopai-bind-", StringComparison.Ordinal) && !cookie.Expired);

        // From then on the scan alone will do; and the page is over.
        Assert.StartsWith(_app.RedirectUri + "?code=", (await ScanAsync(browser, person)).Location);
        Assert.Contains("This page has expired", (await browser.GetAsync(page.Forms[0].Action)).Html);
    }

    [Fact]
    public async Task Somebody_whose_number_is_known_is_bound_to_the_account_that_has_it()
    {
        using var browser = Browser();
        var (person, account) = (MiniCaller.NewPerson(), await NewAccountAsync());
        var proving = await ProveAsync(browser, person, "+86 " + PhoneOf(account));
        var (done, _) = await BindAsync(browser, proving, CodeSentTo(PhoneOf(account)).Insert(3, " "));
        Assert.NotNull(done.Sent("code"));
        Assert.Equal(account.Id, (await BoundToAsync(person))?.Id);
    }

    [Fact]
    public async Task A_number_that_was_only_said_to_be_somebodys_is_proved_by_the_code()
    {
        using var browser = Browser();
        var account = await NewAccountAsync(verifiedAt: null);
        var proving = await ProveAsync(browser, MiniCaller.NewPerson(), PhoneOf(account));
        Assert.Null((await _server.Get<IAccountStore>().FindAsync(account.Id, default))!.ProvedPhone);

        await BindAsync(browser, proving, CodeSentTo(PhoneOf(account)));

        Assert.NotNull((await _server.Get<IAccountStore>().FindAsync(account.Id, default))!.ProvedPhone);
    }

    [Fact]
    public async Task An_app_that_does_not_ask_for_the_page_is_told_as_ever()
    {
        using var browser = Browser();
        foreach (var value in new[] { null, "", "app", "PAGE" })
        {
            var told = await ScanAsync(browser, MiniCaller.NewPerson(), ("bind", value));
            Assert.Equal((Common.UserUnbound.Number, "s1"), (told.Sent("errcode"), told.Sent("state")));
            Assert.StartsWith("DgIH", told.Sent("bind_ticket"));
        }
    }

    [Fact]
    public async Task Inside_WeChat_the_page_leads_back_too()
    {
        var person = WeChatPeople.Find("nonumber")!;
        var (browser, address) = await WeChatCalls.GoThroughWeChatAsync(_server, _caller, _scans, person, ("bind", "page"));
        var page = await browser.OpenAsync(address);
        Assert.Contains("/identity/wechat/mp/authorize?", page.Html); // begins again where it began
        var phone = MiniCaller.NewPhone();
        var proving = await browser.SubmitAndFollowAsync(page, ("phone", phone), ("step", "send"));
        var (done, _) = await BindAsync(browser, proving, CodeSentTo(phone));
        Assert.StartsWith(_app.RedirectUri + "?code=", done.Location);
        browser.Dispose();
    }

    [Fact]
    public async Task Who_binds_not_now_goes_back_to_the_app_which_is_told_with_a_ticket()
    {
        using var browser = Browser();
        var back = LinkTo(await ScanAsync(browser, MiniCaller.NewPerson()), "visit=");
        var told = await browser.GetAsync(back);
        Assert.Equal((Common.UserUnbound.Number, "s1"), (told.Sent("errcode"), told.Sent("state")));
        Assert.StartsWith("DgIH", told.Sent("bind_ticket"));
        (await browser.GetAsync(back)).Response.ShouldTellIdentityApp(_app.RedirectUri, E.SceneExpired, "s1");
    }

    [Fact]
    public async Task In_another_browser_neither_the_page_nor_the_way_back_is_worth_anything()
    {
        using var browser = Browser();
        using var other = Browser();
        var (person, phone) = (MiniCaller.NewPerson(), MiniCaller.NewPhone());
        var page = await ScanAsync(browser, person);
        await browser.SubmitAsync(page, ("phone", phone), ("step", "send"));

        var stolen = await other.GetAsync(page.Forms[0].Action);
        Assert.Equal(400, stolen.Status);
        Assert.Contains("This page has expired", stolen.Html);
        Assert.Contains("/identity/wechat/mp/qrconnect?", stolen.Html);
        Assert.Empty(stolen.Forms);
        var forged = await other.PostAsync(page.Forms[0].Action, ("step", "bind"), ("code", CodeSentTo(phone)));
        Assert.Contains("This page has expired", forged.Html);
        (await other.GetAsync(LinkTo(page, "visit="))).Response.ShouldTellIdentityApp(_app.RedirectUri, E.SceneExpired, "s1");
        Assert.Null(await BoundToAsync(person));
    }

    [Fact]
    public async Task Who_is_sent_the_address_of_a_code_that_somebody_else_scanned_does_not_bind_them()
    {
        using var attacker = Browser();
        using var victim = Browser();
        var shown = await attacker.OpenAsync(Address(("bind", "page")));
        var next = NextOf(shown);
        await _scans.ScanAsync(ScanScenes.KeyOf(BrowserClient.View.Query(next, "scene")!), MiniCaller.NewPerson());

        (await victim.GetAsync(next)).Response.ShouldTellIdentityApp(_app.RedirectUri, E.SceneExpired, "s1");
        Assert.Contains("Link your phone number", (await attacker.OpenAsync(next)).Html); // nothing was used up
    }

    public static TheoryData<string, string> Forgeries { get; } = new()
    {
        { "forgery",        "" },
        { "forgery",        "made-up" },
        { "forgery",        "{another browser's}" },
        { "Origin",         "https://evil.example" },
        { "Sec-Fetch-Site", "cross-site" },
        { "step",           "" },
        { "step",           "made-up" },
        { "phone",          "{much too long}" },
    };

    [Theory, MemberData(nameof(Forgeries))]
    public async Task What_is_not_from_our_form_sends_nothing(string what, string value)
    {
        using var browser = Browser();
        using var other = Browser();
        if (value is "{another browser's}")
            value = (await ScanAsync(other, MiniCaller.NewPerson())).Forms[0].Preset.Single(field => field.Name is "forgery").Value!;

        var page = await ScanAsync(browser, MiniCaller.NewPerson());
        var phone = MiniCaller.NewPhone();
        (string, string?)[] fields = [("phone", phone), ("step", "send")];
        var refused = what switch
        {
            "forgery" => await browser.SubmitAsync(page, [.. fields, ("forgery", value)]),
            "step" => await browser.SubmitAsync(page, ("phone", phone), ("step", value)),
            "phone" => await browser.SubmitAsync(page, ("phone", new string('1', 70_000)), ("step", "send")),
            _ => await browser.SubmitAsync(page, [(what, value)], fields),
        };

        Assert.Equal(400, refused.Status);
        Assert.Contains("Please reload the page", refused.Html);
        Assert.Empty(_server.Get<SandboxMessages>().List("+86" + phone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("12345678901")]
    [InlineData("139001390011")]
    [InlineData("{33 digits}")]
    public async Task A_number_that_is_none_is_asked_for_again(string typed)
    {
        using var browser = Browser();
        var page = await ScanAsync(browser, MiniCaller.NewPerson());
        var again = await browser.SubmitAsync(page, ("phone", typed.Replace("{33 digits}", new string('1', 33))), ("step", "send"));
        Assert.Equal(400, again.Status);
        Assert.Contains("This is not a mobile number.", again.Html);
        Assert.True(again.Has("phone"));
    }

    [Fact]
    public async Task One_code_a_minute_goes_to_a_number_and_the_one_before_is_still_good()
    {
        using var browser = Browser();
        var phone = MiniCaller.NewPhone();
        var proving = await ProveAsync(browser, MiniCaller.NewPerson(), phone);
        var told = await browser.SubmitAsync(proving, ("step", "send-again"));
        Assert.Equal(429, told.Status);
        Assert.Contains("Wait a minute", told.Html);
        Assert.NotNull((await BindAsync(browser, told, CodeSentTo(phone))).Done.Sent("code"));
    }

    [Fact]
    public async Task Another_code_and_another_number_are_to_be_had()
    {
        using var browser = Browser();
        var (first, second) = (MiniCaller.NewPhone(), MiniCaller.NewPhone());
        var proving = await ProveAsync(browser, MiniCaller.NewPerson(), first);
        await AdvanceAsync("PT1M1S");
        var again = await browser.SubmitAndFollowAsync(proving, ("step", "send-again"));
        Assert.Equal(200, again.Status);
        Assert.Equal(2, _server.Get<SandboxMessages>().List("+86" + first).Count());

        var asking = await browser.SubmitAndFollowAsync(again, ("step", "other"));
        Assert.True(asking.Has("phone"));
        var other = await browser.SubmitAndFollowAsync(asking, ("phone", second), ("step", "send"));
        Assert.Contains($"86 {second}</strong>", other.Html);
        Assert.Equal(400, (await browser.SubmitAsync(other, ("code", CodeSentTo(first)), ("step", "bind"))).Status);
        Assert.NotNull((await BindAsync(browser, other, CodeSentTo(second))).Done.Sent("code"));
        await ResetClockAsync(); // what was sealed later would be of the future
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("abcdef")]
    [InlineData("{long}")]
    public async Task A_code_that_can_be_none_costs_no_try(string typed)
    {
        using var browser = Browser();
        var phone = MiniCaller.NewPhone();
        var page = await ProveAsync(browser, MiniCaller.NewPerson(), phone);
        for (var i = 0; i <= VerificationCodes.MostTries; i++)
        {
            page = await browser.SubmitAsync(page, ("code", typed.Replace("{long}", new string('1', 5000))), ("step", "bind"));
            Assert.Equal(400, page.Status);
            Assert.Contains("The code has six digits.", page.Html);
        }

        Assert.NotNull((await BindAsync(browser, page, CodeSentTo(phone))).Done.Sent("code"));
    }

    [Fact]
    public async Task After_five_wrong_codes_the_right_one_is_none_and_another_code_is()
    {
        using var browser = Browser();
        var phone = MiniCaller.NewPhone();
        var page = await ProveAsync(browser, MiniCaller.NewPerson(), phone);
        var code = CodeSentTo(phone);
        for (var i = 0; i < VerificationCodes.MostTries; i++)
        {
            page = await browser.SubmitAsync(page, ("code", Wrong(code)), ("step", "bind"));
            Assert.Equal(400, page.Status);
            Assert.Contains("The code is wrong or has expired.", page.Html);
        }

        page = await browser.SubmitAsync(page, ("code", code), ("step", "bind"));
        Assert.Contains("The code is wrong or has expired.", page.Html);
        Assert.DoesNotContain(code, page.Html);

        await AdvanceAsync("PT1M1S");
        page = await browser.SubmitAndFollowAsync(page, ("step", "send-again"));
        var (done, _) = await BindAsync(browser, page, CodeSentTo(phone));
        await ResetClockAsync();
        Assert.NotNull(done.Sent("code"));
    }

    [Theory]
    [InlineData(false, "is linked to somebody else")]
    [InlineData(true, "was deleted")]
    public async Task A_number_that_cannot_be_theirs_is_told_and_another_is_taken(bool isAway, string expected)
    {
        using var browser = Browser();
        var (person, holder, phone) = (MiniCaller.NewPerson(), await NewAccountAsync(), MiniCaller.NewPhone());
        if (isAway)
            Assert.True(await _server.Get<AccountRecycling>().TryRecycleAsync(holder.Id, default));
        else
            await _scans.BindAsync(MiniCaller.NewPerson(), holder.Id);

        var proving = await ProveAsync(browser, person, PhoneOf(holder));
        var told = await browser.SubmitAsync(proving, ("code", CodeSentTo(PhoneOf(holder))), ("step", "bind"));
        Assert.Equal(400, told.Status);
        Assert.Contains(expected, told.Html);
        Assert.Null(await BoundToAsync(person));

        var other = await browser.SubmitAndFollowAsync(told, ("phone", phone), ("step", "send"));
        Assert.NotNull((await BindAsync(browser, other, CodeSentTo(phone))).Done.Sent("code"));
    }

    [Theory]
    [InlineData("PT10M")]
    [InlineData("PT30M")]
    public async Task A_page_that_is_over_leads_to_another_scan(string duration)
    {
        using var browser = Browser();
        var phone = MiniCaller.NewPhone();
        var proving = await ProveAsync(browser, MiniCaller.NewPerson(), phone);
        await AdvanceAsync(duration);
        var over = await browser.SubmitAsync(proving, ("code", CodeSentTo(phone)), ("step", "bind"));
        var shown = await browser.OpenAsync(LinkTo(over, "/identity/wechat/mp/qrconnect"));
        await ResetClockAsync();
        Assert.Equal(400, over.Status);
        Assert.Contains("This page has expired", over.Html);
        Assert.Contains("Scan to sign in", shown.Html);
    }

    [Fact]
    public async Task A_ticket_that_was_used_is_over()
    {
        using var browser = Browser();
        var page = await ScanAsync(browser, MiniCaller.NewPerson());
        var bindings = _server.Get<Bindings>();
        var cookie = browser.Cookies.Single(cookie => cookie.Name.StartsWith("yaopai-bind-", StringComparison.Ordinal));
        Assert.True(await bindings.TryUseAsync((await bindings.ReadAsync(cookie.Value, default))!, default));
        Assert.Contains("This page has expired", (await browser.GetAsync(page.Forms[0].Action)).Html);
    }

    [Fact]
    public async Task Somebody_who_was_bound_meanwhile_goes_on_to_the_app()
    {
        using var browser = Browser();
        var (person, phone) = (MiniCaller.NewPerson(), MiniCaller.NewPhone());
        var proving = await ProveAsync(browser, person, phone);
        await _scans.BindAsync(person, (await NewAccountAsync()).Id);
        var (done, _) = await BindAsync(browser, proving, CodeSentTo(phone));
        Assert.NotNull(done.Sent("code"));
        Assert.Null(await _server.Get<IAccountStore>().FindByPhoneAsync("86", phone, default));
    }

    [Fact]
    public async Task Of_ten_who_press_the_button_at_once_one_binds()
    {
        using var browser = Browser();
        var (person, phone) = (MiniCaller.NewPerson(), MiniCaller.NewPhone());
        var proving = await ProveAsync(browser, person, phone);
        var code = CodeSentTo(phone);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            browser.SubmitAsync(proving, ("code", code), ("step", "bind"))));
        Assert.All(answers, answer => Assert.True(answer.Status is 303 or 400, $"{answer.Status}"));
        Assert.NotNull(await BoundToAsync(person));
    }

    [Fact]
    public async Task A_person_who_reads_Chinese_keeps_the_page_in_Chinese()
    {
        using var browser = Browser("zh-CN");
        var phone = MiniCaller.NewPhone();
        var proving = await ProveAsync(browser, MiniCaller.NewPerson(), phone);
        Assert.Contains("验证码已发送至", proving.Html);
        var english = await browser.GetAsync(proving.Forms[0].Action + "&lang=en");
        Assert.Contains("A code was sent to", english.Html); // where they were
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{of a scan}")]
    public async Task A_link_that_is_not_ours_leads_nowhere(string request)
    {
        using var browser = Browser();
        var text = request is "{of a scan}"
            ? _server.Get<Tickets>().Seal(new ScanVisit(_app.ClientId, "s", "q", "/", "/", DateTimeOffset.UtcNow))
            : request;
        var page = await browser.GetAsync("/bind?request=" + text);
        Assert.Equal(400, page.Status);
        Assert.Contains("This link has expired", page.Html);
    }

    [Theory]
    [InlineData("bind")]
    [InlineData("scan")]
    public async Task FC20_a_page_that_stood_open_too_long_leads_to_its_beginning(string name)
    {
        using var browser = Browser();
        var then = DateTimeOffset.UtcNow.AddHours(-1);
        var page = await browser.GetAsync($"/{name}?request=" + (name is "bind"
            ? _server.Get<Tickets>().Seal(new BindVisit(_app.ClientId, "n", "/on", "/again", then))
            : _server.Get<Tickets>().Seal(new ScanVisit(_app.ClientId, "s", "q", "/on", "/again", then))));
        Assert.Contains("href=\"/again\"", page.Html);
        Assert.DoesNotContain("\"/on\"", page.Html.Replace("data-next=\"/on\"", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_database_is_away_the_page_says_so()
    {
        using var browser = Browser();
        var page = await ScanAsync(browser, MiniCaller.NewPerson());
        await fixture.Engine.ExecuteAsync("ALTER TABLE binding RENAME TO gone");
        var away = await browser.GetAsync(page.Forms[0].Action);
        await fixture.Engine.ExecuteAsync("ALTER TABLE gone RENAME TO binding");
        Assert.Equal(503, away.Status);
        Assert.Equal(200, (await browser.GetAsync(page.Forms[0].Action)).Status);
    }

    private BrowserClient Browser(string language = "en")
    {
        var browser = new BrowserClient(_server, language);
        browser.Always("X-Forwarded-For", $"2001:db8:{Random.Shared.Next(0xffff):x}:{Random.Shared.Next(0xffff):x}::1");
        return browser;
    }

    private string Address(params (string Name, string? Value)[] changes) =>
        IdentityCaller.Address("/wechat/mp/qrconnect", _caller.AuthorizeQuery(changes));

    /// <summary>What the person meets who scans the code that the browser shows.</summary>
    private async Task<BrowserClient.View> ScanAsync(
        BrowserClient browser, WeChatPerson person, params (string Name, string? Value)[] changes)
    {
        var next = NextOf(await browser.OpenAsync(Address(changes is [] ? [("bind", "page")] : changes)));
        await _scans.ScanAsync(ScanScenes.KeyOf(BrowserClient.View.Query(next, "scene")!), person);
        return await browser.OpenAsync(next);
    }

    private async Task<BrowserClient.View> ProveAsync(BrowserClient browser, WeChatPerson person, string phone) =>
        await browser.SubmitAndFollowAsync(await ScanAsync(browser, person), ("phone", phone), ("step", "send"));

    /// <summary>Types the code. The last answer leads to the app; and the addresses on the way there.</summary>
    private static async Task<(BrowserClient.View Done, IReadOnlyList<string> Addresses)> BindAsync(
        BrowserClient browser, BrowserClient.View proving, string code)
    {
        var view = await browser.SubmitAsync(proving, ("code", code), ("step", "bind"));
        var addresses = new List<string> { proving.Forms[0].Action };
        while (view.Location is ['/', ..] address)
        {
            addresses.Add(address);
            view = await browser.GetAsync(address);
        }

        return (view, [.. addresses, view.Location ?? ""]);
    }

    private static string NextOf(BrowserClient.View page) => WebUtility.HtmlDecode(page.Html.Split("data-next=\"")[1].Split('"')[0]);

    private static string LinkTo(BrowserClient.View page, string part) => WebUtility.HtmlDecode(
        page.Html.Split("href=\"").Skip(1).Select(rest => rest.Split('"')[0]).Last(link => link.Contains(part, StringComparison.Ordinal)));

    private string CodeSentTo(string phone) => _server.Get<SandboxMessages>().List("+86" + phone).First().Code;

    private static string Wrong(string code) => $"{(int.Parse(code) + 1) % 1_000_000:D6}";

    private async Task<Account?> BoundToAsync(WeChatPerson person) =>
        await _server.Get<IBindingStore>().FindAsync(_scans.IdentityOf(person), _app.DeveloperId, default) is { } binding
            ? await _server.Get<IAccountStore>().FindAsync(binding.AccountId, default)
            : null;

    private Task<Account> NewAccountAsync() => NewAccountAsync(Samples.Noon);

    private async Task<Account> NewAccountAsync(DateTimeOffset? verifiedAt)
    {
        var account = Samples.NewAccount();
        account = account with { Phones = [new(account.Id, "86", MiniCaller.NewPhone(), "CN", IsBound: true, verifiedAt)] };
        Assert.True(await _server.Get<IAccountStore>().TryAddAsync(account, default));
        return account;
    }

    private static string PhoneOf(Account account) => account.BoundPhone!.National;

    private Task<HttpResponseMessage> AdvanceAsync(string duration) =>
        _server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration });

    private Task<HttpResponseMessage> ResetClockAsync() => _server.Http.DeleteAsync("/sandbox/clock");
}
