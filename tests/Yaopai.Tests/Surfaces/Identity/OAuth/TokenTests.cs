using System.Net;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Tests.Surfaces.Identity.OAuth;

public sealed class TokenTests(OwnApps fixture, SharedServer shared) : IClassFixture<OwnApps>
{
    private readonly IdentityCaller _demo = new(fixture.Server, fixture.Demo);

    [Fact]
    public async Task Tokens_come_with_the_person_as_the_app_and_its_developer_know_them()
    {
        var json = await (await _demo.ExchangeAsync(await _demo.CodeAsync(scope: "snsapi_base snsapi_userinfo"))).ShouldServeAsync();

        Assert.Equal(
            ["access_token", "expires_in", "refresh_token", "openid", "scope", "unionid"], json.EnumerateObject().Select(one => one.Name));
        Assert.Equal(7200, json.GetProperty("expires_in").GetInt32());
        Assert.Equal("snsapi_base,snsapi_userinfo", json.GetProperty("scope").GetString());
        var sibling = await new IdentityCaller(fixture.Server, fixture.Sibling).SignInAsync();
        Assert.NotEqual(json.GetProperty("openid").GetString(), sibling.OpenId);
    }

    [Fact]
    public async Task Of_ten_exchanges_of_one_code_one_succeeds()
    {
        var code = await _demo.CodeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => await (await _demo.ExchangeAsync(code)).CodeOfAsync()));
        Assert.Equal(9, answers.Count(answer => answer is "200 code 40031"));
    }

    [Fact]
    public async Task A_code_that_comes_twice_ends_the_tokens_that_came_of_it()
    {
        var code = await _demo.CodeAsync();
        var tokens = IdentityCaller.Read(await (await _demo.ExchangeAsync(code)).ShouldServeAsync());
        await (await _demo.ExchangeAsync(code)).ShouldBeAsync(E.CodeInvalid);
        await (await _demo.MeAsync(tokens.Access)).ShouldBeAsync(E.AccessTokenInvalid);
    }

    [Fact]
    public async Task A_refresh_token_that_comes_twice_ends_its_whole_family()
    {
        var first = await _demo.SignInAsync();
        var second = IdentityCaller.Read(await (await _demo.RefreshAsync(first.Refresh)).ShouldServeAsync());
        Assert.NotEqual(first.Refresh, second.Refresh);
        await (await _demo.MeAsync(second.Access)).ShouldServeAsync();

        await (await _demo.RefreshAsync(first.Refresh)).ShouldBeAsync(E.RefreshTokenInvalid);

        await (await _demo.RefreshAsync(second.Refresh)).ShouldBeAsync(E.RefreshTokenInvalid);
        await (await _demo.MeAsync(second.Access)).ShouldBeAsync(E.AccessTokenInvalid);
    }

    [Fact]
    public async Task An_app_that_is_registered_to_shows_its_secret_for_a_refresh()
    {
        var app = await fixture.Server.NewAppAsync(change: one => one with { RefreshNeedsSecret = true });
        var caller = new IdentityCaller(fixture.Server, app);
        var tokens = await caller.SignInAsync();

        await (await caller.RefreshAsync(tokens.Refresh)).ShouldBeAsync(E.SecretMissing);
        await (await caller.RefreshAsync(tokens.Refresh, ("appid", ""), ("client_id", caller.AppId))).ShouldBeAsync(E.AppIdMissing);
        var named = await caller.PostAsync(
            "/oauth2/refresh_token", ("client_id", caller.AppId), ("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh));
        await named.ShouldBeAsync(E.ClientSecretMissing);
        await (await caller.RefreshAsync(tokens.Refresh, ("secret", "wrong"))).ShouldBeAsync(E.AppSecretIncorrect);
        await (await caller.RefreshAsync(tokens.Refresh, ("secret", app.ClientSecret))).ShouldServeAsync(); // nothing was used up
    }

    [Fact]
    public async Task A_public_app_proves_itself_by_its_challenge_alone()
    {
        var app = await fixture.Server.NewAppAsync(change: one => one with { IsPublic = true, SecretHashes = [] });
        var caller = new IdentityCaller(fixture.Server, app);
        var code = await caller.CodeAsync(more: new
        {
            code_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            code_challenge_method = "S256", // RFC 7636, appendix B
        });
        (string, string?)[] fields = [("appid", caller.AppId), ("grant_type", "authorization_code"), ("code", code)];

        await (await caller.PostAsync("/oauth2/access_token", fields)).ShouldBeAsync(E.CodeInvalid);
        await (await caller.PostAsync("/oauth2/access_token", [.. fields, ("secret", "any")])).ShouldBeAsync(E.AppSecretIncorrect);
        await (await caller.PostAsync(
            "/oauth2/access_token", [.. fields, ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")])).ShouldServeAsync();
        await (await caller.PostAsync("/oauth2/client_token", ("appid", caller.AppId), ("grant_type", "client_credential")))
            .ShouldBeAsync(E.TypeForbidden);
    }

    [Fact]
    public async Task An_app_that_requires_https_is_not_served_over_plain_http()
    {
        var app = await fixture.Server.NewAppAsync(change: one => one with { RequiresHttps = true });
        var caller = new IdentityCaller(fixture.Server, app);
        await (await caller.ClientTokenAsync()).ShouldBeAsync(E.HttpsRequired);
        await (await caller.PostAsync("/oauth2/refresh_token", ("appid", caller.AppId))).ShouldBeAsync(E.HttpsRequired);
        await (await fixture.Server.Http.GetAsync(caller.Authorize())).ShouldBeAsync(E.HttpsRequired);
    }

    [Fact]
    public async Task An_app_that_calls_too_often_is_frozen_by_its_own_clock_and_on_every_node()
    {
        var app = await fixture.Server.NewAppAsync(change: one => one with { QuotaPerMinute = 2 });
        var caller = new IdentityCaller(fixture.Server, app);
        await using var other = await TestServer.StartAsync(shared.Engine);
        await (await caller.ClientTokenAsync()).ShouldServeAsync();
        await (await caller.ClientTokenAsync()).ShouldServeAsync();
        await (await caller.ClientTokenAsync()).ShouldBeAsync(E.CallsThrottled);

        await (await new IdentityCaller(other, app).ClientTokenAsync()).ShouldBeAsync(E.CallsThrottled); // its own count is at zero
        await caller.AdvanceAsync("PT4M59S");
        await (await caller.ClientTokenAsync()).ShouldBeAsync(E.CallsThrottled);
        await caller.AdvanceAsync("PT1S");
        await (await caller.ClientTokenAsync()).ShouldServeAsync();
    }

    [Fact]
    public async Task Nobody_else_freezes_an_app_by_naming_it()
    {
        var app = await fixture.Server.NewAppAsync(change: one => one with { QuotaPerMinute = 2 });
        var caller = new IdentityCaller(fixture.Server, app);
        for (var i = 0; i < 4; i++)
        {
            await (await caller.PostAsync(
                "/oauth2/client_token", ("appid", caller.AppId), ("secret", "wrong"), ("grant_type", "client_credential")))
                .ShouldBeAsync(E.AppSecretIncorrect);
        }

        await (await caller.ClientTokenAsync()).ShouldServeAsync();
    }

    [Fact]
    public async Task Nobody_freezes_an_app_with_the_tokens_of_a_person()
    {
        var app = await fixture.Server.NewAppAsync(change: one => one with { QuotaPerMinute = 2 });
        var caller = new IdentityCaller(fixture.Server, app);
        var tokens = await caller.SignInAsync();
        await (await caller.MeAsync(tokens.Access)).ShouldServeAsync();
        await (await caller.MeAsync(tokens.Access)).ShouldServeAsync();
        await (await caller.MeAsync(tokens.Access)).ShouldBeAsync(E.CallsThrottled);

        await (await caller.RefreshAsync(tokens.Refresh)).ShouldServeAsync();
        await (await caller.RefreshAsync(tokens.Refresh)).ShouldBeAsync(E.RefreshTokenInvalid);
        await (await caller.RefreshAsync(tokens.Refresh)).ShouldBeAsync(E.CallsThrottled);

        await (await caller.ClientTokenAsync()).ShouldServeAsync();
    }

    [Fact]
    public async Task A_ticket_carries_a_sign_in_from_one_part_of_an_app_to_another_once()
    {
        var tokens = await _demo.SignInAsync();
        var ticket = await _demo.TicketAsync(tokens.Access);
        var exchanged = await (await _demo.ExchangeTicketAsync(ticket)).ShouldServeAsync();
        Assert.Equal(tokens.OpenId, exchanged.GetProperty("openid").GetString());
        await (await _demo.ExchangeTicketAsync(ticket)).ShouldBeAsync(E.TicketExpired);
        await (await _demo.MeAsync(tokens.Access)).ShouldServeAsync();
    }

    [Fact]
    public async Task Of_ten_exchanges_of_one_ticket_one_succeeds()
    {
        var ticket = await _demo.TicketAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(async _ => await (await _demo.ExchangeTicketAsync(ticket)).CodeOfAsync()));
        Assert.Equal(9, answers.Count(answer => answer is "200 code 40043"));
    }

    [Fact]
    public async Task What_is_answered_to_older_clients_is_the_call_of_a_function()
    {
        var tokens = await _demo.SignInAsync();
        var response = await _demo.GetAsync("/oauth2/me", ("access_token", tokens.Access));
        Assert.Equal(
            $$"""callback( {"client_id":"{{_demo.AppId}}","openid":"{{tokens.OpenId}}"} );""" + "\n",
            await response.Content.ReadAsStringAsync());
        Assert.Equal("text/javascript; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var union = await _demo.GetAsync("/oauth2/me", ("access_token", tokens.Access), ("fmt", "json"), ("unionid", "1"));
        Assert.Equal(["client_id", "openid", "unionid"], (await union.ShouldServeAsync()).EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public async Task A_token_may_stand_in_the_header()
    {
        var tokens = await _demo.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/identity/oauth2/me?fmt=json")
        {
            Headers = { { "Authorization", "Bearer " + tokens.Access } },
        };
        await (await fixture.Server.Http.SendAsync(request)).ShouldServeAsync();
    }

    [Fact]
    public async Task A_strict_installation_answers_with_a_status_of_the_kind()
    {
        await using var server = await TestServer.StartAsync(shared.Engine, ("Surfaces:Identity:StrictHttpStatus", "true"));
        var caller = new IdentityCaller(server);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.GetAsync("/oauth2/access_token")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.MeAsync("forged")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await caller.PostAsync("/oauth2/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await caller.ClientTokenAsync()).StatusCode);
    }
}
