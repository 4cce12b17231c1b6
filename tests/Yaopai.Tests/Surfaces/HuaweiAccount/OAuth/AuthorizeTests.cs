using System.Net;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Surfaces.HuaweiAccount.OAuth;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.HuaweiAccountErrors.Authorize;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.OAuth;

public sealed class AuthorizeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly HuaweiCaller _demo = new(fixture.Server);

    /// <summary>One mistake in a request that is otherwise good, shown here. Null leaves the parameter out.</summary>
    public static TheoryData<string, string?, string> MistakesBefore { get; } = new()
    {
        { "client_id",    null,                                                nameof(E.ClientIdMissing) },
        { "client_id",    "",                                                  nameof(E.ClientIdMissing) },
        { "client_id",    "abc",                                               nameof(E.ClientIdMalformed) },
        { "client_id",    "-1",                                                nameof(E.ClientIdMalformed) },
        { "client_id",    "100000001\n",                                       nameof(E.ClientIdMalformed) },
        { "client_id",    "11111111111111111111111111111111111111111111111111111111111111111", nameof(E.ClientIdMalformed) },
        { "client_id",    "999999999",                                         nameof(E.ClientIdUnknown) },
        { "client_id",    "1111111111111111111111111111111111111111111111111111111111111111",  nameof(E.ClientIdUnknown) },
        { "client_id",    "0100000001",                                        nameof(E.ClientIdUnknown) },
        { "redirect_uri", null,                                                nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "",                                                  nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "/callback",                                         nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "//demo.example/callback",                           nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "demo.example/callback",                             nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "https://demo.example/callback#fragment",            nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "https://demo.example@evil.example/callback",        nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "https://evil.example\\@demo.example/callback",      nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "https://demo.example/callback?a=b c",               nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "https://demo.example/callback\r\nSet-Cookie: a=b",  nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "https://demo.example/callback?名=1",                nameof(E.RedirectUriMalformed) },
        { "redirect_uri", "hms://demo.example/callback",                       nameof(E.AppRedirectUriUnregistered) },
        { "redirect_uri", "javascript:alert(1)",                               nameof(E.AppRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback/../other",            nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback.evil.example",        nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback/more",                nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/Callback",                     nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://DEMO.example/callback",                     nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example:444/callback",                 nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "http://demo.example/callback",                      nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example.evil.example/callback",        nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://sibling.example/callback",                  nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback&a=b",                 nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback?a=b",                 nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback?",                    nameof(E.WebRedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback?code=mine",           nameof(E.WebRedirectUriUnregistered) },
    };

    /// <summary>The same, told to the app.</summary>
    public static TheoryData<string, string?, string> MistakesAfter { get; } = new()
    {
        { "response_type",         null,                   nameof(E.ResponseTypeUnsupported) },
        { "response_type",         "token",                nameof(E.ResponseTypeUnsupported) },
        { "response_type",         "code id_token",        nameof(E.ResponseTypeUnsupported) },
        { "response_type",         "Code",                 nameof(E.ResponseTypeUnsupported) },
        { "response_mode",         "nonsense",             nameof(E.ResponseTypeUnsupported) },
        { "response_mode",         "fragment",             nameof(E.ResponseTypeUnsupported) },
        { "response_mode",         "query.jwt",            nameof(E.ResponseTypeUnsupported) },
        { "state",                 "a\nb",                 nameof(E.StateMalformed) },
        { "state",                 "状",                   nameof(E.StateMalformed) },
        { "state",                 "\u007f",               nameof(E.StateMalformed) },
        { "state",                 "{4097}",               nameof(E.StateMalformed) },
        { "scope",                 "under_score",          nameof(E.ScopeMalformed) },
        { "scope",                 "openid,profile",       nameof(E.ScopeMalformed) },
        { "scope",                 " ",                    nameof(E.ScopeMalformed) },
        { "scope",                 "{151 scopes}",         nameof(E.ScopeMalformed) },
        { "scope",                 "{openid 151 times}",   nameof(E.ScopeMalformed) },
        { "scope",                 "{150 scopes}",         nameof(E.ScopeUnknown) },
        { "scope",                 "openid made.up",       nameof(E.ScopeUnknown) },
        { "scope",                 "OpenID",               nameof(E.ScopeUnknown) },
        { "scope",                 "quickLoginAnonymousPhone", nameof(E.ScopeUnknown) },
        { "scope",                 "riskLevel",            nameof(E.ScopeUnknown) },
        { "access_type",           "always",               nameof(E.AccessTypeUnsupported) },
        { "nonce",                 "a\tb",                 nameof(E.NonceMalformed) },
        { "nonce",                 "名",                   nameof(E.NonceMalformed) },
        { "nonce",                 "{256}",                nameof(E.NonceMalformed) },
        { "display",               "popup",                nameof(E.DisplayUnsupported) },
        { "prompt",                "create",               nameof(E.DisplayUnsupported) },
        { "prompt",                "none login",           nameof(E.DisplayUnsupported) },
        { "max_age",               "-1",                   nameof(E.DisplayUnsupported) },
        { "max_age",               "soon",                 nameof(E.DisplayUnsupported) },
        { "max_age",               "99999999999",          nameof(E.DisplayUnsupported) },
        { "code_challenge_method", "S512",                 nameof(E.CodeChallengeMethodUnsupported) },
        { "code_challenge_method", "s256",                 nameof(E.CodeChallengeMethodUnsupported) },
        { "code_challenge_method", "S256",                 nameof(E.CodeChallengeMalformed) },
        { "code_challenge_method", "plain",                nameof(E.CodeChallengeMalformed) },
        { "code_challenge",        "short",                nameof(E.CodeChallengeMalformed) },
        { "code_challenge",        "{256}",                nameof(E.CodeChallengeMalformed) },
        { "code_challenge",        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw/cM", nameof(E.CodeChallengeMalformed) },
        { "need_code",             "yes",                  nameof(E.NeedCodeUnsupported) },
    };

    [Theory, MemberData(nameof(MistakesBefore))]
    public async Task A_mistake_before_the_redirect_uri_is_trusted_is_answered_here(string parameter, string? value, string expected)
    {
        var address = Web.Authorize((parameter, value), ("state", "s1"));

        var error = Definitions.Named($"Authorize.{expected}");
        await (await fixture.Server.Http.GetAsync(address)).ShouldBeAsync(error);

        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(address);
        Assert.Equal(400, page.Status);
        Assert.Null(page.Location);
        Assert.Equal("text/html; charset=utf-8", page.Response.Content.Headers.ContentType!.ToString());
        Assert.Contains($">{error.Number}</a>", page.Html);
        Assert.Contains(WebUtility.HtmlEncode(error.En), page.Html);
        Assert.NotEqual("", page.Header("X-Request-Id"));
    }

    [Fact]
    public async Task An_address_over_4096_characters_is_malformed()
    {
        var start = Web.Redirect + "?a=";
        await (await fixture.Server.Http.GetAsync(Web.Authorize(("redirect_uri", start + new string('x', 4097 - start.Length)))))
            .ShouldBeAsync(E.RedirectUriMalformed);
        await (await fixture.Server.Http.GetAsync(Web.Authorize(("redirect_uri", start + new string('x', 4096 - start.Length)))))
            .ShouldBeAsync(E.WebRedirectUriUnregistered);
    }

    [Theory, MemberData(nameof(MistakesAfter))]
    public async Task A_mistake_after_that_is_told_to_the_app_with_its_state(string parameter, string? value, string expected)
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(parameter is "state"
            ? Web.Authorize((parameter, Filled(value)))
            : Web.Authorize(("state", "s:1/a.b-c_d"), (parameter, Filled(value))));

        page.Response.ShouldSay(
            Web.Redirect, Definitions.Named($"Authorize.{expected}"),
            parameter is not "state" ? "s:1/a.b-c_d" : value is "{4097}" ? null : value, DescriptionOf(parameter));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        MistakesBefore.Select(row => row.Data.Item3).ShouldBreak(Authorize.BeforeRedirect);
        MistakesAfter.Select(row => row.Data.Item3).ShouldBreak(Authorize.AfterRedirect, nameof(E.AccessDenied)); // a person's, below
    }

    [Fact]
    public async Task Of_two_mistakes_before_the_redirect_uri_is_trusted_the_earlier_rule_answers() =>
        await Assert.AllAsync(MistakesBefore.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3), async pair =>
            await (await fixture.Server.Http.GetAsync(
                Web.Authorize((pair.Earlier.Item1, pair.Earlier.Item2), (pair.Later.Item1, pair.Later.Item2))))
                .ShouldBeAsync(Definitions.Named($"Authorize.{pair.Earlier.Item3}")));

    [Fact]
    public async Task A_mistake_before_the_redirect_uri_is_trusted_is_told_before_any_after_that() =>
        await Assert.AllAsync(
            MistakesBefore.Concat(MistakesAfter).Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3)
                .Where(pair => MistakesBefore.Any(row => row.Data == pair.Earlier) && MistakesAfter.Any(row => row.Data == pair.Later)),
            async pair => await (await fixture.Server.Http.GetAsync(
                Web.Authorize((pair.Earlier.Item1, pair.Earlier.Item2), (pair.Later.Item1, Filled(pair.Later.Item2)))))
                .ShouldBeAsync(Definitions.Named($"Authorize.{pair.Earlier.Item3}")));

    [Fact]
    public async Task Of_two_mistakes_after_that_the_earlier_rule_answers()
    {
        using var browser = new BrowserClient(fixture.Server);
        await Assert.AllAsync(MistakesAfter.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3), async pair =>
        {
            var page = await browser.GetAsync(
                Web.Authorize((pair.Earlier.Item1, Filled(pair.Earlier.Item2)), (pair.Later.Item1, Filled(pair.Later.Item2))));
            var state = new[] { pair.Earlier, pair.Later }.Where(row => row.Item1 is "state").Select(row => row.Item2).SingleOrDefault();
            page.Response.ShouldSay(
                Web.Redirect, Definitions.Named($"Authorize.{pair.Earlier.Item3}"), state is "{4097}" ? null : state,
                DescriptionOf(pair.Earlier.Item1));
        });
    }

    [Theory]
    [InlineData("&state=a&state=b")]
    [InlineData("&redirect_uri=https%3A%2F%2Fevil.example")]
    [InlineData("&state=%00")]
    public async Task A_query_that_says_two_things_or_cannot_be_read_is_a_bad_request_and_leads_nowhere(string more)
    {
        var address = Web.Authorize() + more;
        await (await fixture.Server.Http.GetAsync(address)).ShouldBeAsync(E.BadRequest);

        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(address);
        Assert.Equal((400, null), (page.Status, page.Location));
    }

    [Fact]
    public async Task A_scope_that_is_named_often_is_carried_on_once()
    {
        using var browser = new BrowserClient(fixture.Server);
        var (once, often) = (Web.Authorize(("scope", "profile openid")),
            Web.Authorize(("scope", string.Join(' ', Enumerable.Repeat("profile openid", 75)))));

        // A time that ends in zeros is written shorter; 74 repetitions would be 1,400 characters.
        Assert.InRange((await browser.GetAsync(often)).Location!.Length - (await browser.GetAsync(once)).Location!.Length, -20, 20);
        var code = (await browser.AgreeAsync(often)).Sent("code")!;
        var tokens = await (await _demo.ExchangeAsync(code, ("redirect_uri", Web.Redirect)))
            .ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
        Assert.Equal("profile openid", tokens.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Without_a_state_none_is_sent_back()
    {
        using var browser = new BrowserClient(fixture.Server);
        (await browser.GetAsync(Web.Authorize(("display", "popup")))).Response.ShouldSay(Web.Redirect, E.DisplayUnsupported, state: null);
    }

    [Theory]
    [InlineData("liVLnPQFa4yQf0oHqJzR1w0r3kFJd0a9S5m2cQb7u8E=")] // Spring Security
    [InlineData("a b+c|d,e~f{\"g\":[1]}<script>&'%\\#;")]
    [InlineData("{4096}")]
    public async Task FC_03_FC_04_FC_51_a_state_of_printable_characters_comes_back_to_the_letter(string given)
    {
        var state = given is "{4096}" ? new string('%', 4096) : given; // the longest in an address
        using var browser = new BrowserClient(fixture.Server);

        var done = await browser.AgreeAsync(Web.Authorize(("state", state), ("nonce", "a b=")));

        Assert.Equal(state, done.Sent("state"));
        Assert.NotNull(done.Sent("code"));
        (await browser.GetAsync(Web.Authorize(("state", state), ("display", "x")))).Response.ShouldSay(
            Web.Redirect, E.DisplayUnsupported, state);
    }

    [Fact]
    public async Task FC_23_FC_52_a_client_may_seal_4096_characters_into_its_redirect_uri()
    {
        await using var _ = await ChangeAsync(app => app with { AddsToRedirectUris = true });
        var longest = (Web.Redirect + "?state=").PadRight(4096, 'x');
        using var browser = new BrowserClient(fixture.Server);

        var done = await browser.AgreeAsync(Web.Authorize(("redirect_uri", longest)));

        Assert.StartsWith(longest + "&code=DgEB", done.Location);
        await (await _demo.ExchangeAsync(done.Sent("code")!, ("redirect_uri", longest))).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
    }

    [Theory]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51004/callback", true)]
    [InlineData("http://127.0.0.1:80/callback", "http://127.0.0.1:51004/callback", true)]
    [InlineData("http://127.0.0.1:8080/callback", "http://127.0.0.1/callback", true)]
    [InlineData("http://[::1]/callback", "http://[::1]:51004/callback", true)]
    [InlineData("http://localhost/callback?a=b", "http://localhost:51004/callback?a=b", true)]
    [InlineData("http://127.0.0.1", "http://127.0.0.1:51004", true)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51004/other", false)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51004/callback?a=b", false)]
    [InlineData("http://127.0.0.1/callback", "http://localhost:51004/callback", false)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.2:51004/callback", false)]
    [InlineData("http://127.0.0.1/callback", "https://127.0.0.1:51004/callback", false)]
    [InlineData("https://127.0.0.1/callback", "https://127.0.0.1:51004/callback", false)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1.evil.example:80/callback", false)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:/callback", false)]
    [InlineData("http://web/callback", "http://web:3000/callback", false)]
    public async Task FC_15_on_loopback_the_port_is_any(string registered, string asked, bool isRegistered)
    {
        await using var _ = await ChangeAsync(app => app with { RedirectUris = [registered] });
        var address = Web.Authorize(("redirect_uri", asked), ("response_type", "x"));
        using var browser = new BrowserClient(fixture.Server);
        if (isRegistered)
            (await browser.GetAsync(address)).Response.ShouldSay(asked, E.ResponseTypeUnsupported, state: null);
        else
            await (await fixture.Server.Http.GetAsync(address)).ShouldBeAsync(E.WebRedirectUriUnregistered);
    }

    [Theory]
    [InlineData("a=b", true)]
    [InlineData("codes=1&the_code=2", true)]
    [InlineData("code=x", false)]
    [InlineData("Code=x", false)]
    [InlineData("a=1&%63ode=x", false)]
    [InlineData("a=1;code=x", false)]
    [InlineData("a=1&code[]=x", false)]
    [InlineData("code%5B0%5D=x", false)]
    [InlineData("%20code=x", false)]
    [InlineData("+code=x", false)]
    [InlineData("code+=x", false)]
    [InlineData("code", false)]
    [InlineData("error=1", false)]
    [InlineData("error.description=1", false)]
    [InlineData("error%20description=1", false)]
    [InlineData("sub_error=1", false)]
    [InlineData("state=x", false)]
    [InlineData("iss=x", false)]
    [InlineData("scope=x", false)]
    [InlineData("access_token=x", false)]
    [InlineData("access+token=x", false)]
    [InlineData("expires_in=x", false)]
    [InlineData("session_anything=x", false)]
    public async Task M3_an_app_that_adds_to_its_redirect_uri_adds_nothing_that_answers_say(string query, bool isTaken)
    {
        var redirect = $"{Web.Redirect}?{query}";
        var address = Web.Authorize(("redirect_uri", redirect), ("state", "s1"), ("response_type", "x"));
        await (await fixture.Server.Http.GetAsync(address)).ShouldBeAsync(E.WebRedirectUriUnregistered); // without being registered for it

        await using var _ = await ChangeAsync(app => app with { AddsToRedirectUris = true });
        using var browser = new BrowserClient(fixture.Server);
        if (isTaken)
            (await browser.GetAsync(address)).Response.ShouldSay(redirect, E.ResponseTypeUnsupported, "s1");
        else
            await (await fixture.Server.Http.GetAsync(address)).ShouldBeAsync(E.WebRedirectUriUnregistered);
    }

    [Fact]
    public async Task An_app_that_is_registered_for_it_adds_parameters_and_then_has_to_come_again_with_them()
    {
        await using var _ = await ChangeAsync(app => app with { AddsToRedirectUris = true });
        const string Longer = Web.Redirect + "?state=from-the-client&a=%2F";
        using var browser = new BrowserClient(fixture.Server);
        var done = await browser.AgreeAsync(Web.Authorize(("redirect_uri", Longer)));
        Assert.StartsWith(Longer + "&code=DgEB", done.Location);

        var code = done.Sent("code")!;
        await (await _demo.ExchangeAsync(code, ("redirect_uri", Web.Redirect)))
            .ShouldBeAsync(HuaweiAccountErrors.Token.RedirectUriMismatch);
        await (await _demo.ExchangeAsync(code, ("redirect_uri", Longer))).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);

        (await browser.GetAsync(Web.Authorize(("redirect_uri", Longer), ("display", "x")))).Response.ShouldSay(
            Longer, E.DisplayUnsupported, state: null);
    }

    [Theory]
    [InlineData("Allow", "code")]
    [InlineData("Refuse", "error")]
    public async Task FC18_an_app_that_asks_for_it_is_answered_by_a_form(string verdict, string expected)
    {
        await _demo.WithdrawAsync("mainland");
        using var browser = new BrowserClient(fixture.Server);
        const string State = "a \"b\" <c>&d=";

        var page = await browser.AgreeAsync(Web.Authorize(("response_mode", "form_post"), ("state", State)), verdict: verdict);

        Assert.Equal((200, null), (page.Status, page.Location));
        var form = Assert.Single(page.Forms);
        Assert.Equal(Web.Redirect, form.Action);
        Assert.Equal(
            expected is "code" ? ["code", "state"] : ["error", "sub_error", "error_description", "state"],
            form.Preset.Select(field => field.Name));
        Assert.Contains(("state", State), form.Preset);
        Assert.Contains("<button type=\"submit\">", page.Html); // where no script runs
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; script-src 'self'",
            page.Header("Content-Security-Policy"));
        Assert.Contains("no-store", page.Header("Cache-Control"));
        Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
        if (expected is "code")
        {
            await (await _demo.ExchangeAsync(form.Preset.First().Value!, ("redirect_uri", Web.Redirect)))
                .ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
        }
    }

    [Fact]
    public async Task FC18_what_is_wrong_with_a_request_comes_in_the_form_too()
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(Web.Authorize(("response_mode", "form_post"), ("display", "x"), ("state", "s1")));

        Assert.Equal(
            [("error", "1101"), ("sub_error", "20071"), ("error_description", "invalid display"), ("state", "s1")],
            Assert.Single(page.Forms).Preset);
        Assert.NotEqual("", page.Header("X-Request-Id"));
        Assert.NotNull((await browser.AgreeAsync(Web.Authorize(("response_mode", "query")))).Sent("code"));
    }

    [Fact]
    public async Task FC18_a_program_is_posted_nothing_at_a_scheme_of_its_own()
    {
        await using var _ = await ChangeAsync(app => app with { RedirectUris = ["hms://demo/callback"] });
        using var browser = new BrowserClient(fixture.Server);
        (await browser.GetAsync(Web.Authorize(("redirect_uri", "hms://demo/callback"), ("response_mode", "form_post")))).Response.ShouldSay(
            "hms://demo/callback", E.ResponseTypeUnsupported, state: null, "invalid response_mode");
    }

    [Fact]
    public async Task An_app_on_a_phone_may_register_a_scheme_of_its_own()
    {
        await using var _ = await ChangeAsync(
            app => app with
            {
                RedirectUris = [.. app.RedirectUris, "hms://demo/callback", "https://demo.example/with?a=b"],
                AddsToRedirectUris = true,
            });
        using var browser = new BrowserClient(fixture.Server);

        Assert.StartsWith(
            "hms://demo/callback?code=DgEB", (await browser.AgreeAsync(Web.Authorize(("redirect_uri", "hms://demo/callback")))).Location);

        Assert.StartsWith("https://demo.example/with?a=b&c=d&code=",
            (await browser.GetAsync(Web.Authorize(("redirect_uri", "https://demo.example/with?a=b&c=d")))).Location);
        Assert.Equal(400, (await browser.GetAsync(Web.Authorize(("redirect_uri", "https://demo.example/with?a=bc")))).Status);
    }

    [Theory]
    [InlineData("/huawei/oauth2/v2/authorize?")]
    [InlineData("/huawei/oauth2/v3/authorize?unknown=1&")]
    public async Task Older_clients_and_unknown_parameters_are_served(string path)
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();
        var done = await browser.GetAsync(path + Web.Query(("scope", "")));
        await done.Response.ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task Parameters_may_come_as_a_form()
    {
        using var browser = new BrowserClient(fixture.Server);
        var begun = await browser.PostAsync("/huawei/oauth2/v3/authorize", Web.Fields(("state", "posted")));
        var done = await browser.AgreeAsync(begun.Location!);

        Assert.Equal("posted", done.Sent("state"));
        await (await browser.PostAsync("/huawei/oauth2/v3/authorize", Web.Fields())).Response.ShouldSucceedAsync(E.Ok);
    }

    [Theory]
    [InlineData("S256", Challenge)]
    [InlineData("plain", Verifier)]
    [InlineData(null, Verifier)]
    public async Task A_code_with_a_challenge_trades_for_its_verifier_alone(string? method, string challenge)
    {
        using var browser = new BrowserClient(fixture.Server);
        var code = (await browser.AgreeAsync(Web.Authorize(("code_challenge", challenge), ("code_challenge_method", method))))
            .Sent("code")!;

        await (await _demo.ExchangeAsync(code, ("redirect_uri", Web.Redirect)))
            .ShouldBeAsync(HuaweiAccountErrors.Token.CodeVerifierMismatch);
        await (await _demo.ExchangeAsync(code, ("redirect_uri", Web.Redirect), ("code_verifier", Verifier)))
            .ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
    }

    [Fact]
    public async Task An_app_without_a_secret_has_to_bring_a_challenge()
    {
        await using var _ = await ChangeAsync(app => app with { IsPublic = true });
        using var browser = new BrowserClient(fixture.Server);

        (await browser.GetAsync(Web.Authorize())).Response.ShouldSay(Web.Redirect, E.CodeChallengeMalformed, state: null);
        var code = (await browser.AgreeAsync(Web.Authorize(("code_challenge", Challenge), ("code_challenge_method", "S256")))).Sent("code");
        var response = await _demo.PostAsync("/oauth2/v3/token",
            ("grant_type", "authorization_code"), ("client_id", _demo.ClientId), ("code", code), ("redirect_uri", Web.Redirect),
            ("code_verifier", Verifier));
        await response.ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
    }

    [Theory]
    [InlineData("offline", true)]
    [InlineData("online", false)]
    [InlineData(null, false)]
    public async Task A_refresh_token_comes_where_it_was_asked_for(string? accessType, bool comes)
    {
        using var browser = new BrowserClient(fixture.Server);
        var code = (await browser.AgreeAsync(Web.Authorize(("access_type", accessType)))).Sent("code")!;

        var tokens = await (await _demo.ExchangeAsync(code, ("redirect_uri", Web.Redirect)))
            .ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
        Assert.Equal(comes, tokens.TryGetProperty("refresh_token", out var _));
    }

    [Fact]
    public async Task FC_47_scopes_by_address_open_what_their_short_names_open()
    {
        const string Asked = "openid https://www.huawei.com/auth/account/base.profile https://www.huawei.com/auth/account/mobile.number";
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.AgreeAsync(Web.Authorize(("scope", Asked)), more: ("phone", "9000010"));

        var tokens = await (await _demo.ExchangeAsync(page.Sent("code")!, ("redirect_uri", Web.Redirect)))
            .ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
        Assert.Equal(Asked, tokens.GetProperty("scope").GetString());
        var info = await (await _demo.GetInfoAsync(tokens.GetProperty("access_token").GetString()!)).JsonAsync();
        Assert.Equal("11136000008", info.GetProperty("mobileNumber").GetString());
        Assert.True(info.TryGetProperty("displayName", out _));
        Assert.Contains("\"name\"", System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(
            tokens.GetProperty("id_token").GetString()!.Split('.')[1])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task M6_a_public_app_is_asked_about_each_time_unless_its_address_is_of_a_site()
    {
        await using var _ = await ChangeAsync(
            app => app with { IsPublic = true, RedirectUris = [.. app.RedirectUris, "hms://demo/callback", "http://127.0.0.1/callback"] });
        using var browser = new BrowserClient(fixture.Server);
        (string, string?)[] proof = [("code_challenge", Challenge), ("code_challenge_method", "S256")];
        await browser.AgreeAsync(Web.Authorize(proof));
        Assert.NotNull((await browser.GetAsync(Web.Authorize(proof))).Sent("code"));

        foreach (var redirect in new[] { "hms://demo/callback", "http://127.0.0.1:51004/callback" })
        {
            var address = Web.Authorize([.. proof, ("redirect_uri", redirect)]);
            for (var time = 0; time < 2; time++)
            {
                var page = await browser.OpenAsync(address);
                Assert.True(page.Has("verdict"));
                Assert.StartsWith(redirect + "?code=", (await browser.SubmitAndFollowAsync(page, ("verdict", "Allow"))).Location);
            }
        }
    }

    [Fact]
    public async Task L12_a_person_reads_that_the_app_is_told_their_real_name()
    {
        const string Words = "Your real name and identity number";
        using var browser = new BrowserClient(fixture.Server);
        var signIn = await browser.OpenAsync(Web.Authorize(("scope", "userConsent")));
        Assert.Contains(Words, (await browser.SubmitAndFollowAsync(
            signIn, ("login", "nophone"), ("password", Yaopai.Server.Sandbox.DemoData.Password))).Html);

        var other = await fixture.Server.NewAppAsync(HuaweiCaller.Stranger);
        var stranger = await browser.OpenAsync(
            Web.Authorize(("client_id", $"{other.ClientId}"), ("redirect_uri", other.RedirectUri)));
        Assert.True(stranger.Has("verdict"));
        Assert.DoesNotContain(Words, stranger.Html);
    }

    [Fact]
    public async Task The_nonce_goes_into_the_id_token()
    {
        using var browser = new BrowserClient(fixture.Server);
        var code = (await browser.AgreeAsync(Web.Authorize(("nonce", "n-0S6_WzA2Mj")))).Sent("code")!;
        var tokens = await (await _demo.ExchangeAsync(code, ("redirect_uri", Web.Redirect))).JsonAsync();

        var claims = await (await _demo.PostAsync("/oauth2/v3/tokeninfo", ("id_token", tokens.GetProperty("id_token").GetString())))
            .JsonAsync();
        Assert.Equal("n-0S6_WzA2Mj", claims.GetProperty("nonce").GetString());
    }

    [Fact]
    public async Task A_browser_meets_an_outage_as_a_page_in_its_language()
    {
        await using var _ = await fixture.BreakAsync(new { target = "huawei.authorize", fault = "storage-down" });
        using var browser = new BrowserClient(fixture.Server, "zh-CN");
        browser.Plant("yaopai-session", "x");

        var page = await browser.GetAsync(Web.Authorize(("client_id", "200000001"), ("redirect_uri", "https://stranger.example/callback")));

        Assert.Equal(502, page.Status);
        Assert.Contains("请稍后重试", page.Html);
        Assert.Contains("no-store", page.Header("Cache-Control"));
    }

    /// <summary>What an app is told of a parameter whose error is called after another one; null for the others.</summary>
    private static string? DescriptionOf(string parameter) =>
        parameter is "response_mode" or "prompt" or "max_age" ? $"invalid {parameter}" : null;

    private static string? Filled(string? value) => value switch
    {
        "{256}" => new string('x', 256),
        "{4097}" => new string('x', 4097),
        "{openid 151 times}" => string.Join(' ', Enumerable.Repeat("openid", 151)),
        "{150 scopes}" => string.Join(' ', Enumerable.Range(0, 150).Select(i => $"s{i}")),
        "{151 scopes}" => string.Join(' ', Enumerable.Range(0, 151).Select(i => $"s{i}")),
        _ => value,
    };

    /// <summary>Until the answer is disposed.</summary>
    private async Task<IAsyncDisposable> ChangeAsync(Func<App, App> change)
    {
        var store = fixture.Server.Get<IAppStore>();
        var app = (await store.FindAsync(_demo.App.ClientId, default))!;
        await PutAsync(change(app));
        return new Undo(() => PutAsync(app));

        async Task PutAsync(App changed)
        {
            await store.TryChangeAsync(changed, default);
            fixture.Server.Get<AppDirectory>().Clear();
        }
    }

    private sealed class Undo(Func<Task> undo) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await undo();
    }
}
