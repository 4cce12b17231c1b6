using System.Net.Http.Json;
using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Flows;

/// <summary>A code is good once, however many ask at one time and wherever they ask.</summary>
public sealed class OneUseTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task Of_fifty_who_exchange_one_code_one_succeeds_and_its_tokens_are_revoked()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);
        var demo = new HuaweiCaller(server);
        var code = await demo.CodeAsync();

        await AssertOneOfFiftyAsync(code, [server.Http]);
    }

    [Fact]
    public async Task Of_fifty_who_exchange_one_code_at_two_nodes_over_postgresql_one_succeeds_and_its_tokens_are_revoked_on_both()
    {
        for (var round = 0; round < 5; round++)
            await AssertOneOfFiftyAsync(await nodes.First.CodeAsync(), [nodes.First.Http, nodes.Second.Http]);
    }

    [Fact]
    public async Task What_one_node_revokes_the_other_refuses_within_moments()
    {
        var tokens = await (await ExchangeAsync(nodes.First.Http, await nodes.First.CodeAsync())).JsonAsync();
        var token = tokens.GetProperty("access_token").GetString()!;
        await (await GetTokenInfoAsync(nodes.Second.Http, token)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);

        await nodes.First.Http.PostAsync("/huawei/oauth2/v3/revoke", HuaweiCaller.Form([("token", token)]));

        await (await GetTokenInfoAsync(nodes.First.Http, token)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
        await Eventually.HoldsAsync(async () => (await GetTokenInfoAsync(nodes.Second.Http, token)).Headers.Contains("NSP_STATUS"));
    }

    [Fact]
    public async Task Of_fifty_polls_of_one_device_one_gets_the_tokens_and_keeps_them()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);

        await AssertOneOfFiftyPollsAsync([server.Http]);
    }

    [Fact]
    public async Task Of_fifty_polls_of_one_device_at_two_nodes_over_postgresql_one_gets_the_tokens_and_keeps_them()
    {
        for (var round = 0; round < 5; round++)
            await AssertOneOfFiftyPollsAsync([nodes.First.Http, nodes.Second.Http]);
    }

    /// <summary>Begun at the first node, scanned at the last, polled at all.</summary>
    private static async Task AssertOneOfFiftyPollsAsync(HttpClient[] nodes)
    {
        var begun = await (await nodes[0].PostAsync(
            "/huawei/oauth2/v3/device/code",
            HuaweiCaller.Form([("client_id", $"{DemoData.Apps[0].ClientId}"), ("scope", "profile")]))).JsonAsync();
        var code = begun.GetProperty("device_code").GetString()!;
        foreach (var action in new[] { "scan", "confirm" })
        {
            var done = await nodes[^1].PostAsJsonAsync(
                "/sandbox/device", new { user_code = begun.GetProperty("user_code").GetString(), user = "mainland", action });
            Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            PostAsync(nodes[i % nodes.Length], ("grant_type", "device_code"), ("code", code))));

        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var loser in answers.Where(answer => answer != winner))
            await loser.ShouldBeAsync(HuaweiAccountErrors.Token.CodeUsed);
        var token = (await winner.JsonAsync()).GetProperty("access_token").GetString()!;
        foreach (var node in nodes)
            await (await GetTokenInfoAsync(node, token)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
    }

    private static async Task AssertOneOfFiftyAsync(string code, HttpClient[] nodes)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => ExchangeAsync(nodes[i % nodes.Length], code)));

        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var loser in answers.Where(answer => answer != winner))
            await loser.ShouldBeAsync(HuaweiAccountErrors.Token.CodeUsed);

        var tokens = await winner.JsonAsync();
        foreach (var node in nodes)
        {
            await Eventually.HoldsAsync(async () =>
                (await GetTokenInfoAsync(node, tokens.GetProperty("access_token").GetString()!)).Headers.TryGetValues(
                    "NSP_STATUS", out var status)
                && status.Single() is "31204");
            await (await RefreshAsync(node, tokens.GetProperty("refresh_token").GetString()!))
                .ShouldBeAsync(HuaweiAccountErrors.Token.RefreshTokenRevoked);
        }
    }

    private static Task<HttpResponseMessage> ExchangeAsync(HttpClient node, string code) =>
        PostAsync(node, ("grant_type", "authorization_code"), ("code", code));

    private static Task<HttpResponseMessage> RefreshAsync(HttpClient node, string token) =>
        PostAsync(node, ("grant_type", "refresh_token"), ("refresh_token", token));

    private static Task<HttpResponseMessage> GetTokenInfoAsync(HttpClient node, string token) =>
        node.PostAsync("/huawei/rest.php?nsp_svc=huawei.oauth2.user.getTokenInfo", HuaweiCaller.Form([("access_token", token)]));

    private static Task<HttpResponseMessage> PostAsync(HttpClient node, params (string, string?)[] more) => node.PostAsync(
        "/huawei/oauth2/v3/token",
        HuaweiCaller.Form([("client_id", $"{DemoData.Apps[0].ClientId}"), ("client_secret", DemoData.Apps[0].ClientSecret), .. more]));
}
