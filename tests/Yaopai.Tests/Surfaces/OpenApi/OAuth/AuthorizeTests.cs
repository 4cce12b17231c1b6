using System.Net;
using Yaopai.Server.Apps;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.OpenApi.OAuth;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

public sealed class AuthorizeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Redirect = "https://demo.example/callback";

    private readonly OAuthCaller _demo = new(fixture.Server);
    private readonly OAuthCaller _stranger = new(fixture.Server, DemoData.Apps[2]);

    /// <summary>One mistake in a request that is otherwise good, shown here. Null leaves the parameter out.</summary>
    public static TheoryData<string, string?, string> MistakesBefore { get; } = new()
    {
        { "client_id",    null,                                         nameof(E.RequestMalformed) },
        { "client_id",    "",                                           nameof(E.RequestMalformed) },
        { "redirect_uri", null,                                         nameof(E.RequestMalformed) },
        { "redirect_uri", "",                                           nameof(E.RequestMalformed) },
        { "client_id",    "abc",                                        nameof(E.ClientAuthenticationFailed) },
        { "client_id",    "999999999",                                  nameof(E.ClientAuthenticationFailed) },
        { "client_id",    "{long}",                                     nameof(E.ClientAuthenticationFailed) },
        { "redirect_uri", "/callback",                                  nameof(E.RequestMalformed) },
        { "redirect_uri", "OOB",                                        nameof(E.RequestMalformed) },
        { "redirect_uri", "https://demo.example/callback#fragment",     nameof(E.RequestMalformed) },
        { "redirect_uri", "https://demo.example@evil.example/callback", nameof(E.RequestMalformed) },
        { "redirect_uri", "https://demo.example/callback\r\nA: b",      nameof(E.RequestMalformed) },
        { "redirect_uri", "https://demo.example/{long}",                nameof(E.RequestMalformed) },
        { "redirect_uri", "https://evil.example/callback",              nameof(E.RedirectUriMismatch) },
        { "redirect_uri", "https://demo.example.evil.example/callback", nameof(E.RedirectUriMismatch) },
        { "redirect_uri", "https://demo.example/callback/more",         nameof(E.RedirectUriMismatch) },
        { "redirect_uri", "http://demo.example/callback",               nameof(E.RedirectUriMismatch) },
        { "redirect_uri", "https://sibling.example/callback",           nameof(E.RedirectUriMismatch) },
        { "redirect_uri", "https://demo.example/callback?a=b",          nameof(E.RedirectUriMismatch) },
        { "redirect_uri", "https://demo.example/callback?code=mine",    nameof(E.RedirectUriMismatch) },
        { "redirect_uri", "javascript:alert(1)",                        nameof(E.RedirectUriMismatch) },
    };

    /// <summary>The same, told to the app.</summary>
    public static TheoryData<string, string?, string> MistakesAfter { get; } = new()
    {
        { "response_type",         null,               nameof(E.RequestMalformed) },
        { "response_type",         "",                 nameof(E.RequestMalformed) },
        { "response_type",         "Code",             nameof(E.ResponseTypeUnsupported) },
        { "response_type",         "code token",       nameof(E.ResponseTypeUnsupported) },
        { "response_type",         "id_token",         nameof(E.ResponseTypeUnsupported) },
        { "response_type",         "device_code",      nameof(E.ResponseTypeUnsupported) },
        { "response_mode",         "nonsense",         nameof(E.RequestMalformed) },
        { "response_mode",         "fragment",         nameof(E.RequestMalformed) },
        { "state",                 "a\nb",             nameof(E.RequestMalformed) },
        { "state",                 "状",               nameof(E.RequestMalformed) },
        { "state",                 "{long}",           nameof(E.RequestMalformed) },
        { "display",               "wap",              nameof(E.RequestMalformed) },
        { "display",               "{long}",           nameof(E.RequestMalformed) },
        { "force_login",           "yes",              nameof(E.RequestMalformed) },
        { "force_login",           "2",                nameof(E.RequestMalformed) },
        { "confirm_login",         "true",             nameof(E.RequestMalformed) },
        { "prompt",                "none consent",     nameof(E.RequestMalformed) },
        { "max_age",               "-1",               nameof(E.RequestMalformed) },
        { "code_challenge_method", "S512",             nameof(E.RequestMalformed) },
        { "code_challenge_method", "S256",             nameof(E.RequestMalformed) },
        { "code_challenge",        "short",            nameof(E.RequestMalformed) },
        { "code_challenge",        "{long}",           nameof(E.RequestMalformed) },
        { "scope",                 "made_up",          nameof(E.ScopeInvalid) },
        { "scope",                 "basic;email",      nameof(E.ScopeInvalid) },
        { "scope",                 " ,",               nameof(E.ScopeInvalid) },
        { "scope",                 "openid",           nameof(E.ScopeInvalid) },
        { "scope",                 " ",                nameof(E.ScopeInvalid) },
        { "scope",                 "{long}",           nameof(E.ScopeInvalid) },
    };

    [Theory, MemberData(nameof(MistakesBefore))]
    public async Task A_mistake_before_the_redirect_uri_is_trusted_is_answered_here(string parameter, string? value, string expected)
    {
        var address = _demo.Authorize((parameter, Filled(value)), ("state", "s1"));
        var error = OAuthWire.Named(expected);
        await (await fixture.Server.Http.GetAsync(address)).ShouldRefuseAsync(error);

        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(address);
        Assert.Equal(error.Http, page.Status);
        Assert.Null(page.Location);
        Assert.Equal("", page.Header("WWW-Authenticate")); // the browser would ask the person for it
        Assert.Equal("text/html; charset=utf-8", page.Response.Content.Headers.ContentType!.ToString());
        Assert.Contains($">{error.Number}</a>", page.Html);
        Assert.Contains(WebUtility.HtmlEncode(error.En), page.Html);
    }

    [Theory, MemberData(nameof(MistakesAfter))]
    public async Task A_mistake_after_that_is_told_to_the_app_with_its_state(string parameter, string? value, string expected)
    {
        using var browser = new BrowserClient(fixture.Server);
        const string State = "a state?&=#";
        var page = await browser.GetAsync(
            _demo.Authorize([(parameter, Filled(value)), .. parameter is "state" ? Array.Empty<(string, string?)>() : [("state", State)]]));

        page.Response.ShouldTellApp(
            Redirect, '?', OAuthWire.Named(expected), parameter is not "state" ? State : value is "{long}" ? null : value);
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        MistakesBefore.Select(row => row.Data.Item3).ShouldBreak(Authorize.BeforeRedirect);

        // What the app may not use, and what the person refuses, have tests of their own.
        MistakesAfter.Select(row => row.Data.Item3)
            .ShouldBreak(Authorize.AfterRedirect, nameof(E.GrantTypeForbidden), nameof(E.AccessDenied));
    }

    [Fact]
    public async Task Of_two_mistakes_before_the_redirect_uri_is_trusted_the_earlier_rule_answers() =>
        await Assert.AllAsync(MistakesBefore.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3), async pair =>
            await (await fixture.Server.Http.GetAsync(
                _demo.Authorize((pair.Earlier.Item1, Filled(pair.Earlier.Item2)), (pair.Later.Item1, Filled(pair.Later.Item2)))))
                .ShouldRefuseAsync(OAuthWire.Named(pair.Earlier.Item3)));

    [Fact]
    public async Task Of_two_mistakes_after_that_the_earlier_rule_answers()
    {
        using var browser = new BrowserClient(fixture.Server);
        await Assert.AllAsync(MistakesAfter.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3), async pair =>
        {
            var page = await browser.GetAsync(
                _demo.Authorize((pair.Earlier.Item1, Filled(pair.Earlier.Item2)), (pair.Later.Item1, Filled(pair.Later.Item2))));
            var state = new[] { pair.Earlier, pair.Later }.Where(row => row.Item1 is "state").Select(row => row.Item2).SingleOrDefault();
            page.Response.ShouldTellApp(Redirect, '?', OAuthWire.Named(pair.Earlier.Item3), state is "{long}" ? null : state);
        });
    }

    [Theory]
    [InlineData("client_id=100000001&client_id=100000001&redirect_uri=https://demo.example/callback&response_type=code")]
    [InlineData("client_id=100000001&redirect_uri=https://demo.example/callback&redirect_uri=https://evil.example/&response_type=code")]
    [InlineData("client_id=100000001&redirect_uri=https://demo.example/callback&response_type=code&state=a&state=b")]
    [InlineData("client_id=100000001&redirect_uri=https://demo.example/callback&response_type=code&state=%ff")]
    public async Task What_is_repeated_or_unreadable_is_answered_here(string query) =>
        await (await fixture.Server.Http.GetAsync("/open/oauth/2.0/authorize?" + query)).ShouldRefuseAsync(E.RequestMalformed);

    [Fact]
    public async Task A_way_that_the_app_may_not_use_is_told_to_it()
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(_stranger.Authorize(("response_type", "token"), ("state", "s1")));
        page.Response.ShouldTellApp(_stranger.App.RedirectUri, '#', E.GrantTypeForbidden, "s1");
    }

    [Fact]
    public async Task H1_an_app_gets_tokens_in_the_address_only_when_it_was_said_to_use_them()
    {
        var usual = new OAuthCaller(fixture.Server, DemoData.Apps[1]);
        Assert.Null((await fixture.Server.Get<IAppStore>().FindAsync(usual.App.ClientId, default))!.GrantTypes);
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(usual.Authorize(("response_type", "token"), ("state", "s1")));
        page.Response.ShouldTellApp(usual.App.RedirectUri, '#', E.GrantTypeForbidden, "s1");
    }

    [Fact]
    public async Task A_scope_that_is_not_the_apps_is_told_to_it()
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(_stranger.Authorize(("scope", "basic netdisk")));
        page.Response.ShouldTellApp(_stranger.App.RedirectUri, '?', E.ScopeInvalid, state: null);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("token")]
    public async Task FC_03_FC_04_a_state_of_4096_printable_characters_comes_back_to_the_letter(string type)
    {
        using var browser = await BrowserAsync();
        var state = "=+ |,~{\"a\":1}".PadRight(4096, '%');
        var done = await browser.AgreeAsync(_demo.Authorize(("response_type", type), ("state", state)));
        Assert.EndsWith("&state=" + Uri.EscapeDataString(state).Replace("%20", "+", StringComparison.Ordinal), done.Location);
    }

    [Fact]
    public async Task FC_15_on_loopback_the_port_is_any()
    {
        var app = await fixture.Server.NewAppAsync(app => app with { RedirectUris = ["http://127.0.0.1/callback"] });
        var caller = new OAuthCaller(fixture.Server, app);
        const string Asked = "http://127.0.0.1:51004/callback";
        using var browser = await BrowserAsync();

        var done = await browser.AgreeAsync(caller.Authorize(("redirect_uri", Asked)));

        Assert.StartsWith(Asked + "?code=", done.Location);
        await (await caller.TokenAsync("authorization_code", ("code", done.Sent("code")), ("redirect_uri", Asked))).ShouldGiveAsync();
        await (await fixture.Server.Http.GetAsync(caller.Authorize(("redirect_uri", "http://localhost:51004/callback"))))
            .ShouldRefuseAsync(E.RedirectUriMismatch);
    }

    [Fact]
    public async Task M3_nothing_is_added_to_an_address_that_tokens_come_to()
    {
        var app = await fixture.Server.NewAppAsync(app => app with { AddsToRedirectUris = true });
        var caller = new OAuthCaller(fixture.Server, app);
        const string Longer = Redirect + "?next=https://evil.example/";
        using var browser = await BrowserAsync();

        await (await fixture.Server.Http.GetAsync(caller.Authorize(("redirect_uri", Longer), ("response_type", "token"))))
            .ShouldRefuseAsync(E.RedirectUriMismatch);
        var done = await browser.AgreeAsync(caller.Authorize(("redirect_uri", Longer)));
        Assert.StartsWith(Longer + "&code=", done.Location);
        await (await caller.TokenAsync("authorization_code", ("code", done.Sent("code")), ("redirect_uri", Longer))).ShouldGiveAsync();
    }

    [Fact]
    public async Task M6_a_person_is_asked_each_time_before_tokens_go_to_an_address_that_is_no_sites()
    {
        var app = await fixture.Server.NewAppAsync(app => app with { RedirectUris = ["http://127.0.0.1/callback", Redirect] });
        var caller = new OAuthCaller(fixture.Server, app);
        using var browser = await BrowserAsync();
        await browser.AgreeAsync(caller.Authorize());

        Assert.Contains("#access_token=", (await browser.GetAsync(caller.Authorize(("response_type", "token")))).Location);
        var loopback = ("redirect_uri", (string?)"http://127.0.0.1:51004/callback");
        Assert.NotNull((await browser.GetAsync(caller.Authorize(loopback))).Sent("code"));
        var page = await browser.OpenAsync(caller.Authorize(loopback, ("response_type", "token")));
        Assert.True(page.Has("verdict"));
        Assert.Contains("#access_token=", (await browser.SubmitAndFollowAsync(page, ("verdict", "Allow"))).Location);
    }

    [Fact]
    public async Task A_person_signs_in_and_agrees_and_the_app_gets_tokens()
    {
        using var browser = await BrowserAsync();
        var signIn = await browser.OpenAsync(_demo.Authorize(("scope", "basic netdisk super_msg hao123 public"), ("state", "a b&c")));
        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        foreach (var words in new[] { "user name, nickname", "net disk", "send you notices", "navigation favourites", "nothing about you" })
            Assert.Contains(words, consent.Html);

        var done = await browser.SubmitAndFollowAsync(consent, ("verdict", "Allow"));

        Assert.StartsWith(Redirect + "?code=", done.Location);
        Assert.Equal("a b&c", done.Sent("state"));
        var tokens = await (await _demo.ExchangeAsync(done.Sent("code")!)).ShouldGiveAsync();
        Assert.Equal("basic netdisk super_msg hao123 public", tokens.GetProperty("scope").GetString());
        Assert.NotNull((await browser.GetAsync(_demo.Authorize())).Sent("code")); // remembered
    }

    [Fact]
    public async Task The_whole_request_may_be_a_form()
    {
        using var browser = await BrowserAsync();
        await browser.AgreeAsync(_demo.Authorize());
        var done = await browser.PostAsync(
            "/open/oauth/2.0/authorize", ("client_id", _demo.ClientId), ("response_type", "code"), ("redirect_uri", Redirect));
        Assert.NotNull(done.Sent("code"));
    }

    [Theory]
    [InlineData("code", '?')]
    [InlineData("token", '#')]
    public async Task A_person_who_refuses_is_told_to_the_app_where_it_looks(string type, char separator)
    {
        using var browser = await BrowserAsync();
        var refused = await browser.AgreeAsync(_demo.Authorize(("response_type", type), ("state", "s1")), verdict: "Refuse");
        refused.Response.ShouldTellApp(Redirect, separator, E.AccessDenied, "s1");
    }

    [Fact]
    public async Task Tokens_come_in_the_fragment_with_a_session_and_without_a_refresh_token()
    {
        using var browser = await BrowserAsync();
        var done = await browser.AgreeAsync(_demo.Authorize(("response_type", "token"), ("scope", "basic email"), ("state", "s1")));

        Assert.StartsWith(Redirect + "#access_token=21.", done.Location);
        var said = done.Location!.Split('#')[1].Split('&').Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        Assert.Equal(["access_token", "token_type", "expires_in", "scope", "session_key", "session_secret", "state"], said.Keys);
        Assert.Equal(("2592000", "basic+email", "s1"), (said["expires_in"], said["scope"], said["state"]));
        var info = await (await _demo.TokenInfoAsync(said["access_token"])).ShouldGiveAsync();
        Assert.Equal(900001, info.GetProperty("userid").GetInt64());
    }

    [Theory]
    [InlineData("code", "Allow", "code")]
    [InlineData("token", "Allow", "access_token")]
    [InlineData("code", "Refuse", "error")]
    public async Task FC18_an_app_that_asks_for_it_is_answered_by_a_form(string type, string verdict, string expected)
    {
        using var browser = await BrowserAsync();
        var page = await browser.AgreeAsync(
            _demo.Authorize(("response_type", type), ("response_mode", "form_post"), ("state", "s1")), verdict: verdict);

        var form = Assert.Single(page.Forms);
        Assert.Equal((200, Redirect, expected), (page.Status, form.Action, form.Preset.First().Name));
        Assert.Equal(("state", "s1"), form.Preset.Last());
    }

    [Fact]
    public async Task FC18_tokens_never_stand_in_a_query()
    {
        using var browser = await BrowserAsync();
        (await browser.GetAsync(_demo.Authorize(("response_type", "token"), ("response_mode", "query")))).Response.ShouldTellApp(
            Redirect, '#', E.RequestMalformed, state: null);
    }

    [Fact]
    public async Task An_app_without_an_address_has_its_person_carry_the_code()
    {
        using var browser = await BrowserAsync();
        var page = await browser.AgreeAsync(_demo.Authorize(("redirect_uri", "oob")));

        Assert.Equal(200, page.Status);
        Assert.Contains("<strong>demo</strong>", page.Html);
        Assert.Contains("no-store", page.Header("Cache-Control"));
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"));
        var code = page.Html.Split("translate=\"no\">")[1].Split('<')[0];
        await (await _demo.ExchangeAsync(code)).ShouldRefuseAsync(E.GrantInvalid); // bound to oob
        await (await _demo.TokenAsync("authorization_code", ("code", code), ("redirect_uri", "oob"))).ShouldGiveAsync();
    }

    [Fact]
    public async Task An_app_that_watches_the_address_of_the_page_finds_its_tokens_there()
    {
        using var browser = await BrowserAsync();
        await browser.AgreeAsync(_demo.Authorize());
        var consent = await browser.OpenAsync(_demo.Authorize(("redirect_uri", "oob"), ("response_type", "token")));
        var back = await browser.SubmitAsync(consent, ("verdict", "Allow"));
        var done = await browser.GetAsync(back.Location!);

        Assert.StartsWith("/authorized?request=", done.Location);
        Assert.Contains("#access_token=21.", done.Location);
        var page = await browser.GetAsync(done.Location!.Split('#')[0]);
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("<output", page.Html);
    }

    [Fact]
    public async Task A_person_who_refuses_an_app_without_an_address_is_shown_so()
    {
        using var browser = await BrowserAsync();
        var page = await browser.AgreeAsync(_demo.Authorize(("redirect_uri", "oob")), verdict: "Refuse");
        Assert.Equal(400, page.Status);
        Assert.Contains(">10009</a>", page.Html);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?request=forged")]
    public async Task The_page_of_a_code_shows_nothing_without_one(string query)
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync("/authorized" + query);
        Assert.Equal(400, page.Status);
        Assert.Contains("There is no code to show", page.Html);
    }

    [Fact]
    public async Task A_sign_in_is_asked_for_again_where_the_app_wants_one_and_once()
    {
        using var browser = await BrowserAsync();
        await browser.AgreeAsync(_demo.Authorize());

        var again = await browser.OpenAsync(_demo.Authorize(("force_login", "1"), ("state", "s1")));
        Assert.True(again.Has("password"));
        var done = await browser.SubmitAndFollowAsync(again, ("login", "mainland"), ("password", DemoData.Password));
        Assert.NotNull(done.Sent("code"));
        Assert.Equal("s1", done.Sent("state"));

        Assert.True((await browser.OpenAsync(_demo.Authorize(("force_login", "1"), ("state", "s1")))).Has("password"));
        Assert.False((await browser.OpenAsync(_demo.Authorize(("force_login", "0")))).Has("password"));
    }

    [Fact]
    public async Task FC19_an_app_may_ask_for_it_as_OpenID_Connect_does()
    {
        using var browser = await BrowserAsync();
        Assert.Equal(("login_required", "10009"), await ToldAsync(("prompt", "none")));
        await browser.SubmitAndFollowAsync(
            await browser.OpenAsync(_demo.Authorize()), ("login", "mainland"), ("password", DemoData.Password));
        Assert.Equal(("consent_required", "10009"), await ToldAsync(("prompt", "none")));
        await browser.AgreeAsync(_demo.Authorize());
        Assert.NotNull((await browser.GetAsync(_demo.Authorize(("prompt", "none")))).Sent("code"));
        Assert.Equal(("interaction_required", "10009"), await ToldAsync(("prompt", "none"), ("confirm_login", "1")));

        Assert.True((await browser.OpenAsync(_demo.Authorize(("prompt", "consent")))).Has("verdict"));
        foreach (var parameter in new[] { ("prompt", (string?)"login"), ("max_age", "0") })
        {
            var again = await browser.OpenAsync(_demo.Authorize(parameter));
            Assert.True(again.Has("password"));
            Assert.NotNull((await browser.SubmitAndFollowAsync(
                again, ("login", "mainland"), ("password", DemoData.Password))).Sent("code"));
        }

        async Task<(string?, string?)> ToldAsync(params (string, string?)[] parameters)
        {
            var answer = await browser.GetAsync(_demo.Authorize(parameters));
            return (answer.Sent("error"), answer.Sent("error_code"));
        }
    }

    [Fact]
    public async Task What_says_that_a_sign_in_was_asked_for_says_it_of_one_request()
    {
        using var browser = await BrowserAsync();
        await browser.AgreeAsync(_demo.Authorize());
        var ask = await browser.GetAsync(_demo.Authorize(("force_login", "1")));
        var page = await browser.GetAsync(ask.Location!);
        var done = await browser.SubmitAsync(page, ("login", "mainland"), ("password", DemoData.Password));
        var asked = BrowserClient.View.Query(done.Location!, "asked");
        Assert.NotNull(asked);

        Assert.NotNull((await browser.GetAsync(_demo.Authorize(("force_login", "1"), ("asked", asked)))).Sent("code"));
        Assert.True((await browser.OpenAsync(_demo.Authorize(("force_login", "1"), ("asked", asked), ("state", "other")))).Has("password"));
        Assert.True((await browser.OpenAsync(_demo.Authorize(("force_login", "1"), ("asked", "forged")))).Has("password"));
    }

    [Fact]
    public async Task A_person_is_asked_again_what_they_allowed_before_where_the_app_wants_it()
    {
        using var browser = await BrowserAsync();
        await browser.AgreeAsync(_demo.Authorize());

        var asked = await browser.OpenAsync(_demo.Authorize(("confirm_login", "1")));
        Assert.True(asked.Has("verdict"));
        var done = await browser.SubmitAndFollowAsync(asked, ("verdict", "Allow"));
        Assert.NotNull(done.Sent("code"));
        Assert.True((await browser.OpenAsync(_demo.Authorize(("confirm_login", "1")))).Has("verdict"));

        var refused = await browser.SubmitAndFollowAsync(
            await browser.OpenAsync(_demo.Authorize(("confirm_login", "1"))), ("verdict", "Refuse"));
        refused.Response.ShouldTellApp(Redirect, '?', E.AccessDenied, state: null);
    }

    [Fact]
    public async Task Both_may_be_wanted_at_once()
    {
        using var browser = await BrowserAsync();
        await browser.AgreeAsync(_demo.Authorize());
        var signIn = await browser.OpenAsync(_demo.Authorize(("force_login", "1"), ("confirm_login", "1")));
        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        Assert.NotNull((await browser.SubmitAndFollowAsync(consent, ("verdict", "Allow"))).Sent("code"));
    }

    [Theory]
    [InlineData("page", false)]
    [InlineData("popup", false)]
    [InlineData("dialog", false)]
    [InlineData("tv", false)]
    [InlineData("mobile", true)]
    [InlineData("pad", true)]
    [InlineData("touch", true)]
    public async Task Every_display_is_a_page(string display, bool isTouch)
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.OpenAsync(_demo.Authorize(("display", display)));
        Assert.True(page.Has("password"));
        Assert.Equal(isTouch, page.Html.Contains("touch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_public_app_shows_a_challenge_or_gets_no_code()
    {
        var app = DemoData.Apps[0] with { Name = "public", ClientId = 300_000_301, RedirectUri = "https://new.example/callback" };
        await fixture.Server.Get<IAppStore>().TryAddAsync(
            new App
            {
                Id = app.ClientId,
                DeveloperId = app.DeveloperId,
                ProjectId = 1,
                Name = app.Name,
                IsPublic = true,
                RedirectUris = [app.RedirectUri],
                CreatedAt = DateTimeOffset.UtcNow,
            }, default);
        var caller = new OAuthCaller(fixture.Server, app);
        using var browser = await BrowserAsync();

        (await browser.GetAsync(caller.Authorize())).Response.ShouldTellApp(app.RedirectUri, '?', E.RequestMalformed, state: null);
        var done = await browser.AgreeAsync(caller.Authorize(("code_challenge", Challenge), ("code_challenge_method", "S256")));
        await (await caller.PostAsync(
            "token", ("grant_type", "authorization_code"), ("client_id", caller.ClientId), ("code", done.Sent("code")),
            ("redirect_uri", app.RedirectUri), ("code_verifier", Verifier))).ShouldGiveAsync();
    }

    private async Task<BrowserClient> BrowserAsync()
    {
        await _demo.WithdrawAsync();
        return new BrowserClient(fixture.Server);
    }

    private static string? Filled(string? value) => value?.Replace("{long}", new string('a', 5000));
}
