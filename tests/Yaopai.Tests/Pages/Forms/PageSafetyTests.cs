using System.Text.RegularExpressions;
using Yaopai.Server.Accounts;
using Yaopai.Server.Consents;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Pages.Forms;

/// <summary>What a foreign page, a curious neighbour and a thief may try at the pages.</summary>
public sealed partial class PageSafetyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>What cookies of apps are called as well.</summary>
    private static readonly string[] s_commonNames = ["session", "forgery", "device", "lang"];

    private readonly HuaweiCaller _demo = new(fixture.Server);

    [Fact]
    public async Task No_page_is_framed_kept_scripted_or_told_where_people_came_from()
    {
        using var browser = await BrowserAsync();
        var signIn = await browser.OpenAsync(Web.Authorize());
        var failed = await browser.SubmitAsync(signIn, ("login", "mainland"), ("password", "wrong-wrong"));
        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        var broken = await browser.GetAsync("/sign-in");
        var refusal = await browser.GetAsync("/huawei/oauth2/v3/authorize");
        foreach (var page in new[] { signIn, failed, consent, broken, refusal })
        {
            Assert.Equal("DENY", page.Header("X-Frame-Options"));
            Assert.Contains("frame-ancestors 'none'", page.Header("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; style-src 'self';", page.Header("Content-Security-Policy"));
            Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
            Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
            Assert.Contains("no-store", page.Header("Cache-Control"));
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(@"\son[a-z]+=|\sstyle=", page.Html);
        }

        // FC-17: browsers hold redirects against the policy too, and where an app leads on only the app knows.
        Assert.DoesNotContain("form-action", signIn.Header("Content-Security-Policy"));
        Assert.DoesNotContain("form-action", consent.Header("Content-Security-Policy"));
        Assert.Contains("form-action 'self';", broken.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task Cookies_are_for_this_server_alone()
    {
        using var browser = await BrowserAsync();
        var signIn = await browser.OpenAsync(Web.Authorize());
        var done = await browser.SubmitAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));

        string[] cookies = [.. signIn.Response.Headers.GetValues("Set-Cookie"), .. done.Response.Headers.GetValues("Set-Cookie")];
        Assert.Equal(["yaopai-device", "yaopai-session"], cookies.Select(cookie => cookie.Split('=')[0]).Order());
        Assert.All(cookies, cookie => Assert.Contains("httponly", cookie));
        Assert.All(cookies, cookie => Assert.Contains("samesite=lax", cookie));
        Assert.DoesNotContain("domain=", string.Concat(cookies));
    }

    [Fact]
    public async Task Over_tls_cookies_are_secure_and_belong_to_one_host()
    {
        await using var server = await TestServer.StartAsync(
            fixture.Engine, ("Gateway:Proxies:0", "127.0.0.0/8"), ("Gateway:Proxies:1", "::1/128"));
        using var browser = new BrowserClient(server);
        browser.Always("X-Forwarded-Proto", "https");
        var signIn = await browser.OpenAsync(Web.Authorize());
        var cookies = signIn.Response.Headers.GetValues("Set-Cookie").ToList();

        Assert.All(cookies, cookie => Assert.Contains("secure", cookie));
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-yaopai-device=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FC_28_an_app_on_the_same_host_keeps_its_cookies_and_hurts_nobody()
    {
        await _demo.WithdrawAsync("mainland");
        var before = fixture.Server.Log.Lines.Count;
        using var browser = new BrowserClient(fixture.Server);
        foreach (var name in s_commonNames)
            browser.Plant(name, "theapps");

        Assert.NotNull((await browser.AgreeAsync()).Sent("code"));
        Assert.All(s_commonNames, name => Assert.Equal("theapps", browser.Cookies.Single(cookie => cookie.Name == name).Value));
        Assert.Empty(ComplaintsSince(before));
    }

    [Fact]
    public async Task What_is_no_value_of_ours_in_our_own_cookies_is_as_none_and_no_exception()
    {
        var before = fixture.Server.Log.Lines.Count;
        foreach (var name in s_commonNames)
        {
            using var browser = await BrowserAsync();
            browser.Plant("yaopai-" + name, "made-up");
            Assert.Equal(200, (await browser.OpenAsync(Web.Authorize())).Status);
        }

        Assert.Empty(ComplaintsSince(before));
    }

    [Fact]
    public async Task L3_a_form_that_came_from_elsewhere_signs_nobody_in_not_even_with_the_cookies_of_its_browser_but_for_one()
    {
        using var attacker = await BrowserAsync();
        var page = await attacker.OpenAsync(Web.Authorize());

        using var victim = new BrowserClient(fixture.Server);
        foreach (var cookie in attacker.Cookies.Where(cookie => cookie.Name is not "yaopai-device"))
            victim.Plant(cookie.Name, cookie.Value);
        await victim.OpenAsync(Web.Authorize());
        var forged = await victim.SubmitAsync(page, [("Origin", "null")], ("login", "hongkong"), ("password", DemoData.Password));

        Assert.Equal(400, forged.Status);
        Assert.DoesNotContain(victim.Cookies, cookie => cookie.Name is "yaopai-session");
    }

    [Fact]
    public async Task L3_over_tls_a_form_and_all_that_a_sibling_host_can_plant_sign_nobody_in()
    {
        await using var server = await TestServer.StartAsync(
            fixture.Engine, ("Gateway:Proxies:0", "127.0.0.0/8"), ("Gateway:Proxies:1", "::1/128"));
        using var attacker = new BrowserClient(server);
        attacker.Always("X-Forwarded-Proto", "https");
        var page = await attacker.OpenAsync(Web.Authorize());
        var cookies = page.Response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).ToList();
        (string, string?)[] typed = [("login", "hongkong"), ("password", DemoData.Password)];

        var planted = cookies.Select(cookie => cookie.Replace("__Host-", "", StringComparison.Ordinal));
        Assert.Equal(400, (await attacker.SubmitAsync(page, [("Cookie", string.Join("; ", planted))], typed)).Status);
        Assert.Equal(303, (await attacker.SubmitAsync(page, [("Cookie", string.Join("; ", cookies))], typed)).Status);
    }

    public static TheoryData<string, string> Forgeries { get; } = new()
    {
        { "token",          "" },
        { "token",          "made-up" },
        { "token",          "{another browser's}" },
        { "Origin",         "https://evil.example" },
        { "Origin",         "http://127.0.0.1:1" },
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
    };

    [Theory, MemberData(nameof(Forgeries))]
    public async Task A_form_that_is_not_ours_does_nothing(string what, string value)
    {
        using var browser = await BrowserAsync();
        using var other = new BrowserClient(fixture.Server);
        if (value is "{another browser's}")
            value = (await other.OpenAsync(Web.Authorize())).Forms[0].Preset.Single(field => field.Name is "forgery").Value!;

        var signIn = await browser.OpenAsync(Web.Authorize());
        Refused(await ForgeAsync(signIn, ("login", "mainland"), ("password", DemoData.Password)));
        Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name is "yaopai-session");

        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        Refused(await ForgeAsync(consent, ("verdict", "Allow")));
        Assert.Null(await fixture.Server.Get<IConsentStore>().FindAsync(900001, 100000001, default));

        var signOut = consent with { Html = consent.Html[consent.Html.IndexOf("<form class=\"another\"", StringComparison.Ordinal)..] };
        Refused(await ForgeAsync(signOut));
        Assert.True((await browser.OpenAsync(Web.Authorize())).Has("verdict"));

        Task<BrowserClient.View> ForgeAsync(BrowserClient.View page, params (string Name, string? Value)[] fields) => what is "token"
            ? browser.SubmitAsync(page, [("forgery", value), .. fields])
            : browser.SubmitAsync(page, [(what, value)], fields);

        static void Refused(BrowserClient.View page)
        {
            Assert.Equal(400, page.Status);
            Assert.Contains("Please reload the page", page.Html);
            Assert.Null(page.Location);
        }
    }

    [Theory]
    [InlineData("Origin", "null")] // what browsers say of a page that names no referrer
    [InlineData("Sec-Fetch-Site", "same-origin")]
    public async Task What_browsers_say_of_our_own_forms_is_let_in(string header, string value)
    {
        using var browser = await BrowserAsync();
        var signIn = await browser.OpenAsync(Web.Authorize());
        var done = await browser.SubmitAsync(signIn, [(header, value)], ("login", "mainland"), ("password", DemoData.Password));

        Assert.Equal(303, done.Status);
    }

    [Fact]
    public async Task A_token_from_before_the_sign_in_is_worth_nothing_after_it()
    {
        using var browser = await BrowserAsync();
        var signIn = await browser.OpenAsync(Web.Authorize());
        var old = signIn.Forms[0].Preset.Single(field => field.Name is "forgery").Value!;
        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));

        Assert.Equal(400, (await browser.SubmitAsync(consent, ("verdict", "Allow"), ("forgery", old))).Status);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("text/plain", "login=mainland")]
    [InlineData("multipart/form-data; boundary=x", "--x--")]
    [InlineData("application/x-www-form-urlencoded", "{100 KiB}")]
    [InlineData("application/x-www-form-urlencoded", "{100 fields}")]
    [InlineData("application/x-www-form-urlencoded", "{chunked}")]
    public async Task What_no_form_of_ours_would_send_is_refused_in_peace(string type, string body)
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.OpenAsync(Web.Authorize());
        var text = body switch
        {
            "{100 KiB}" or "{chunked}" => "login=" + new string('x', 100 * 1024),
            "{100 fields}" => string.Join('&', Enumerable.Range(0, 100).Select(i => $"f{i}=")),
            _ => body,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, page.Forms[0].Action) { Content = new StringContent(text) };
        request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        request.Headers.TransferEncodingChunked = body is "{chunked}";

        Assert.Equal(400, (int)(await fixture.Server.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_session_that_was_planted_before_is_replaced()
    {
        using var thief = await BrowserAsync();
        await thief.AgreeAsync(user: "hongkong");
        var planted = thief.Cookies.Single(cookie => cookie.Name is "yaopai-session").Value;

        using var browser = new BrowserClient(fixture.Server);
        var signIn = await browser.OpenAsync(Web.Authorize());
        browser.Plant("yaopai-session", "planted");
        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));

        var session = browser.Cookies.Single(cookie => cookie.Name is "yaopai-session").Value;
        Assert.NotEqual("planted", session);
        Assert.NotEqual(planted, session);
        Assert.True(consent.Has("verdict"));
    }

    [Fact]
    public async Task Who_tries_names_learns_nothing()
    {
        using var browser = new BrowserClient(fixture.Server);
        var signIn = await browser.OpenAsync(Web.Authorize());
        var wrong = await browser.SubmitAsync(signIn, ("login", "mainland"), ("password", "wrong-wrong"));
        var unknown = await browser.SubmitAsync(signIn, ("login", "nobodyyy"), ("password", "wrong-wrong"));

        Assert.Equal(400, wrong.Status);
        Assert.Equal(Neutral(wrong).Replace("mainland", "nobodyyy"), Neutral(unknown));
        Assert.Equal(wrong.Status, unknown.Status);
        Assert.Equal(HeaderNames(wrong), HeaderNames(unknown));

        static string Neutral(BrowserClient.View view) => Token().Replace(view.Html, "");
        static string HeaderNames(BrowserClient.View view) => string.Join(',', view.Response.Headers.Select(header => header.Key).Order());
    }

    [Fact]
    public async Task A_failure_is_announced_keeps_the_name_and_forgets_the_password()
    {
        using var browser = new BrowserClient(fixture.Server);
        var signIn = await browser.OpenAsync(Web.Authorize());
        Assert.DoesNotContain("role=\"alert\"", signIn.Html);

        var failed = await browser.SubmitAsync(signIn, ("login", "\"><b>mainland"), ("password", "wrong-wrong"));
        Assert.Matches("<div id=\"fault\"[^>]* role=\"alert\"[^>]* autofocus", failed.Html);
        Assert.Equal(2, Regex.Count(failed.Html, "aria-describedby=\"fault\""));
        Assert.Contains("value=\"&quot;&gt;&lt;b&gt;mainland\"", failed.Html);
        Assert.DoesNotContain("wrong-wrong", failed.Html);
        Assert.Single(Regex.Matches(failed.Html, " autofocus"));
    }

    [Theory]
    [InlineData("russia")]
    [InlineData("nobody-at-all")]
    public async Task After_too_many_failures_the_page_says_to_wait_whoever_it_is(string login)
    {
        using var browser = new BrowserClient(fixture.Server);
        var signIn = await browser.OpenAsync(Web.Authorize());
        for (var i = 0; i < 5; i++)
            await browser.SubmitAsync(signIn, ("login", login), ("password", "wrong-wrong"));
        var locked = await browser.SubmitAsync(signIn, ("login", login), ("password", DemoData.Password));

        Assert.Equal(429, locked.Status);
        Assert.Contains("Wait 15 minutes", locked.Html);
        Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name is "yaopai-session");
    }

    [Fact]
    public async Task An_account_that_may_not_sign_in_is_told_so_once_it_has_proved_itself()
    {
        using var browser = new BrowserClient(fixture.Server);
        var signIn = await browser.OpenAsync(Web.Authorize());
        var disabled = await browser.SubmitAsync(signIn, ("login", "locked"), ("password", DemoData.Password));
        Assert.Equal(403, disabled.Status);
        Assert.Contains("suspended", disabled.Html);

        var unproved = await browser.SubmitAsync(signIn, ("login", "recycled"), ("password", "wrong-wrong"));
        Assert.Equal(400, unproved.Status);
        Assert.DoesNotContain("suspended", unproved.Html);
    }

    [Fact]
    public async Task Every_field_has_a_label_and_says_what_goes_into_it()
    {
        using var browser = await BrowserAsync();
        var signIn = await browser.OpenAsync(Web.Authorize(("scope", "openid phone")));
        Assert.Contains("autocomplete=\"username\"", signIn.Html);
        Assert.Contains("autocomplete=\"current-password\"", signIn.Html);
        foreach (Match field in Regex.Matches(signIn.Html, "<input id=\"([a-z]+)\""))
            Assert.Contains($"<label for=\"{field.Groups[1].Value}\">", signIn.Html);

        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        Assert.Matches("<fieldset[^>]*>\\s*<legend>", consent.Html);
        Assert.Equal(Regex.Count(consent.Html, "type=\"radio\""), Regex.Count(consent.Html, "<label class=\"choice\">"));
    }

    [Theory]
    [InlineData("zh-CN", "登录", "授权确认")]
    [InlineData("en", "Sign in", "Allow access")]
    public async Task The_pages_speak_both_languages(string language, string signInTitle, string consentTitle)
    {
        await _demo.WithdrawAsync("mainland");
        using var browser = new BrowserClient(fixture.Server, language);
        var signIn = await browser.OpenAsync(Web.Authorize());
        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));

        Assert.Contains($"<h1>{signInTitle}</h1>", signIn.Html);
        Assert.Contains($"<h1>{consentTitle}</h1>", consent.Html);
    }

    [Fact]
    public async Task On_a_phone_the_pages_are_narrow()
    {
        using var browser = new BrowserClient(fixture.Server);
        Assert.Contains("class=\"card touch\"", (await browser.OpenAsync(Web.Authorize(("display", "touch")))).Html);
        Assert.Contains("class=\"card\"", (await browser.OpenAsync(Web.Authorize(("display", "page")))).Html);
    }

    [Fact]
    public async Task What_a_person_types_and_what_an_app_sends_reaches_no_log()
    {
        var before = fixture.Server.Log.Lines.Count; // at start it tells developers how to sign in
        using var browser = await BrowserAsync();
        var signIn = await browser.OpenAsync(
            Web.Authorize(("scope", "openid phone"), ("nonce", "nonce-of-mine"), ("state", "state-of-mine")));
        await browser.SubmitAsync(signIn, ("login", "login-of-mine"), ("password", "password-of-mine"));
        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        await browser.SubmitAsync(consent, ("verdict", "x"));
        var done = await browser.SubmitAndFollowAsync(consent, ("verdict", "Allow"));

        string[] secrets =
        [
            "login-of-mine", "password-of-mine", DemoData.Password, "nonce-of-mine", "state-of-mine", "11136000008", "小明", "mainland@",
            done.Sent("code")!, BrowserClient.View.Query(signIn.Forms[0].Action, "request")!,
            .. browser.Cookies.Select(cookie => cookie.Value),
        ];
        foreach (var secret in secrets)
            Assert.DoesNotContain(fixture.Server.Log.Lines.Skip(before), line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void No_key_file_is_written_and_nothing_of_the_frameworks_key_ring_runs()
    {
        Assert.DoesNotContain(
            fixture.Server.GetAll<Microsoft.Extensions.Hosting.IHostedService>(),
            service => service.GetType().Namespace!.Contains("DataProtection"));
        Assert.DoesNotContain(fixture.Server.Log.Lines, line => line.Contains("DataProtection-Keys", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_of_one_node_is_taken_by_another()
    {
        await using var second = await TestServer.StartAsync(fixture.Engine);
        using var browser = await BrowserAsync();
        var signIn = await browser.OpenAsync(Web.Authorize());
        using var there = browser.At(second);
        var consent = await there.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));

        Assert.NotNull((await browser.SubmitAndFollowAsync(consent, ("verdict", "Allow"))).Sent("code"));
    }

    [Fact]
    public async Task A_database_that_fails_is_a_page_too_and_nothing_is_lost()
    {
        using var browser = await BrowserAsync();
        var signIn = await browser.OpenAsync(Web.Authorize());
        await fixture.Engine.ExecuteAsync("ALTER TABLE account RENAME TO gone");
        var away = await browser.SubmitAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        await fixture.Engine.ExecuteAsync("ALTER TABLE gone RENAME TO account");

        Assert.Equal(503, away.Status);
        Assert.Contains("The service is not available", away.Html);
        Assert.Equal(303, (await browser.SubmitAsync(signIn, ("login", "mainland"), ("password", DemoData.Password))).Status);
    }

    private async Task<BrowserClient> BrowserAsync()
    {
        await _demo.WithdrawAsync("mainland");
        fixture.Server.Get<AccountDirectory>().Clear();
        return new BrowserClient(fixture.Server);
    }

    private IEnumerable<string> ComplaintsSince(int before) => fixture.Server.Log.Lines.Skip(before)
        .Where(line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal));

    [GeneratedRegex("name=\"forgery\" value=\"[^\"]*\"")]
    private static partial Regex Token();
}
