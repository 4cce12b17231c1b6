using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors.GetTokenInfo;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.Tokens;

public sealed class GetTokenInfoTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private readonly HuaweiCaller _demo = new(fixture.Server, fixture.Demo);
    private readonly HuaweiCaller _sibling = new(fixture.Server, fixture.Sibling);
    private readonly HuaweiCaller _stranger = new(fixture.Server, fixture.Stranger);

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "",            nameof(E.TokenInvalid) },
        { "a b+c",       nameof(E.TokenInvalid) },
        { "Zm9yZ2Vk",    nameof(E.TokenInvalid) },
        { "{refresh}",   nameof(E.TokenInvalid) },
        { "{expired}",   nameof(E.TokenExpired) },
        { "{revoked}",   nameof(E.TokenRevoked) },
        { "{withdrawn}", nameof(E.TokenRevoked) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_unusable_token_earns_its_own_error(string token, string expected)
    {
        var tokens = await _demo.SignInAsync("hongkong");
        switch (token)
        {
            case "{expired}":
                await _demo.AdvanceAsync("PT1H1S");
                break;
            case "{revoked}":
                await _demo.RevokeAsync(tokens.Refresh);
                break;
            case "{withdrawn}":
                await _demo.WithdrawAsync("hongkong");
                break;
        }

        var response = await _demo.GetTokenInfoAsync(token is "{refresh}" ? tokens.Refresh : token.StartsWith('{') ? tokens.Access : token);

        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Assert.Equal(GetTokenInfo.Rules.Select(rule => rule.Error.Name), Mistakes.Select(row => row.Data.Item2).Distinct());

    [Fact]
    public async Task A_token_of_a_person_tells_whose_it_is()
    {
        var tokens = await _demo.SignInAsync(scope: "openid profile");

        var response = await _demo.ServiceAsync("huawei.oauth2.user.getTokenInfo", ("access_token", tokens.Access), ("open_id", "OPENID"));

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal(
            ["union_id", "scope", "open_id", "expire_in", "client_id", "project_id", "type"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Matches("^[0-9a-zA-Z_-]{29}$", json.GetProperty("union_id").GetString());
        Assert.Matches("^[0-9a-zA-Z_-]{28}$", json.GetProperty("open_id").GetString());
        Assert.Equal("openid profile", json.GetProperty("scope").GetString());
        Assert.InRange(json.GetProperty("expire_in").GetInt32(), 3500, 3600);
        Assert.Equal(_demo.ClientId, json.GetProperty("client_id").GetString());
        Assert.Equal(0, json.GetProperty("type").GetInt32());
    }

    [Fact]
    public async Task The_open_id_only_comes_when_it_is_asked_for()
    {
        var tokens = await _demo.SignInAsync();

        foreach (var field in new[] { ("open_id", "openid"), ("openid", "OPENID"), ("other", "") })
        {
            var json = await (await _demo.ServiceAsync("huawei.oauth2.user.getTokenInfo", ("access_token", tokens.Access), field))
                .ShouldSucceedAsync(E.Ok);
            Assert.False(json.TryGetProperty("open_id", out _));
        }
    }

    [Fact]
    public async Task A_token_of_an_app_tells_of_nobody()
    {
        var json = await (await _demo.GetTokenInfoAsync(await _demo.AppTokenAsync())).ShouldSucceedAsync(E.Ok);

        Assert.Equal(["expire_in", "client_id", "project_id", "type"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(1, json.GetProperty("type").GetInt32());
    }

    [Fact]
    public async Task The_remaining_seconds_follow_the_clock()
    {
        var tokens = await _demo.SignInAsync();
        await _demo.AdvanceAsync("PT50M");

        var json = await (await _demo.GetTokenInfoAsync(tokens.Access)).ShouldSucceedAsync(E.Ok);

        await _demo.ResetClockAsync();
        Assert.InRange(json.GetProperty("expire_in").GetInt32(), 500, 600);
    }

    [Fact]
    public async Task One_developer_knows_a_person_by_one_union_id_and_each_app_by_its_own_open_id()
    {
        var (demo, sibling, stranger) = (await IdsAsync(_demo), await IdsAsync(_sibling), await IdsAsync(_stranger));

        Assert.Equal(demo.Union, sibling.Union);
        Assert.NotEqual(demo.Union, stranger.Union);
        Assert.Equal(3, new[] { demo.Open, sibling.Open, stranger.Open }.Distinct().Count());
    }

    [Fact]
    public async Task The_service_may_be_named_in_the_form()
    {
        var response = await _demo.PostAsync("/rest.php",
            ("nsp_svc", "huawei.oauth2.user.getTokenInfo"), ("nsp_fmt", "JS"), ("nsp_ts", "1"),
            ("access_token", await _demo.AppTokenAsync()));

        await response.ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_changed_bit_anywhere_breaks_the_seal()
    {
        var token = Convert.FromBase64String((await _demo.SignInAsync()).Access);
        for (var i = 0; i < token.Length; i++)
        {
            var changed = (byte[])token.Clone();
            changed[i] ^= 1;
            await (await _demo.GetTokenInfoAsync(Convert.ToBase64String(changed))).ShouldBeAsync(E.TokenInvalid);
        }
    }

    private static async Task<(string Union, string Open)> IdsAsync(HuaweiCaller caller)
    {
        var response = await caller.ServiceAsync(
            "huawei.oauth2.user.getTokenInfo", ("access_token", (await caller.SignInAsync()).Access), ("open_id", "OPENID"));
        var json = await response.ShouldSucceedAsync(E.Ok);
        return (json.GetProperty("union_id").GetString()!, json.GetProperty("open_id").GetString()!);
    }
}
