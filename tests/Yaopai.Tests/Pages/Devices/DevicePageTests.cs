using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors.DevicePage;
using TokenErrors = Yaopai.Errors.HuaweiAccountErrors.Token;

namespace Yaopai.Tests.Pages.Devices;

/// <summary>A person follows their device's QR code, and says yes or no.</summary>
public sealed class DevicePageTests(DevicePageTests.Unlimited fixture) : IClassFixture<DevicePageTests.Unlimited>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    public sealed class Unlimited : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Quotas:UserCodesPerMinute", "0")];
    }

    [Fact]
    public async Task A_person_compares_the_code_allows_and_the_device_goes_on()
    {
        await _demo.WithdrawAsync("mainland");
        var device = await _demo.DeviceAsync("openid profile");
        using var browser = new BrowserClient(fixture.Server);

        var signIn = await browser.OpenAsync(Web.Device(device.UserCode));
        Assert.True(signIn.Has("password"));
        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeNotScanned); // until it is known who opened it

        var page = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        Assert.Equal(200, page.Status);
        Assert.Contains($">{device.UserCode[..4]} {device.UserCode[4..]}</p>", page.Html);
        Assert.Contains($"<strong>{_demo.App.Name}</strong> asks for the following:", page.Html);
        Assert.Contains("Your nickname and picture", page.Html);
        Assert.Contains("小明", page.Html);
        Assert.False(page.Has("phone"));
        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeNotConfirmed);

        var done = await browser.SubmitAndFollowAsync(page, ("verdict", "Allow"));
        Assert.Equal(200, done.Status);
        Assert.Contains("<h1>You allowed it</h1>", done.Html);
        var tokens = await (await _demo.PollAsync(device)).ShouldSucceedAsync(TokenErrors.Ok);
        Assert.Equal("openid profile", tokens.GetProperty("scope").GetString());

        var again = await browser.SubmitAndFollowAsync(page, ("verdict", "Refuse")); // too late, and told so
        Assert.Contains("<h1>You allowed it</h1>", again.Html);
    }

    [Fact]
    public async Task A_person_refuses_and_the_device_is_told()
    {
        await _demo.WithdrawAsync("mainland");
        var device = await _demo.DeviceAsync();
        using var browser = new BrowserClient(fixture.Server);
        var page = await MeetAsync(browser, device);

        var done = await browser.SubmitAndFollowAsync(page, ("verdict", "Refuse"));
        Assert.Equal(200, done.Status);
        Assert.Contains("<h1>You refused</h1>", done.Html);
        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeDenied);
        Assert.Null(await fixture.Server.Get<IConsentStore>().FindAsync(900001, _demo.App.ClientId, default));

        await browser.SubmitAndFollowAsync(page, ("verdict", "Allow"));
        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeDenied);
    }

    [Fact]
    public async Task Who_is_signed_in_already_meets_the_page_at_once()
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();

        Assert.True((await browser.OpenAsync(Web.Device((await _demo.DeviceAsync()).UserCode))).Has("verdict"));
    }

    [Fact]
    public async Task Of_two_people_at_one_device_the_first_is_asked_and_the_second_is_told()
    {
        var device = await _demo.DeviceAsync();
        using var first = new BrowserClient(fixture.Server);
        using var second = new BrowserClient(fixture.Server);
        var address = Web.Device(device.UserCode);
        var (theirs, late) = (await first.OpenAsync(address), await second.OpenAsync(address));
        var page = await first.SubmitAndFollowAsync(theirs, ("login", "mainland"), ("password", DemoData.Password));
        var told = await second.SubmitAndFollowAsync(late, ("login", "hongkong"), ("password", DemoData.Password));

        ShouldShow(told, E.UserCodeTaken, "Somebody else has opened this code");
        await (await second.AskAsync(address)).Response.ShouldBeAsync(E.UserCodeTaken);

        // With the first one's form the second one does nothing either.
        var forged = await second.PostAsync(page.Forms[0].Action, ("verdict", "Allow"));
        Assert.Null(forged.Location);
        Assert.Contains("Please reload the page", forged.Html);
        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeNotConfirmed);

        await first.SubmitAsync(page, ("verdict", "Allow"));
        await (await _demo.PollAsync(device)).ShouldSucceedAsync(TokenErrors.Ok);
    }

    [Fact]
    public async Task Who_answers_for_somebody_else_changes_nothing()
    {
        using var browser = new BrowserClient(fixture.Server);
        var mine = await MeetAsync(browser, await _demo.DeviceAsync());
        var device = await _demo.DeviceAsync();
        var ticket = (await browser.GetAsync(Web.Device(device.UserCode))).Location!; // before somebody else scans it
        await _demo.PersonAsync(device, "hongkong", "scan");

        foreach (var verdict in new[] { "Allow", "Refuse" })
        {
            var forms = mine with { Html = mine.Html.Replace(mine.Forms[0].Action, ticket) };
            ShouldShow(await browser.SubmitAndFollowAsync(forms, ("verdict", verdict)), E.UserCodeTaken, "Somebody else");
            await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeNotConfirmed);
        }
    }

    [Fact]
    public async Task A_code_that_runs_out_while_a_person_signs_in_or_thinks_is_over()
    {
        var device = await _demo.DeviceAsync();
        using var slow = new BrowserClient(fixture.Server);
        var signIn = await slow.OpenAsync(Web.Device(device.UserCode));
        await _demo.AdvanceAsync("PT2M");
        var late = await slow.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        await _demo.ResetClockAsync();
        ShouldShow(late, E.UserCodeUnknown, "No device is waiting for this code.");

        var page = await MeetAsync(slow, await _demo.DeviceAsync());
        await _demo.AdvanceAsync("PT30M");
        var over = await slow.SubmitAndFollowAsync(page, ("verdict", "Allow"));
        await _demo.ResetClockAsync();
        ShouldShow(over, E.UserCodeUnknown, "No device is waiting for this code.");
    }

    [Fact]
    public async Task A_code_that_was_given_to_another_device_meanwhile_is_not_taken_for_the_first()
    {
        using var browser = new BrowserClient(fixture.Server);
        var (old, other) = (await _demo.DeviceAsync(), await _demo.DeviceAsync());
        var page = await MeetAsync(browser, old);
        await fixture.Engine.ExecuteAsync($"UPDATE device_authorization SET user_code = 'gone' WHERE user_code = '{old.UserCode}'");
        await fixture.Engine.ExecuteAsync(
            $"UPDATE device_authorization SET user_code = '{old.UserCode}' WHERE user_code = '{other.UserCode}'");

        var again = await browser.SubmitAsync(page, ("verdict", "Allow"));
        Assert.Equal(Web.Device(old.UserCode), again.Location);
        await (await _demo.PollAsync(other)).ShouldBeAsync(TokenErrors.UserCodeNotScanned);
    }

    public static TheoryData<string, string> Forgeries { get; } = new()
    {
        { "forgery",        "" },
        { "forgery",        "made-up" },
        { "forgery",        "{another browser's}" },
        { "Origin",         "https://evil.example" },
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
        { "verdict",        "" },
        { "verdict",        "OneTap" },
        { "verdict",        "7" },
    };

    [Theory, MemberData(nameof(Forgeries))]
    public async Task An_answer_that_is_not_from_our_form_does_nothing(string what, string value)
    {
        var device = await _demo.DeviceAsync();
        using var browser = new BrowserClient(fixture.Server);
        using var other = new BrowserClient(fixture.Server);
        if (value is "{another browser's}")
            value = (await MeetAsync(other, await _demo.DeviceAsync(), "hongkong")).Forms[0].Preset.Single(field =>
                field.Name is "forgery").Value!;

        var page = await MeetAsync(browser, device);
        var refused = what switch
        {
            "forgery" => await browser.SubmitAsync(page, ("verdict", "Allow"), ("forgery", value)),
            "verdict" => await browser.SubmitAsync(page, ("verdict", value)),
            _ => await browser.SubmitAsync(page, [(what, value)], ("verdict", "Allow")),
        };

        Assert.Equal(400, refused.Status);
        Assert.Contains("Please reload the page", refused.Html);
        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeNotConfirmed);
    }

    [Theory]
    [InlineData("{none}")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{changed}")]
    [InlineData("{of a sign-in}")]
    public async Task A_link_that_is_not_ours_leads_nowhere(string request)
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();
        var device = await _demo.DeviceAsync();
        var good = (await browser.GetAsync(Web.Device(device.UserCode))).Sent("request")!;
        var address = request switch
        {
            "{none}" => "/device",
            "{changed}" => $"/device?request={good[..^1]}{(good[^1] is 'A' ? 'Q' : 'A')}",
            "{of a sign-in}" => "/device?request=" + (await new BrowserClient(fixture.Server).GetAsync(Web.Authorize())).Sent("request"),
            _ => $"/device?request={request}",
        };
        var (shown, taken) = (await browser.GetAsync(address), await browser.PostAsync(address, ("verdict", "Allow")));

        foreach (var page in new[] { shown, taken })
        {
            Assert.Equal(400, page.Status);
            Assert.Null(page.Location);
            Assert.Contains("Scan the code on your device again", page.Html);
        }

        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeNotScanned);
    }

    [Fact]
    public async Task FC20_a_page_that_stood_open_too_long_leads_to_its_beginning()
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();
        var device = await _demo.DeviceAsync();
        var address = (await browser.GetAsync(Web.Device(device.UserCode))).Location!;
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT11M" });
        var (shown, taken) = (await browser.GetAsync(address), await browser.PostAsync(address, ("verdict", "Allow")));
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");

        foreach (var page in new[] { shown, taken })
        {
            Assert.Equal(400, page.Status);
            Assert.Contains($"href=\"{Web.Device(device.UserCode)}\">Begin again</a>", page.Html);
        }

        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeNotScanned);
    }

    [Fact]
    public async Task The_ticket_of_a_device_opens_no_other_page()
    {
        using var browser = new BrowserClient(fixture.Server);
        var ticket = (await browser.GetAsync(Web.Device((await _demo.DeviceAsync()).UserCode))).Sent("request");

        foreach (var page in new[] { "/sign-in", "/consent" })
            Assert.Equal(400, (await browser.GetAsync($"{page}?request={ticket}")).Status);
    }

    [Fact]
    public async Task A_device_of_an_app_that_was_disabled_meanwhile_goes_no_further()
    {
        var device = await _demo.DeviceAsync();
        using var browser = new BrowserClient(fixture.Server);
        var page = await MeetAsync(browser, device);
        await DisableAsync(DateTimeOffset.UnixEpoch);
        var (shown, taken) =
            (await browser.OpenAsync(Web.Device(device.UserCode)), await browser.SubmitAndFollowAsync(page, ("verdict", "Allow")));
        var told = await browser.AskAsync(Web.Device(device.UserCode));
        await DisableAsync(null);

        Assert.Equal([403, 403], [shown.Status, taken.Status]);
        await told.Response.ShouldBeAsync(E.Forbidden);
        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeNotConfirmed);
    }

    [Theory]
    [InlineData("{own}", "11136000008")]
    [InlineData("none", null)]
    public async Task With_the_scope_phone_a_person_chooses_a_number_or_none(string choice, string? shared)
    {
        await _demo.WithdrawAsync("mainland");
        var device = await _demo.DeviceAsync("openid phone");
        using var browser = new BrowserClient(fixture.Server);
        var page = await MeetAsync(browser, device);
        Assert.Contains("+86 111******08", WebUtility.HtmlDecode(page.Html));
        Assert.DoesNotContain("11136000008", page.Html);

        var own = page.Forms[0].Preset.Single(field => field.Name is "phone").Value;
        await browser.SubmitAndFollowAsync(page, ("verdict", "Allow"), ("phone", choice is "{own}" ? own : choice));

        var token = (await (await _demo.PollAsync(device)).ShouldSucceedAsync(TokenErrors.Ok)).GetProperty("access_token").GetString()!;
        var info = await (await _demo.GetInfoAsync(token)).ShouldSucceedAsync(HuaweiAccountErrors.GetInfo.Ok);
        Assert.Equal(shared, info.TryGetProperty("mobileNumber", out var number) ? number.GetString() : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")] // nobody's
    [InlineData("{of another person}")]
    public async Task A_number_that_is_not_theirs_to_share_is_asked_for_again(string phone)
    {
        using var browser = new BrowserClient(fixture.Server);
        using var other = new BrowserClient(fixture.Server);
        if (phone is "{of another person}")
            phone = (await MeetAsync(other, await _demo.DeviceAsync("phone"), "hongkong")).Forms[0].Preset.Single(field =>
                field.Name is "phone").Value!;

        var device = await _demo.DeviceAsync("openid phone");
        var again = await browser.SubmitAsync(await MeetAsync(browser, device), ("verdict", "Allow"), ("phone", phone));

        Assert.Equal(400, again.Status);
        Assert.Matches("<div id=\"fault\"[^>]* role=\"alert\"[^>]* autofocus", again.Html);
        Assert.Contains("<fieldset aria-describedby=\"fault\">", again.Html);
        await (await _demo.PollAsync(device)).ShouldBeAsync(TokenErrors.UserCodeNotConfirmed);

        var done = await browser.SubmitAndFollowAsync(again, ("verdict", "Allow"), ("phone", "none"));
        Assert.Contains("<h1>You allowed it</h1>", done.Html);
    }

    [Fact]
    public async Task What_was_allowed_before_stays_allowed_and_the_page_says_what_is_new()
    {
        await _demo.WithdrawAsync("mainland");
        using var browser = new BrowserClient(fixture.Server);
        var web = await browser.OpenAsync(Web.Authorize(("scope", "openid phone")));
        await browser.SubmitAndFollowAsync(
            await browser.SubmitAndFollowAsync(web, ("login", "mainland"), ("password", DemoData.Password)), ("verdict", "Allow"));
        var before = (await fixture.Server.Get<IConsentStore>().FindAsync(900001, _demo.App.ClientId, default))!;

        var page = await MeetAsync(browser, await _demo.DeviceAsync("openid email"));
        Assert.Contains("asks for more than you allowed before", page.Html);
        Assert.Single(Regex.Matches(page.Html, "<span class=\"tone renew\">new</span>"));
        await browser.SubmitAsync(page, ("verdict", "Allow"));

        var after = (await fixture.Server.Get<IConsentStore>().FindAsync(900001, _demo.App.ClientId, default))!;
        Assert.Equal(["openid", "phone", "email"], after.Scopes);
        Assert.NotNull(before.PhoneId);
        Assert.Equal(before.PhoneId, after.PhoneId);

        Assert.Contains("asks for the following:", (await MeetAsync(browser, await _demo.DeviceAsync("openid email"))).Html);
    }

    [Fact]
    public async Task Who_comes_without_a_code_types_it()
    {
        var device = await _demo.DeviceAsync();
        using var browser = new BrowserClient(fixture.Server);

        var empty = await browser.GetAsync(Web.Device(null));
        Assert.Equal(200, empty.Status); // whoever has only opened the page has done nothing wrong
        Assert.Contains("Type the code that your device shows.", empty.Html);
        Assert.DoesNotContain(E.UserCodeMissing.Number, empty.Html);
        Assert.DoesNotContain("role=\"alert\"", empty.Html);
        Assert.Contains("<label for=\"usercode\">", empty.Html);
        Assert.Contains(" autofocus", empty.Html);

        var wrong = await browser.GetAsync(empty.Forms[0].Action + "?user_code=%22%3E%3Cb%3Ebcdf");
        ShouldShow(wrong, E.UserCodeUnknown, "No device is waiting for this code.");
        Assert.Matches("<div id=\"fault\"[^>]* role=\"alert\"[^>]* autofocus", wrong.Html);
        Assert.Contains("value=\"&quot;&gt;&lt;b&gt;bcdf\"", wrong.Html);
        Assert.Contains("aria-describedby=\"fault\"", wrong.Html);
        Assert.Contains("type=\"text\" value=\"\"", (await browser.GetAsync(Web.Device(new string('B', 33)))).Html);

        Assert.Equal("/huawei/oauth2/v3/device", wrong.Forms[0].Action);
        var typed = $"{device.UserCode[..4]} {device.UserCode[4..]}".ToLowerInvariant();
        Assert.True((await browser.OpenAsync($"{wrong.Forms[0].Action}?user_code={Uri.EscapeDataString(typed)}")).Has("password"));
    }

    [Fact]
    public async Task No_page_of_a_device_is_framed_kept_scripted_or_told_where_people_came_from()
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await MeetAsync(browser, await _demo.DeviceAsync("openid phone"));
        BrowserClient.View[] pages =
        [
            page, await browser.SubmitAsync(page, ("verdict", "x")), await browser.SubmitAndFollowAsync(page, ("verdict", "Refuse")),
            await browser.GetAsync("/device"), await browser.GetAsync(Web.Device(null)),
        ];
        foreach (var view in pages)
        {
            Assert.Equal("DENY", view.Header("X-Frame-Options"));
            Assert.StartsWith("default-src 'none'; style-src 'self';", view.Header("Content-Security-Policy"));
            Assert.Contains("form-action 'self';", view.Header("Content-Security-Policy"));
            Assert.Equal("no-referrer", view.Header("Referrer-Policy"));
            Assert.Equal("nosniff", view.Header("X-Content-Type-Options"));
            Assert.Contains("no-store", view.Header("Cache-Control"));
            Assert.DoesNotContain("<script", view.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(@"\son[a-z]+=|\sstyle=", view.Html);
        }
    }

    [Theory]
    [InlineData("zh-CN", "请输入您的设备上显示的代码。", "在设备上登录", "已拒绝")]
    [InlineData("en", "Type the code that your device shows.", "Sign in on a device", "You refused")]
    public async Task The_pages_speak_both_languages(string language, string type, string title, string refused)
    {
        using var browser = new BrowserClient(fixture.Server, language);
        Assert.Contains(type, (await browser.GetAsync(Web.Device(null))).Html);
        var page = await MeetAsync(browser, await _demo.DeviceAsync());
        Assert.Contains($"<h1>{title}</h1>", page.Html);
        Assert.Contains($"<h1>{refused}</h1>", (await browser.SubmitAndFollowAsync(page, ("verdict", "Refuse"))).Html);
    }

    [Fact]
    public async Task Neither_codes_nor_links_reach_a_log()
    {
        var device = await _demo.DeviceAsync("openid phone");
        using var browser = new BrowserClient(fixture.Server);
        var page = await MeetAsync(browser, device);
        await browser.SubmitAndFollowAsync(page, ("verdict", "Allow"));
        await browser.GetAsync(Web.Device(device.UserCode));

        foreach (var secret in new[] { device.UserCode, device.Code, BrowserClient.View.Query(page.Forms[0].Action, "request")! })
            Assert.DoesNotContain(fixture.Server.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_one_node_is_answered_at_another()
    {
        await using var second = await TestServer.StartAsync(fixture.Engine);
        var device = await _demo.DeviceAsync();
        using var browser = new BrowserClient(fixture.Server);
        var page = await MeetAsync(browser, device);
        using var there = browser.At(second);

        Assert.Contains("<h1>You allowed it</h1>", (await there.SubmitAndFollowAsync(page, ("verdict", "Allow"))).Html);
        await (await _demo.PollAsync(device)).ShouldSucceedAsync(TokenErrors.Ok);
    }

    private static async Task<BrowserClient.View> MeetAsync(BrowserClient browser, HuaweiCaller.Device device, string user = "mainland")
    {
        var view = await browser.OpenAsync(Web.Device(device.UserCode));
        if (view.Has("password"))
            view = await browser.SubmitAndFollowAsync(view, ("login", user), ("password", DemoData.Password));
        Assert.True(view.Has("verdict"), view.Html);
        return view;
    }

    /// <summary>In words, with the number, and with a form to type another code.</summary>
    private static void ShouldShow(BrowserClient.View page, ErrorDefinition error, string words)
    {
        Assert.Equal(400, page.Status);
        Assert.Contains(words, page.Html);
        Assert.Contains($">{error.Number}</a>", page.Html);
        Assert.True(page.Has("user_code"));
        Assert.NotEqual("", page.Header("X-Request-Id"));
    }

    private async Task DisableAsync(DateTimeOffset? at)
    {
        var store = fixture.Server.Get<IAppStore>();
        await store.TryChangeAsync((await store.FindAsync(_demo.App.ClientId, default))! with { DisabledAt = at }, default);
        fixture.Server.Get<AppDirectory>().Clear();
    }
}
