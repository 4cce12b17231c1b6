using Yaopai.Server.Surfaces.OpenApi.OAuth;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

public sealed class TokenInfoTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private readonly OAuthCaller _demo = new(fixture.Server, fixture.Demo);
    private readonly OAuthCaller _sibling = new(fixture.Server, fixture.Sibling);

    public static TheoryData<string?, string> Mistakes { get; } = new()
    {
        { null,              nameof(E.RequestMalformed) },
        { "",                nameof(E.RequestMalformed) },
        { "forged",          nameof(E.GrantInvalid) },
        { "{long}",          nameof(E.GrantInvalid) },
        { "{refresh token}", nameof(E.GrantInvalid) },
        { "{session key}",   nameof(E.GrantInvalid) },
        { "{of Huawei}",     nameof(E.GrantInvalid) },
        { "{expired}",       nameof(E.GrantInvalid) },
        { "{withdrawn}",     nameof(E.GrantInvalid) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_error(string? value, string expected)
    {
        var tokens = await _sibling.SignInAsync();
        var token = value switch
        {
            "{long}" => new string('a', 100_000),
            "{refresh token}" => tokens.Refresh,
            "{session key}" => tokens.SessionKey,
            "{of Huawei}" => (await new HuaweiCaller(fixture.Server, fixture.Demo).SignInAsync()).Access,
            "{expired}" or "{withdrawn}" => tokens.Access,
            _ => value,
        };
        if (value is "{expired}")
            await _sibling.AdvanceAsync("P30DT1S");
        if (value is "{withdrawn}")
            await _sibling.WithdrawAsync();

        var response = await _sibling.PostAsync("tokeninfo", ("access_token", token));
        await _sibling.ResetClockAsync();
        await response.ShouldRefuseAsync(OAuthWire.Named(expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake() => Assert.Equal(
        TokenInfo.Rules.Select(rule => rule.Error.Name).Distinct(), Mistakes.Select(row => row.Data.Item2).Distinct());

    [Fact]
    public async Task A_token_is_described_to_whoever_holds_it()
    {
        var info = await (await _demo.TokenInfoAsync((await _demo.SignInAsync(scope: "basic email")).Access)).ShouldGiveAsync();

        Assert.Equal(["client_id", "userid", "scope", "create_time", "expires_in"], info.EnumerateObject().Select(member => member.Name));
        Assert.Equal((_demo.ClientId, 900001, "basic email"),
            (info.GetProperty("client_id").GetString(), info.GetProperty("userid").GetInt64(), info.GetProperty("scope").GetString()));
        Assert.InRange(info.GetProperty("expires_in").GetInt64(), 2_592_000 - 120, 2_592_000);
        Assert.InRange(info.GetProperty("create_time").GetInt64(), DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 120,
            DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_token_of_an_app_alone_has_nobody()
    {
        var token = OAuthCaller.Read(await (await _demo.TokenAsync("client_credentials")).JsonAsync()).Access;
        var info = await (await _demo.GetAsync("tokeninfo", ("access_token", token))).ShouldGiveAsync();
        Assert.False(info.TryGetProperty("userid", out _));
    }

    [Fact]
    public async Task A_token_of_this_surface_is_nothing_to_the_other()
    {
        var answer = await new HuaweiCaller(fixture.Server, fixture.Demo).GetTokenInfoAsync((await _demo.SignInAsync()).Access);
        Assert.True(answer.Headers.Contains("NSP_STATUS"));
    }

    [Fact]
    public async Task What_says_two_things_is_malformed() => await
        (await fixture.Server.Http.GetAsync("/open/oauth/2.0/tokeninfo?access_token=a&access_token=b"))
            .ShouldRefuseAsync(E.RequestMalformed);
}
