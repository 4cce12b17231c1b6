using System.Net.Http.Json;
using Yaopai.Server.Apps;
using Yaopai.Tests.Http;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

/// <summary>An app that can keep no secret, and anybody who has read its client_id.</summary>
public sealed class PublicAppQuotaTests(PublicAppQuotaTests.Narrow fixture) : IClassFixture<PublicAppQuotaTests.Narrow>
{
    private const int Quota = 3;
    private const string Back = "https://demo.example/callback";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
    private const string Other = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly OpenCaller _app = new(fixture.Server);

    public sealed class Narrow : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Quotas:AppPerMinute", $"{Quota}")];
    }

    [Fact]
    public async Task Its_quota_is_spent_by_what_it_was_given_alone()
    {
        var store = fixture.Server.Get<IAppStore>();
        await store.TryChangeAsync((await store.FindAsync(_app.App.ClientId, default))! with { IsPublic = true }, default);
        fixture.Server.Get<AppDirectory>().Clear();
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = "2026-03-01T00:00:00Z", client_id = _app.App.ClientId });

        var used = await CodeAsync();
        Assert.Equal(200, (int)(await ExchangeAsync(used)).StatusCode);

        var good = await CodeAsync();
        for (var i = 0; i < Quota + 1; i++)
        {
            await (await ExchangeAsync("AAAA")).ShouldRefuseAsync(E.GrantInvalid);
            await (await ExchangeAsync(used)).ShouldRefuseAsync(E.GrantInvalid);
            await (await ExchangeAsync(good, Other)).ShouldRefuseAsync(E.GrantInvalid);
            await (await RefreshAsync("22.AAAA")).ShouldRefuseAsync(E.GrantInvalid);
        }

        for (var i = 1; i < Quota; i++)
            Assert.Equal(200, (int)(await ExchangeAsync(await CodeAsync())).StatusCode);
        await (await ExchangeAsync(good)).ShouldRefuseAsync(Api.CallsThrottled);
    }

    private async Task<string> CodeAsync()
    {
        var answer = await fixture.Server.Http.PostAsJsonAsync("/sandbox/authorize", new
        {
            surface = "open",
            client_id = _app.App.ClientId,
            user = "mainland",
            redirect_uri = Back,
            code_challenge = Challenge,
            code_challenge_method = "S256",
        });
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("code").GetString()!;
    }

    private Task<HttpResponseMessage> ExchangeAsync(string code, string verifier = Verifier) => _app.PostAsync("/open/oauth/2.0/token",
        ("grant_type", "authorization_code"), ("client_id", _app.ClientId), ("code", code), ("redirect_uri", Back),
        ("code_verifier", verifier));

    private Task<HttpResponseMessage> RefreshAsync(string token) => _app.PostAsync("/open/oauth/2.0/token",
        ("grant_type", "refresh_token"), ("client_id", _app.ClientId), ("refresh_token", token));
}
