using System.Net.Http.Json;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using Yaopai.Tests.Surfaces.HuaweiAccount.People;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>Too many calls, for every operation, and who is not hit by them.</summary>
public sealed class FlowControlTests(FlowControlTests.Narrow fixture) : IClassFixture<FlowControlTests.Narrow>
{
    private const int Quota = 8;

    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly HuaweiCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);

    public sealed class Narrow : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Quotas:AppPerMinute", $"{Quota}"), ("Quotas:AddressPerMinute", "60"), ("Quotas:DeviceCodesPerMinute", "3")];
    }

    [Fact]
    public async Task GetTokenInfo_is_flow_controlled_app_by_app()
    {
        var (mine, others) = (await _demo.AppTokenAsync(), await _sibling.AppTokenAsync());

        await UntilRefusedAsync(() => _demo.GetTokenInfoAsync(mine), HuaweiAccountErrors.GetTokenInfo.FlowControl);
        await (await _sibling.GetTokenInfoAsync(others)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);

        await _demo.AdvanceAsync("PT1M");
        await (await _demo.GetTokenInfoAsync(mine)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
        await _demo.ResetClockAsync();
    }

    [Fact]
    public async Task GetInfo_is_flow_controlled_in_band()
    {
        var token = (await _sibling.SignInAsync(scope: "openid phone")).Access;

        await UntilRefusedAsync(() => _sibling.GetInfoAsync(token), HuaweiAccountErrors.GetInfo.Throttled);
        await (await _sibling.GetInfoAsync(token)).ShouldBeAsync(HuaweiAccountErrors.GetInfoPhone.Throttled);
    }

    [Fact]
    public async Task Real_names_are_flow_controlled_in_band_for_an_app_and_by_http_for_who_proves_none()
    {
        var (token, account) = ((await _demo.SignInAsync()).Access, await RealNames.NewServiceAccountAsync(fixture.Server, _demo));

        await UntilRefusedAsync(() => RealNames.GetAsync(_demo, token, account), HuaweiAccountErrors.GetRealName.Throttled);
        await UntilRefusedAsync(() => VerifyAsync(token), HuaweiAccountErrors.VerifyRealName.Throttled, passing: "70001201");
        await UntilRefusedAsync(
            () => RealNames.GetAsync(_demo, "bm9uZQ==", account), HuaweiAccountErrors.GetRealName.FlowControl, passing: "6");
        await UntilRefusedAsync(() => VerifyAsync("bm9uZQ=="), HuaweiAccountErrors.VerifyRealName.FlowControl, passing: "70001201");

        Task<HttpResponseMessage> VerifyAsync(string token) =>
            _demo.ServiceAsync("OpenRealName.User.verifyRealName", ("access_token", token));
    }

    [Fact]
    public async Task GetRiskLevel_is_flow_controlled_in_band()
    {
        var token = (await _sibling.SignInAsync(scope: "openid riskLevel")).Access;

        await UntilRefusedAsync(() => _sibling.GetRiskLevelAsync(token), HuaweiAccountErrors.GetRiskLevel.Throttled);
    }

    [Fact]
    public async Task Revoke_is_flow_controlled()
    {
        var token = await _demo.AppTokenAsync();

        await UntilRefusedAsync(() => _demo.RevokeAsync(token), HuaweiAccountErrors.Revoke.FlowControl);
    }

    [Fact]
    public async Task OpenIdToUnionId_is_flow_controlled()
    {
        var token = await _demo.AppTokenAsync();

        await UntilRefusedAsync(() => _demo.OpenIdToUnionIdAsync(token, "x"), HuaweiAccountErrors.OpenIdToUnionId.FlowControl);
    }

    [Fact]
    public async Task BatchGetGroupUnionId_is_flow_controlled()
    {
        var token = await _sibling.AppTokenAsync();

        await UntilRefusedAsync(
            () => _sibling.BatchGetAsync(token, new { openIdList = new[] { "x" } }), HuaweiAccountErrors.BatchGetGroupUnionId.FlowControl);
    }

    [Fact]
    public async Task QuickLogin_is_flow_controlled_once_the_app_has_proved_itself()
    {
        await UntilRefusedAsync(() => _sibling.QuickLoginAsync("Zm9yZ2Vk"), HuaweiAccountErrors.QuickLogin.FlowControl);
        await (await _sibling.PostJsonAsync("/oauth2/v6/quickLogin/getPhoneNumber",
            $$"""{"code":"Zm9yZ2Vk","clientId":"{{_sibling.ClientId}}","clientSecret":"wrong"}"""))
                .ShouldBeAsync(HuaweiAccountErrors.QuickLogin.ClientSecretIncorrect);
    }

    [Fact]
    public async Task Token_is_flow_controlled_once_the_app_has_proved_itself()
    {
        var stranger = new HuaweiCaller(fixture.Server, HuaweiCaller.Stranger);
        await UntilRefusedAsync(() => RequestAsync(stranger.App.ClientSecret), HuaweiAccountErrors.Token.FlowControl);

        // Who does not know the secret learns nothing, and spends nothing of the app's.
        await (await RequestAsync("wrong")).ShouldBeAsync(HuaweiAccountErrors.Token.AppSecretIncorrect);

        Task<HttpResponseMessage> RequestAsync(string secret) => stranger.PostAsync("/oauth2/v3/token",
            ("grant_type", "client_credentials"), ("client_id", stranger.ClientId), ("client_secret", secret));
    }

    [Fact]
    public async Task A_token_that_has_expired_spends_nothing_of_its_app()
    {
        var stranger = new HuaweiCaller(fixture.Server, await fixture.Server.NewAppAsync());
        var old = (await stranger.SignInAsync()).Access;
        await stranger.AdvanceAsync("PT2H");
        for (var i = 0; i < Quota + 1; i++)
            await (await stranger.GetTokenInfoAsync(old)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenExpired);

        var fresh = (await stranger.SignInAsync()).Access;
        await (await stranger.GetTokenInfoAsync(fresh)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
        await stranger.ResetClockAsync();
    }

    [Fact]
    public async Task Who_proves_no_app_is_counted_by_address()
    {
        await UntilRefusedAsync(
            () => _demo.PostAsync("/oauth2/v3/tokeninfo", ("id_token", "x")), HuaweiAccountErrors.TokenInfo.FlowControl);
        await UntilRefusedAsync(
            () => fixture.Server.Http.GetAsync("/huawei/oauth2/v3/authorize"), HuaweiAccountErrors.Authorize.FlowControl);
        await UntilRefusedAsync(() => fixture.Server.Http.GetAsync("/huawei/oauth2/v3/device"), HuaweiAccountErrors.DevicePage.FlowControl);
        await UntilRefusedAsync(() => fixture.Server.Http.GetAsync("/huawei/oauth2/v3/certs"), HuaweiAccountErrors.Certs.FlowControl);
        await UntilRefusedAsync(
            () => fixture.Server.Http.GetAsync("/huawei/.well-known/openid-configuration"),
            HuaweiAccountErrors.OpenIdConfiguration.FlowControl);
        await UntilRefusedAsync(
            () => fixture.Server.Http.GetAsync("/huawei/v1beta/public/risc/.well-known/risc-configuration"),
            HuaweiAccountErrors.RiscConfiguration.FlowControl);
    }

    [Fact]
    public async Task Device_codes_are_flow_controlled_by_address_until_the_app_proves_itself()
    {
        var stranger = new HuaweiCaller(fixture.Server, HuaweiCaller.Stranger);
        var (secret, wrong) = (("client_secret", stranger.App.ClientSecret), ("client_secret", "wrong"));

        await UntilRefusedAsync(() => RequestAsync(), HuaweiAccountErrors.DeviceCode.FlowControl);
        await (await RequestAsync(secret)).ShouldSucceedAsync(HuaweiAccountErrors.DeviceCode.Ok);
        await UntilRefusedAsync(() => RequestAsync(secret), HuaweiAccountErrors.DeviceCode.FlowControl);
        await (await RequestAsync(wrong)).ShouldBeAsync(HuaweiAccountErrors.DeviceCode.ClientSecretIncorrect);

        Task<HttpResponseMessage> RequestAsync(params (string, string?)[] more) =>
            stranger.PostAsync("/oauth2/v3/device/code", [("client_id", stranger.ClientId), .. more]);
    }

    /// <param name="passing">The NSP_STATUS of a call that is let in.</param>
    private static async Task UntilRefusedAsync(Func<Task<HttpResponseMessage>> call, ErrorDefinition expected, string? passing = null)
    {
        // A minute may turn while the calls are made, so twice the quota is sure to meet its end.
        for (var i = 0; i < 120; i++)
        {
            var response = await call();
            if (response.StatusCode is System.Net.HttpStatusCode.ServiceUnavailable ||
                ((expected.Channel is "NSP_STATUS" || passing is not null) && response.Headers.TryGetValues("NSP_STATUS", out var status)
                    && status.Single() != passing) ||
                await response.CodeOfAsync() is "200 errCode 503")
            {
                await response.ShouldBeAsync(expected);
                return;
            }
        }

        Assert.Fail($"{expected} never came.");
    }
}

/// <summary>The pace that the contract fixes: 100 calls a second of openIdToUnionId.</summary>
public sealed class PaceTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly HuaweiCaller _stranger = new(fixture.Server, HuaweiCaller.Stranger);

    [Fact]
    public async Task The_hundred_and_first_call_in_a_second_is_refused_and_the_next_second_is_open()
    {
        var (openId, unionId) = await _demo.IdentifiersAsync();
        await SetAsync("2026-03-01T00:00:00Z");
        var token = await _demo.AppTokenAsync();
        for (var i = 0; i < 100; i++)
            await (await CallAsync()).ShouldSucceedAsync(HuaweiAccountErrors.OpenIdToUnionId.Ok);

        await (await CallAsync()).ShouldBeAsync(HuaweiAccountErrors.OpenIdToUnionId.Throttled);

        await SetAsync("2026-03-01T00:00:01Z");
        var json = await (await _demo.OpenIdToUnionIdAsync(token, openId)).ShouldSucceedAsync(HuaweiAccountErrors.OpenIdToUnionId.Ok);
        Assert.Equal(unionId, json.GetProperty("union_id").GetString());

        // All in one second, however long they take.
        async Task<HttpResponseMessage> CallAsync()
        {
            await SetAsync("2026-03-01T00:00:00Z");
            return await _demo.OpenIdToUnionIdAsync(token, openId);
        }

        Task SetAsync(string instant) =>
            fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = instant, client_id = _demo.App.ClientId });
    }

    [Fact]
    public async Task An_app_whose_quota_was_lifted_keeps_no_pace()
    {
        var store = fixture.Server.Get<IAppStore>();
        await store.TryChangeAsync((await store.FindAsync(_stranger.App.ClientId, default))! with { QuotaPerMinute = 0 }, default);
        fixture.Server.Get<AppDirectory>().Clear();
        var openId = (await _stranger.IdentifiersAsync()).OpenId;
        var token = await _stranger.AppTokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => _stranger.OpenIdToUnionIdAsync(token, openId)));

        Assert.DoesNotContain(answers, answer => answer.Headers.Contains("NSP_STATUS"));
    }
}

public sealed class QuotaTests(ServerFixture fixture) : QuotaContract<HuaweiAccountCalls>(fixture);

/// <summary>The quota that the contract fixes: 1000 app-level tokens in five minutes.</summary>
public sealed class AppTokenQuotaTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    [Fact]
    public async Task The_thousand_and_first_app_token_in_five_minutes_is_refused_and_the_next_window_is_open()
    {
        // From the start of a window, so that the thousand fit into it.
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = "2026-03-01T00:00:00Z", client_id = _demo.App.ClientId });

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => RequestAsync()));
        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
        await (await RequestAsync()).ShouldBeAsync(HuaweiAccountErrors.Token.FlowControl);

        await _demo.AdvanceAsync("PT5M");
        await (await RequestAsync()).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
    }

    [Fact]
    public async Task An_app_whose_quota_was_lifted_is_not_counted()
    {
        var store = fixture.Server.Get<IAppStore>();
        var sibling = new HuaweiCaller(fixture.Server, HuaweiCaller.Sibling);
        await store.TryChangeAsync((await store.FindAsync(sibling.App.ClientId, default))! with { QuotaPerMinute = 0 }, default);
        fixture.Server.Get<AppDirectory>().Clear();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1100).Select(_ => sibling.AppTokenAsync()));

        Assert.Equal(1100, answers.Distinct().Count());
    }

    private Task<HttpResponseMessage> RequestAsync() => _demo.PostAsync("/oauth2/v3/token",
        ("grant_type", "client_credentials"), ("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret));
}

/// <summary>An app that can keep no secret, and anybody who has read its client_id.</summary>
public sealed class PublicAppQuotaTests(PublicAppQuotaTests.Narrow fixture) : IClassFixture<PublicAppQuotaTests.Narrow>
{
    private const int Quota = 3;
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly HuaweiCaller _app = new(fixture.Server);

    public sealed class Narrow : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Quotas:AppPerMinute", $"{Quota}")];
    }

    [Fact]
    public async Task Its_quota_is_spent_by_codes_with_their_verifiers_alone_and_a_refused_code_is_kept()
    {
        var store = fixture.Server.Get<IAppStore>();
        await store.TryChangeAsync((await store.FindAsync(_app.App.ClientId, default))! with { IsPublic = true }, default);
        fixture.Server.Get<AppDirectory>().Clear();
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = "2026-03-01T00:00:00Z", client_id = _app.App.ClientId });
        var used = await CodeAsync();
        await (await ExchangeAsync(used)).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);

        var good = await CodeAsync();
        for (var i = 0; i < Quota + 1; i++)
        {
            await (await ExchangeAsync("AAAA", "x")).ShouldBeAsync(HuaweiAccountErrors.Token.CodeUnknown);
            await (await ExchangeAsync(used)).ShouldBeAsync(HuaweiAccountErrors.Token.CodeUsed);
            await (await ExchangeAsync(good, "x")).ShouldBeAsync(HuaweiAccountErrors.Token.CodeVerifierMismatch);
        }

        await (await ExchangeAsync(good)).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
        await (await ExchangeAsync(await CodeAsync())).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
        var late = await CodeAsync();
        await (await ExchangeAsync(late)).ShouldBeAsync(HuaweiAccountErrors.Token.FlowControl);
        await _app.AdvanceAsync("PT1M");
        await (await ExchangeAsync(late)).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
    }

    private Task<string> CodeAsync() => _app.CodeAsync(more: new { code_challenge = Challenge, code_challenge_method = "S256" });

    private Task<HttpResponseMessage> ExchangeAsync(string code, string verifier = Verifier) => _app.PostAsync("/oauth2/v3/token",
        ("grant_type", "authorization_code"), ("client_id", _app.ClientId), ("code", code), ("code_verifier", verifier));
}
