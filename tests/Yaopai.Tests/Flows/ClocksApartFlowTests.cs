using Microsoft.Extensions.DependencyInjection;
using Yaopai.Server.Accounts;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.HuaweiAccountErrors;

namespace Yaopai.Tests.Flows;

/// <summary>What people and apps see of two nodes whose clocks are apart.</summary>
public sealed class ClocksApartFlowTests : IAsyncLifetime
{
    private readonly OnPostgres _engine = new();
    private TestServer _one = null!;
    private TestServer _ahead = null!;

    public async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        _one = await TestServer.StartAsync(_engine);
        _ahead = await TestServer.StartWithAsync(_engine, services => services.AddSingleton<TimeProvider>(new Ahead()));
    }

    public async ValueTask DisposeAsync()
    {
        await _ahead.DisposeAsync();
        await _one.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(2000)]
    public async Task F2_a_new_password_ends_what_the_faster_node_gave_out_and_nothing_after_it(int later)
    {
        const string Chosen = "correct horse";
        var (here, there) = (new HuaweiCaller(_one), new HuaweiCaller(_ahead));
        var before = await there.SignInAsync("hongkong");
        await Task.Delay(later);

        var account = (await _one.Get<IAccountStore>().FindByNameAsync("hongkong", default))!;
        Assert.Equal(PasswordChangeOutcome.Changed,
            await _one.Get<PasswordChange>().ChangeAsync(account.Id, DemoData.Password, Chosen, default));

        // at once, at the node that may not have heard of it
        using var browser = new BrowserClient(_ahead);
        var page = await browser.SubmitAndFollowAsync(
            await browser.OpenAsync(Web.Authorize(("access_type", "offline"))), ("login", "hongkong"), ("password", Chosen));
        var done = page.Has("verdict") ? await browser.SubmitAndFollowAsync(page, ("verdict", "Allow")) : page;
        var after = await (await here.ExchangeAsync(done.Sent("code")!, ("redirect_uri", Web.Redirect))).ShouldSucceedAsync(E.Token.Ok);

        foreach (var node in new[] { here, there })
        {
            await (await node.RefreshAsync(before.Refresh)).ShouldBeAsync(E.Token.RefreshTokenRevoked);
            await Eventually.HoldsAsync(async () => (await node.GetTokenInfoAsync(before.Access)).Headers.Contains("NSP_STATUS"));
            await (await node.GetTokenInfoAsync(before.Access)).ShouldBeAsync(E.GetTokenInfo.TokenRevoked);

            var access = after.GetProperty("access_token").GetString()!;
            await (await node.GetTokenInfoAsync(access)).ShouldSucceedAsync(E.GetTokenInfo.Ok);
            var fresh = await (await node.RefreshAsync(after.GetProperty("refresh_token").GetString()!)).ShouldSucceedAsync(E.Token.Ok);
            await (await node.GetTokenInfoAsync(fresh.GetProperty("access_token").GetString()!)).ShouldSucceedAsync(E.GetTokenInfo.Ok);
        }

        Assert.NotNull((await browser.OpenAsync(Web.Authorize())).Sent("code")); // still signed in
        Assert.NotNull((await browser.At(_one).OpenAsync(Web.Authorize())).Sent("code"));
    }

    [Fact]
    public async Task F2_who_withdraws_and_agrees_again_at_another_node_gives_tokens_that_live()
    {
        var (here, there) = (new HuaweiCaller(_one), new HuaweiCaller(_ahead));
        using var browser = new BrowserClient(_one);
        await browser.AgreeAsync();
        var before = await there.SignInAsync();

        await there.WithdrawAsync("mainland");
        var done = await browser.AgreeAsync();

        await (await here.RefreshAsync(before.Refresh)).ShouldBeAsync(E.Token.RefreshTokenRevoked);
        var after = await (await there.ExchangeAsync(done.Sent("code")!, ("redirect_uri", Web.Redirect))).ShouldSucceedAsync(E.Token.Ok);
        foreach (var node in new[] { here, there })
            await (await node.GetTokenInfoAsync(after.GetProperty("access_token").GetString()!)).ShouldSucceedAsync(E.GetTokenInfo.Ok);
    }

    private sealed class Ahead : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddSeconds(3);
    }
}
