using Yaopai.Errors;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Flows;

/// <summary>A code and a refresh token of the Open API are good once, however many use them at one time and wherever.</summary>
public sealed class OpenOneUseTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const int Callers = 20;

    [Fact]
    public async Task Of_many_who_use_one_credential_one_succeeds_and_all_that_came_of_it_is_revoked()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);

        await AssertOneWinsAsync([server.Http]);
    }

    [Fact]
    public async Task Of_many_who_use_one_credential_at_two_nodes_over_postgresql_one_succeeds_and_all_that_came_of_it_is_revoked_on_both()
    {
        await AssertOneWinsAsync([nodes.First.Http, nodes.Second.Http]);
    }

    private static async Task AssertOneWinsAsync(HttpClient[] nodes)
    {
        OAuthCaller[] apps = [.. nodes.Select(node => new OAuthCaller(node))];
        var code = await apps[0].CodeAsync();
        await AssertOneWinsAsync(apps, app => app.ExchangeAsync(code), E.GrantInvalid);

        var tokens = await apps[0].SignInAsync();
        await AssertOneWinsAsync(apps, app => app.RefreshAsync(tokens.Refresh), E.RefreshTokenExpired);
        foreach (var app in apps)
            await Eventually.HoldsAsync(async () => !(await app.TokenInfoAsync(tokens.Access)).IsSuccessStatusCode);
    }

    private static async Task AssertOneWinsAsync(
        OAuthCaller[] apps, Func<OAuthCaller, Task<HttpResponseMessage>> use, ErrorDefinition expected)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => use(apps[i % apps.Length])));

        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var loser in answers.Where(answer => answer != winner))
            await loser.ShouldRefuseAsync(expected);
        var won = OAuthCaller.Read(await winner.JsonAsync());
        foreach (var app in apps)
        {
            await Eventually.HoldsAsync(async () => !(await app.TokenInfoAsync(won.Access)).IsSuccessStatusCode);
            await (await app.RefreshAsync(won.Refresh)).ShouldRefuseAsync(E.GrantInvalid);
        }
    }
}
