using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

public sealed class TokenTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly OAuthCaller _demo = new(fixture.Server);
    private readonly OAuthCaller _sibling = new(fixture.Server, DemoData.Apps[1]);

    [Fact]
    public async Task A_code_trades_for_the_fields_of_the_platform()
    {
        var json = await (await _demo.ExchangeAsync(await _demo.CodeAsync(scope: "basic email"))).ShouldGiveAsync();

        Assert.Equal(
            ["access_token", "token_type", "expires_in", "refresh_token", "scope", "session_key", "session_secret"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(2_592_000, json.GetProperty("expires_in").GetInt64());
        Assert.Equal("basic email", json.GetProperty("scope").GetString());
        var tokens = OAuthCaller.Read(json);
        Assert.Matches(@"^21\.[0-9A-Za-z_-]+\.2592000\.[0-9]{10}-900001-100000001$", tokens.Access);
        Assert.Matches(@"^22\.[0-9A-Za-z_-]+\.315360000\.[0-9]{10}-900001-100000001$", tokens.Refresh);
    }

    [Fact]
    public async Task Everything_may_stand_in_the_query_too() =>
        await (await _demo.GetAsync("token", [("grant_type", "client_credentials"), .. _demo.Proof])).ShouldGiveAsync();

    [Fact]
    public async Task A_code_that_comes_twice_takes_its_tokens_with_it()
    {
        var code = await _demo.CodeAsync();
        var tokens = OAuthCaller.Read(await (await _demo.ExchangeAsync(code)).ShouldGiveAsync());

        await (await _demo.ExchangeAsync(code)).ShouldRefuseAsync(E.GrantInvalid);

        await AssertIsDeadAsync(_demo, tokens);
    }

    [Fact]
    public async Task A_slip_of_the_caller_costs_no_code()
    {
        var code = await _demo.CodeAsync(more: new { code_challenge = Challenge, code_challenge_method = "S256" });
        await (await _demo.ExchangeAsync(code)).ShouldRefuseAsync(E.GrantInvalid);
        await (await _demo.TokenAsync("authorization_code", ("code", code), ("redirect_uri", "oob"), ("code_verifier", Verifier)))
            .ShouldRefuseAsync(E.GrantInvalid);

        await (await _demo.ExchangeAsync(code, ("code_verifier", Verifier))).ShouldGiveAsync();
    }

    [Fact]
    public async Task A_refresh_token_is_replaced_by_each_use_and_the_new_pair_goes_on()
    {
        var first = await _demo.SignInAsync(scope: "basic email");
        var second = OAuthCaller.Read(await (await _demo.RefreshAsync(first.Refresh)).ShouldGiveAsync());
        Assert.Equal(4, new[] { first.Refresh, second.Refresh, first.Access, second.Access }.Distinct().Count());

        var third = await (await _demo.RefreshAsync(second.Refresh, ("scope", "email"))).ShouldGiveAsync();
        Assert.Equal("email", third.GetProperty("scope").GetString());

        // Less for this access token is not less for the grant.
        var fourth = await (await _demo.RefreshAsync(third.GetProperty("refresh_token").GetString()!)).ShouldGiveAsync();
        Assert.Equal("basic email", fourth.GetProperty("scope").GetString());
        await (await _demo.TokenInfoAsync(first.Access)).ShouldGiveAsync();
    }

    [Fact]
    public async Task A_refresh_token_that_comes_twice_ends_the_whole_family()
    {
        var first = await _demo.SignInAsync();
        var second = OAuthCaller.Read(await (await _demo.RefreshAsync(first.Refresh)).ShouldGiveAsync());
        var third = OAuthCaller.Read(await (await _demo.RefreshAsync(second.Refresh)).ShouldGiveAsync());
        var other = await _demo.SignInAsync();

        await (await _demo.RefreshAsync(first.Refresh)).ShouldRefuseAsync(E.RefreshTokenExpired);

        await AssertIsDeadAsync(_demo, third);
        await (await _demo.TokenInfoAsync(first.Access)).ShouldRefuseAsync(E.GrantInvalid);
        await (await _demo.RefreshAsync(second.Refresh)).ShouldRefuseAsync(E.RefreshTokenExpired);
        await (await _demo.RefreshAsync(other.Refresh)).ShouldGiveAsync(); // of another sign-in
    }

    [Theory]
    [InlineData("{id}:{secret}")]
    [InlineData("%31{id1}:{secret}")] // encoded, as RFC 6749 has it
    public async Task FC_08_FC_55_an_app_may_show_its_secret_in_the_header(string shown)
    {
        var answer = await BasicAsync(shown, ("grant_type", "client_credentials"));
        Assert.Equal("bearer", (await answer.ShouldGiveAsync()).GetProperty("token_type").GetString());

        await (await BasicAsync(shown, ("grant_type", "client_credentials"), ("client_id", _demo.ClientId))).ShouldGiveAsync();
        await (await BasicAsync(shown, ("grant_type", "authorization_code"), ("code", await _demo.CodeAsync()),
            ("redirect_uri", _demo.App.RedirectUri))).ShouldGiveAsync();
        await (await BasicAsync(shown, ("grant_type", "client_credentials"), ("client_secret", _demo.App.ClientSecret)))
            .ShouldRefuseAsync(E.RequestMalformed);
        await (await BasicAsync(shown, ("grant_type", "client_credentials"), ("client_id", "100000002")))
            .ShouldRefuseAsync(E.RequestMalformed);
    }

    [Theory]
    [InlineData("{id}:wrong", nameof(E.ClientAuthenticationFailed))]
    [InlineData("999:{secret}", nameof(E.ClientAuthenticationFailed))]
    [InlineData("{id}:", nameof(E.RequestMalformed))]
    [InlineData("{id}", nameof(E.RequestMalformed))]
    public async Task FC_08_a_wrong_header_is_refused_with_the_way_to_write_it(string shown, string expected)
    {
        foreach (var answer in new[]
        {
            await BasicAsync(shown, ("grant_type", "client_credentials")),
            await BasicAsync(shown, "device/code", ("response_type", "device_code")),
        }.Take(shown is "{id}:" ? 1 : 2)) // a device shows no secret
        {
            await answer.ShouldRefuseAsync(OAuthWire.Named(expected));
            Assert.Equal(expected is nameof(E.ClientAuthenticationFailed), answer.Headers.WwwAuthenticate.ToString().StartsWith("Basic "));
        }
    }

    [Theory]
    [InlineData("basic,email")]
    [InlineData("basic+email")]
    [InlineData("basic, email")]
    public async Task FC_05_scopes_may_have_commas_between(string scope)
    {
        var tokens = await (await _demo.TokenAsync(
            "password", ("username", "hongkong"), ("password", DemoData.Password), ("scope", scope))).ShouldGiveAsync();
        Assert.Equal("basic email", tokens.GetProperty("scope").GetString());
        Assert.Equal("email", (await (await _demo.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!, ("scope", "email,")))
            .ShouldGiveAsync()).GetProperty("scope").GetString());
        await (await _demo.PostAsync("device/code", ("client_id", _demo.ClientId), ("response_type", "device_code"), ("scope", scope)))
            .ShouldGiveAsync();
        await _demo.WithdrawAsync("hongkong");
    }

    private Task<HttpResponseMessage> BasicAsync(string shown, params (string, string?)[] form) => BasicAsync(shown, "token", form);

    private Task<HttpResponseMessage> BasicAsync(string shown, string path, params (string, string?)[] form)
    {
        var text = shown.Replace("{id}", _demo.ClientId).Replace("{id1}", _demo.ClientId[1..]).Replace("{secret}", _demo.App.ClientSecret);
        return fixture.Server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/open/oauth/2.0/" + path)
        {
            Headers = { { "Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)) } },
            Content = HuaweiCaller.Form(form),
        });
    }

    [Fact]
    public async Task A_refusal_of_a_scope_costs_no_refresh_token()
    {
        var tokens = await _demo.SignInAsync();
        await (await _demo.RefreshAsync(tokens.Refresh, ("scope", "netdisk"))).ShouldRefuseAsync(E.ScopeInvalid);
        await (await _demo.RefreshAsync(tokens.Refresh)).ShouldGiveAsync();
    }

    [Fact]
    public async Task A_consent_that_is_withdrawn_takes_everything_with_it_and_a_new_one_brings_nothing_back()
    {
        var tokens = await _sibling.SignInAsync();
        var code = await _sibling.CodeAsync();

        await _sibling.WithdrawAsync();

        await AssertIsDeadAsync(_sibling, tokens);
        await (await _sibling.ExchangeAsync(code)).ShouldRefuseAsync(E.GrantInvalid);
        await _sibling.SignInAsync();
        await AssertIsDeadAsync(_sibling, tokens);
    }

    [Fact]
    public async Task An_app_alone_gets_tokens_of_nobody()
    {
        var json = await (await _demo.TokenAsync("client_credentials")).ShouldGiveAsync();

        Assert.Equal(
            ["access_token", "token_type", "expires_in", "scope", "session_key", "session_secret"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("public", json.GetProperty("scope").GetString());
        Assert.Matches(@"^24\..*-0-100000001$", json.GetProperty("access_token").GetString());
    }

    [Fact]
    public async Task A_password_trades_for_tokens_and_is_a_consent_that_can_be_withdrawn()
    {
        var json = await (await _demo.TokenAsync(
            "password", ("username", "hongkong"), ("password", DemoData.Password), ("scope", "basic netdisk"))).ShouldGiveAsync();
        Assert.Equal("basic netdisk", json.GetProperty("scope").GetString());
        Assert.Equal(
            ["basic", "netdisk"], (await fixture.Server.Get<IConsentStore>().FindAsync(900002, _demo.App.ClientId, default))!.Scopes);

        await _demo.WithdrawAsync("hongkong");
        await AssertIsDeadAsync(_demo, OAuthCaller.Read(json));
    }

    [Fact]
    public async Task Passwords_are_counted_and_locked_out_as_on_the_page()
    {
        for (var i = 0; i < 5; i++)
            await (await _demo.TokenAsync("password", ("username", "russia"), ("password", $"wrong{i}")))
                .ShouldRefuseAsync(E.ClientAuthenticationFailed);

        await (await _demo.TokenAsync("password", ("username", "russia"), ("password", DemoData.Password)))
            .ShouldRefuseAsync(E.AccessDenied);
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.OpenAsync(_demo.Authorize());
        Assert.Equal(429, (await browser.SubmitAsync(page, ("login", "russia"), ("password", DemoData.Password))).Status);
    }

    [Fact]
    public async Task A_public_app_proves_itself_by_its_verifier_and_may_refresh()
    {
        var app = await NewAppAsync(200, app => app with { IsPublic = true, SecretHashes = [] });
        var code = await app.CodeAsync(more: new { code_challenge = Challenge, code_challenge_method = "S256" });
        (string, string?)[] request =
            [("grant_type", "authorization_code"), ("client_id", app.ClientId), ("code", code), ("redirect_uri", app.App.RedirectUri)];

        await (await app.PostAsync("token", [.. request, ("client_secret", "any")])).ShouldRefuseAsync(E.ClientAuthenticationFailed);
        await (await app.PostAsync("token", request)).ShouldRefuseAsync(E.GrantInvalid);
        var tokens = OAuthCaller.Read(await (await app.PostAsync("token", [.. request, ("code_verifier", Verifier)])).ShouldGiveAsync());

        await (await app.PostAsync(
            "token", ("grant_type", "refresh_token"), ("client_id", app.ClientId), ("refresh_token", tokens.Refresh))).ShouldGiveAsync();
        await (await app.PostAsync("token", ("grant_type", "client_credentials"), ("client_id", app.ClientId)))
            .ShouldRefuseAsync(E.GrantTypeForbidden);
        var unbound = await app.CodeAsync();
        await (await app.PostAsync("token", [.. request.Where(one => one.Item1 is not "code"), ("code", unbound),
            ("code_verifier", Verifier)])).ShouldRefuseAsync(E.GrantInvalid);
    }

    [Fact]
    public async Task An_app_that_is_disabled_is_unknown_and_one_from_another_network_is_told_so()
    {
        var disabled = await NewAppAsync(201, app => app with { DisabledAt = DateTimeOffset.UtcNow });
        await (await disabled.TokenAsync("client_credentials")).ShouldRefuseAsync(E.ClientAuthenticationFailed);

        var elsewhere = await NewAppAsync(202, app => app with { Allowlist = [System.Net.IPNetwork.Parse("203.0.113.0/24")] });
        await (await elsewhere.TokenAsync("client_credentials")).ShouldRefuseAsync(Api.IpAddressForbidden);
    }

    [Fact]
    public async Task An_app_that_asks_too_often_is_told_so_once_it_has_proved_itself()
    {
        var app = await NewAppAsync(203, app => app with { QuotaPerMinute = 2 });
        for (var i = 0; i < 2; i++)
            await (await app.TokenAsync("client_credentials")).ShouldGiveAsync();

        await (await app.TokenAsync("client_credentials")).ShouldRefuseAsync(Api.CallsThrottled);
        await (await app.PostAsync("token", ("grant_type", "client_credentials"), ("client_id", app.ClientId), ("client_secret", "wrong")))
            .ShouldRefuseAsync(E.ClientAuthenticationFailed);
    }

    [Fact]
    public async Task What_breaks_in_the_server_is_said_with_the_numbers_of_the_platform()
    {
        await using (await fixture.BreakAsync(new { target = "open.token", fault = "exception" }))
            await (await _demo.TokenAsync("client_credentials")).ShouldRefuseAsync(Api.Internal);
        await using (await fixture.BreakAsync(new { target = "open.token", fault = "storage-down" }))
            await (await _demo.ExchangeAsync(await _demo.CodeAsync())).ShouldRefuseAsync(Api.ServiceUnavailable);
        var code = await _demo.CodeAsync();
        await using (await fixture.BreakAsync(new { target = "open.token", fault = "key-lost" }))
            await (await _demo.ExchangeAsync(code)).ShouldRefuseAsync(Api.Internal);
    }

    [Fact]
    public async Task Neither_secrets_nor_tokens_are_logged()
    {
        var before = fixture.Server.Log.Lines.Count; // at start it tells developers how to sign in
        var tokens = await _demo.SignInAsync();
        await _demo.RefreshAsync(tokens.Refresh);
        await _demo.TokenAsync("password", ("username", "mainland"), ("password", "a-wrong-password"));

        foreach (var secret in new[]
        {
            tokens.Access, tokens.Refresh, tokens.SessionKey, tokens.SessionSecret, _demo.App.ClientSecret, "a-wrong-password"
        })
            Assert.DoesNotContain(fixture.Server.Log.Lines.Skip(before), line => line.Contains(secret, StringComparison.Ordinal));
    }

    private static async Task AssertIsDeadAsync(OAuthCaller app, OAuthCaller.Tokens tokens)
    {
        await (await app.TokenInfoAsync(tokens.Access)).ShouldRefuseAsync(E.GrantInvalid);
        await (await app.RefreshAsync(tokens.Refresh)).ShouldRefuseAsync(E.GrantInvalid);
    }

    private async Task<OAuthCaller> NewAppAsync(int number, Func<App, App> adjust)
    {
        var demo = DemoData.Apps[0] with
        {
            Name = $"app{number}",
            ClientId = 300_000_000 + number,
            RedirectUri = "https://new.example/callback",
        };
        var app = new App
        {
            Id = demo.ClientId,
            DeveloperId = demo.DeveloperId,
            ProjectId = 1,
            Name = demo.Name,
            SecretHashes = [ClientSecret.Hash(demo.ClientSecret)],
            RedirectUris = [demo.RedirectUri],
            CreatedAt = DateTimeOffset.UtcNow,
        };
        Assert.True(await fixture.Server.Get<IAppStore>().TryAddAsync(adjust(app), default));
        return new OAuthCaller(fixture.Server, demo);
    }
}
