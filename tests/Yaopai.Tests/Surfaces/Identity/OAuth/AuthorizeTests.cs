using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Tests.Surfaces.Identity.OAuth;

public sealed class AuthorizeTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private const string Redirect = "https://demo.example/callback";

    private readonly IdentityCaller _demo = new(fixture.Server, fixture.Demo);

    /// <summary>One mistake in a request that is otherwise good, shown here. Null leaves the parameter out.</summary>
    public static TheoryData<string, string?, string> MistakesBefore { get; } = new()
    {
        { "appid",        null,                                         nameof(E.AppIdMissing) },
        { "appid",        "",                                           nameof(E.AppIdMissing) },
        { "appid",        "abc",                                        nameof(E.AppIdUnknown) },
        { "appid",        "999999999",                                  nameof(E.AppIdUnknown) },
        { "appid",        "{long}",                                     nameof(E.AppIdUnknown) },
        { "redirect_uri", null,                                         nameof(E.RedirectUriMissing) },
        { "redirect_uri", "",                                           nameof(E.RedirectUriMissing) },
        { "redirect_uri", "https://demo.example/{long}",                nameof(E.UrlTooLong) },
        { "redirect_uri", "/callback",                                  nameof(E.UrlMalformed) },
        { "redirect_uri", "oob",                                        nameof(E.UrlMalformed) },
        { "redirect_uri", "javascript:alert(1)",                        nameof(E.UrlMalformed) },
        { "redirect_uri", "com.example.app:/callback",                  nameof(E.UrlMalformed) },
        { "redirect_uri", "https://demo.example/callback#fragment",     nameof(E.UrlMalformed) },
        { "redirect_uri", "https://demo.example@evil.example/callback", nameof(E.UrlMalformed) },
        { "redirect_uri", "https://demo.example/callback\r\nA: b",      nameof(E.UrlMalformed) },
        { "redirect_uri", "https://evil.example/callback",              nameof(E.RedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example.evil.example/callback", nameof(E.RedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback/more",         nameof(E.RedirectUriUnregistered) },
        { "redirect_uri", "http://demo.example/callback",               nameof(E.RedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback?code=mine",    nameof(E.RedirectUriUnregistered) },
        { "redirect_uri", "https://demo.example/callback?a=b",          nameof(E.RedirectUriUnregistered) },
    };

    /// <summary>The same, told to the app.</summary>
    public static TheoryData<string, string?, string> MistakesAfter { get; } = new()
    {
        { "response_type",  null,               nameof(E.ResponseTypeMissing) },
        { "response_type",  "",                 nameof(E.ResponseTypeMissing) },
        { "response_type",  "token",            nameof(E.ResponseTypeUnsupported) },
        { "response_type",  "Code",             nameof(E.ResponseTypeUnsupported) },
        { "scope",          null,               nameof(E.ScopeMissing) },
        { "scope",          "",                 nameof(E.ScopeMissing) },
        { "scope",          " , ",              nameof(E.ScopeMissing) },
        { "scope",          "made_up",          nameof(E.ScopeInvalid) },
        { "scope",          "snsapi_base,made_up", nameof(E.ScopeInvalid) },
        { "scope",          "{long}",           nameof(E.ScopeInvalid) },
        { "state",          null,               nameof(E.StateMissing) },
        { "state",          "",                 nameof(E.StateMissing) },
        { "state",          "{129 bytes}",      nameof(E.StateTooLong) },
        { "state",          "{129 bytes of UTF-8}", nameof(E.StateTooLong) },
        { "state",          "{long}",           nameof(E.StateTooLong) },
        { "code_challenge", "short",            nameof(E.TypeForbidden) },
    };

    [Theory, MemberData(nameof(MistakesBefore))]
    public async Task A_mistake_before_the_redirect_uri_is_trusted_is_answered_here(string parameter, string? value, string expected)
    {
        var address = _demo.Authorize((parameter, Filled(value)));
        var error = IdentityCaller.Named(expected);
        await (await fixture.Server.Http.GetAsync(address)).ShouldBeAsync(error);

        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(address);
        Assert.Equal(400, page.Status);
        Assert.Null(page.Location);
        Assert.Contains($">{error.Number}</a>", page.Html);
    }

    [Theory, MemberData(nameof(MistakesAfter))]
    public async Task A_mistake_after_that_is_told_to_the_app_with_its_state(string parameter, string? value, string expected)
    {
        using var browser = new BrowserClient(fixture.Server);
        var state = parameter is "state" ? null : "一 state?&=#";
        var page = await browser.GetAsync(
            _demo.Authorize([(parameter, Filled(value)), .. state is null ? Array.Empty<(string, string?)>() : [("state", state)]]));

        page.Response.ShouldTellIdentityApp(Redirect, IdentityCaller.Named(expected), state);
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        MistakesBefore.Select(row => row.Data.Item3).ShouldBreak(Authorize.BeforeRedirect, nameof(E.HttpsRequired));

        // Two rules say TypeForbidden: what the app may not use has a test of its own.
        MistakesAfter.Select(row => row.Data.Item3).Where(name => name is not nameof(E.TypeForbidden))
            .ShouldBreak(Authorize.AfterRedirect, nameof(E.TypeForbidden));
    }

    [Fact]
    public async Task Of_two_mistakes_before_the_redirect_uri_is_trusted_the_earlier_rule_answers() =>
        await Assert.AllAsync(MistakesBefore.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3), async pair =>
            await (await fixture.Server.Http.GetAsync(
                _demo.Authorize((pair.Earlier.Item1, Filled(pair.Earlier.Item2)), (pair.Later.Item1, Filled(pair.Later.Item2)))))
                .ShouldBeAsync(IdentityCaller.Named(pair.Earlier.Item3)));

    [Fact]
    public async Task Of_two_mistakes_after_that_the_earlier_rule_answers()
    {
        using var browser = new BrowserClient(fixture.Server);
        await Assert.AllAsync(MistakesAfter.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3), async pair =>
        {
            var page = await browser.GetAsync(
                _demo.Authorize((pair.Earlier.Item1, Filled(pair.Earlier.Item2)), (pair.Later.Item1, Filled(pair.Later.Item2))));
            var hasState = pair.Earlier.Item1 is not "state" && pair.Later.Item1 is not "state";
            page.Response.ShouldTellIdentityApp(Redirect, IdentityCaller.Named(pair.Earlier.Item3), hasState ? "s1" : null);
        });
    }

    [Theory]
    [InlineData(128, 1)]
    [InlineData(42, 3)] // 126 bytes
    public async Task A_state_of_128_bytes_comes_back_to_the_letter(int characters, int bytes)
    {
        using var browser = new BrowserClient(fixture.Server);
        var state = new string(bytes is 1 ? 's' : '状', characters);
        var done = await browser.AgreeAsync(_demo.Authorize(("state", state)));
        Assert.Equal(state, done.Sent("state"));
        Assert.NotNull(done.Sent("code"));
    }

    [Theory]
    [InlineData("a=b", true)]
    [InlineData("errcode=1", false)]
    [InlineData("ErrMsg=1", false)]
    [InlineData("bind_ticket=mine", false)]
    [InlineData("bind.ticket=mine", false)]
    public async Task M3_an_app_that_adds_to_its_redirect_uri_adds_nothing_that_answers_say(string query, bool isTaken)
    {
        var app = await fixture.Server.NewAppAsync(app => app with { AddsToRedirectUris = true });
        var page = await new BrowserClient(fixture.Server).GetAsync(
            new IdentityCaller(fixture.Server, app).Authorize(("redirect_uri", $"{Redirect}?{query}"), ("response_type", "x")));
        if (isTaken)
            Assert.StartsWith($"{Redirect}?{query}&errcode=", page.Location);
        else
            Assert.Equal((400, null), (page.Status, page.Location));
    }

    [Fact]
    public async Task A_person_signs_in_and_agrees_and_the_app_gets_tokens()
    {
        using var browser = new BrowserClient(fixture.Server);
        var signIn = await browser.OpenAsync(_demo.Authorize(("scope", "snsapi_userinfo,user_phone"), ("state", "a b&c")));
        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        Assert.Contains("nickname, picture", consent.Html);
        Assert.Contains("Your phone number", consent.Html);

        var done = await browser.SubmitAndFollowAsync(consent, ("verdict", "Allow"));

        Assert.StartsWith(Redirect + "?code=", done.Location);
        Assert.Equal("a b&c", done.Sent("state"));
        var tokens = await (await _demo.ExchangeAsync(done.Sent("code")!)).ShouldServeAsync();
        Assert.Equal("snsapi_userinfo,user_phone", tokens.GetProperty("scope").GetString());
        Assert.NotNull((await browser.GetAsync(_demo.Authorize(("scope", "user_phone")))).Sent("code")); // remembered
    }

    [Fact]
    public async Task A_person_who_refuses_is_sent_back_with_the_state_alone()
    {
        using var browser = new BrowserClient(fixture.Server);
        var refused = await browser.AgreeAsync(_demo.Authorize(("scope", "snsapi_login")), user: "hongkong", verdict: "Refuse");
        Assert.Equal(Redirect + "?state=s1", refused.Location);
    }

    [Fact]
    public async Task The_names_of_RFC_6749_will_do()
    {
        using var browser = new BrowserClient(fixture.Server);
        var done = await browser.AgreeAsync(_demo.Authorize(("appid", null), ("client_id", _demo.AppId)), user: "russia");
        var response = await _demo.PostAsync(
            "/oauth2/access_token", ("client_id", _demo.AppId), ("client_secret", _demo.App.ClientSecret), ("code", done.Sent("code")),
            ("grant_type", "authorization_code"), ("redirect_uri", Redirect));
        await response.ShouldServeAsync();
    }

    [Fact]
    public async Task An_app_that_may_not_use_codes_is_told_so()
    {
        await fixture.Server.ChangeAsync(fixture.Stranger, app => app with { GrantTypes = ["refresh_token"] });
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(new IdentityCaller(fixture.Server, fixture.Stranger).Authorize());
        page.Response.ShouldTellIdentityApp(fixture.Stranger.RedirectUri, E.TypeForbidden, "s1");
    }

    private static string? Filled(string? value) => value switch
    {
        "{129 bytes}" => new string('s', 129),
        "{129 bytes of UTF-8}" => new string('状', 43),
        _ => value?.Replace("{long}", new string('a', 5000)),
    };
}
