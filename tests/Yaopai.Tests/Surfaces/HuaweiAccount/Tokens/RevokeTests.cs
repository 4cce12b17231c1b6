using Yaopai.Errors;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors.Revoke;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.Tokens;

public sealed class RevokeTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private readonly HuaweiCaller _demo = new(fixture.Server, fixture.Demo);

    public static TheoryData<string?, string> Mistakes { get; } = new()
    {
        { null,          nameof(E.TokenMissing) },
        { "",            nameof(E.TokenMissing) },
        { "DgEA a b==",  nameof(E.TokenMalformed) },
        { "DgEA\n",      nameof(E.TokenMalformed) },
        { "=DgE=A",      nameof(E.TokenIllegal) },
        { "DgE\\",       nameof(E.TokenIllegal) },
        { "Zm9yZ2Vk",    nameof(E.TokenUnreadable) },
        { "{tampered}",  nameof(E.TokenUnverified) },
        { "{app token}", nameof(E.TokenInvalid) },
        { "{code}",      nameof(E.TokenInvalid) },
        { "{expired}",   nameof(E.TokenExpired) },
        { "{revoked}",   nameof(E.TokenRevoked) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_unusable_token_earns_its_own_error(string? token, string expected)
    {
        var access = (await _demo.SignInAsync()).Access;
        var presented = token switch
        {
            "{tampered}" => Tamper(access),
            "{app token}" => await _demo.AppTokenAsync(),
            "{code}" => await _demo.CodeAsync(),
            _ when token?.StartsWith('{') is true => access,
            _ => token,
        };
        if (token is "{expired}")
            await _demo.AdvanceAsync("PT1H1S");
        if (token is "{revoked}")
            await _demo.RevokeAsync(access);

        var response = await _demo.PostAsync("/oauth2/v3/revoke", ("token", presented));

        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Assert.Equal(Revoke.Rules.Select(rule => rule.Error.Name), Mistakes.Select(row => row.Data.Item2).Distinct());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_token_of_a_pair_takes_the_other_with_it(bool byRefreshToken)
    {
        var tokens = await _demo.SignInAsync();

        var response = await _demo.RevokeAsync(byRefreshToken ? tokens.Refresh : tokens.Access);

        await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        await (await _demo.GetTokenInfoAsync(tokens.Access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
        await (await _demo.RefreshAsync(tokens.Refresh)).ShouldBeAsync(HuaweiAccountErrors.Token.RefreshTokenRevoked);
        await (await _demo.RevokeAsync(tokens.Refresh)).ShouldBeAsync(E.TokenRevoked);
    }

    [Fact]
    public async Task Other_pairs_of_the_same_person_live_on()
    {
        var (first, second) = (await _demo.SignInAsync(), await _demo.SignInAsync());

        await _demo.RevokeAsync(first.Access);

        await (await _demo.GetTokenInfoAsync(second.Access)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
    }

    [Fact]
    public async Task A_base64_text_with_stray_bits_is_another_text_and_no_token()
    {
        // The last character before the padding holds bits that decode to nothing.
        var token = (await _demo.SignInAsync(scope: "openid")).Access;
        var padding = token.Length - token.TrimEnd('=').Length;
        Assert.True(padding > 0, "Choose a scope that leaves padding.");
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var at = token.Length - padding - 1;
        var stray = token[..at] + Alphabet[Alphabet.IndexOf(token[at]) + 1] + token[(at + 1)..];

        await (await _demo.RevokeAsync(stray)).ShouldBeAsync(E.TokenIllegal);
    }

    private static string Tamper(string token)
    {
        var bytes = Convert.FromBase64String(token);
        bytes[^1] ^= 1;
        return Convert.ToBase64String(bytes);
    }
}
