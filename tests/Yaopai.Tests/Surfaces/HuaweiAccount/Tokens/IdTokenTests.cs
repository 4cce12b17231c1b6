using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;
using Yaopai.Tests.Http;
using Certs = Yaopai.Errors.HuaweiAccountErrors.Certs;
using E = Yaopai.Errors.HuaweiAccountErrors.TokenInfo;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.Tokens;

/// <summary>ID tokens from their making to their end: claims, signatures, published keys, and the page that inspects them.</summary>
public sealed class IdTokenTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private readonly HuaweiCaller _demo = new(fixture.Server, fixture.Demo);

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "",                    nameof(E.IdTokenMissing) },
        { "a+b.c.d",             nameof(E.IdTokenMalformed) },
        { "a.b",                 nameof(E.IdTokenUnreadable) },
        { "a.b.c.d",             nameof(E.IdTokenUnreadable) },
        { "{header}",            nameof(E.HeaderUnreadable) },
        { "{payload}",           nameof(E.PayloadUnreadable) },
        { "{signature}",         nameof(E.SignatureUnreadable) },
        { "{alg none}",          nameof(E.IdTokenInvalid) },
        { "{alg HS256}",         nameof(E.IdTokenInvalid) },
        { "{alg ES256}",         nameof(E.IdTokenInvalid) },
        { "{unknown kid}",       nameof(E.KeyUnknown) },
        { "{changed payload}",   nameof(E.SignatureUnverified) },
        { "{another algorithm}", nameof(E.SignatureUnverified) },
        { "{another issuer}",    nameof(E.IssuerUnknown) },
        { "{expired}",           nameof(E.IdTokenExpired) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string token, string expected)
    {
        var good = (await _demo.SignInAsync()).Id;
        var (header, payload, signature) = Split(good);
        var presented = token switch
        {
            "{header}" => $"{Encode("not json")}.{payload}.{signature}",
            "{payload}" => $"{header}.{Encode("[1]")}.{signature}",
            "{signature}" => $"{header}.{payload}.{signature}_",
            "{alg none}" => $"{Encode("""{"alg":"none"}""")}.{payload}.",
            "{alg HS256}" => $"{Encode("""{"alg":"HS256","kid":"k"}""")}.{payload}.{signature}",
            "{alg ES256}" => await SignEllipticAsync("""{"iss":"https://accounts.huawei.com","exp":9999999999}"""),
            "{unknown kid}" => $"{Encode("""{"alg":"RS256","kid":"0000"}""")}.{payload}.{signature}",
            "{changed payload}" => $"{header}.{Encode("""{"iss":"https://accounts.huawei.com"}""")}.{signature}",
            "{another algorithm}" => $"{Encode(Decode(header).Replace("RS256", "PS256"))}.{payload}.{signature}",
            "{another issuer}" => await SignAsync("""{"iss":"https://accounts.example","exp":9999999999}"""),
            _ when token.StartsWith('{') => good,
            _ => token,
        };
        if (token is "{expired}")
            await _demo.AdvanceAsync("PT1H1S");

        var response = await InspectAsync(presented);

        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Assert.Equal(TokenInfo.Rules.Select(rule => rule.Error.Name), Mistakes.Select(row => row.Data.Item2).Distinct());

    [Theory]
    [InlineData(null, "RS256")]
    [InlineData("RS256", "RS256")]
    [InlineData("PS256", "PS256")]
    [InlineData("ES256", "RS256")] // what is not offered falls back
    public async Task It_is_signed_with_the_algorithm_that_was_asked_for(string? supportAlg, string algorithm)
    {
        var json = await (await _demo.ExchangeAsync(await _demo.CodeAsync(), ("supportAlg", supportAlg))).JsonAsync();

        var token = JsonWebToken.Read(json.GetProperty("id_token").GetString()!);

        Assert.Equal(["kid", "typ", "alg"], token.Header!.Value.EnumerateObject().Select(property => property.Name));
        Assert.Equal(algorithm, token.Algorithm!.Name);
        Assert.True(token.Verify((await PublishedAsync()).Single(key => key.Kid == token.Kid)));
    }

    [Fact]
    public async Task A_refresh_signs_with_the_algorithm_that_was_asked_for_too()
    {
        var tokens = await _demo.SignInAsync();

        var json = await (await _demo.RefreshAsync(tokens.Refresh, ("supportAlg", "PS256"))).JsonAsync();

        Assert.Equal("PS256", JsonWebToken.Read(json.GetProperty("id_token").GetString()!).Algorithm!.Name);
    }

    [Fact]
    public async Task A_refresh_has_no_nonce()
    {
        var tokens = await _demo.SignInAsync(more: new { nonce = "n-0S6_WzA2Mj" });

        var json = await (await _demo.RefreshAsync(tokens.Refresh)).JsonAsync();

        var payload = json.GetProperty("id_token").GetString()!.Split('.')[1];
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        Assert.False(claims.RootElement.TryGetProperty("nonce", out _));
    }

    [Fact]
    public async Task FC_68_its_claims_are_those_of_the_scopes()
    {
        var bare = await ClaimsAsync("openid");
        Assert.Equal(
            ["at_hash", "sub", "iss", "aud", "azp", "exp", "iat", "nonce", "openid"], bare.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal("https://accounts.huawei.com", bare.GetProperty("iss").GetString());
        Assert.Equal(_demo.ClientId, bare.GetProperty("aud").GetString());
        Assert.Equal("default", bare.GetProperty("nonce").GetString());
        Assert.Equal(3600, bare.GetProperty("exp").GetInt64() - bare.GetProperty("iat").GetInt64());

        var full = await ClaimsAsync("openid profile email");
        Assert.Equal("小明", full.GetProperty("display_name").GetString());
        Assert.Equal("小明", full.GetProperty("nickname").GetString());
        Assert.Equal("小明", full.GetProperty("name").GetString());
        Assert.StartsWith("https://", full.GetProperty("picture").GetString());
        Assert.Equal("mainland@demo.example", full.GetProperty("email").GetString());
        Assert.True(full.GetProperty("email_verified").GetBoolean());
    }

    [Fact]
    public async Task The_nonce_is_the_one_of_the_authorization_request() =>
        Assert.Equal("n-0S6_WzA2Mj", (await ClaimsAsync("openid", new { nonce = "n-0S6_WzA2Mj" })).GetProperty("nonce").GetString());

    [Fact]
    public async Task It_is_bound_to_its_access_token_and_to_the_identifiers_of_its_app()
    {
        var tokens = await _demo.SignInAsync();
        var claims = JsonWebToken.Read(tokens.Id).Payload!.Value;
        var info = await (await _demo.ServiceAsync(
            "huawei.oauth2.user.getTokenInfo", ("access_token", tokens.Access), ("open_id", "OPENID"))).JsonAsync();

        Assert.Equal(AccessTokenHash.Of(tokens.Access), claims.GetProperty("at_hash").GetString());
        Assert.Equal(info.GetProperty("union_id").GetString(), claims.GetProperty("sub").GetString());
        Assert.Equal(info.GetProperty("open_id").GetString(), claims.GetProperty("openid").GetString());
    }

    [Fact]
    public async Task The_inspection_answers_with_header_and_claims_in_one()
    {
        var json = await (await InspectAsync((await _demo.SignInAsync()).Id)).ShouldSucceedAsync(E.Ok);

        foreach (var name in new[] { "typ", "alg", "kid", "sub", "aud", "azp", "exp", "iat", "iss", "at_hash", "nonce", "openid" })
            Assert.True(json.TryGetProperty(name, out _), name);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Two_keys_are_published_in_the_fields_of_the_document_and_two_for_ES256_after_them(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/huawei/oauth2/v3/certs");
        var response = await fixture.Server.Http.SendAsync(request);

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var keys = (await response.ShouldSucceedAsync(Certs.Ok)).GetProperty("keys").EnumerateArray().ToArray();
        Assert.Equal(["RSA", "RSA", "EC", "EC"], keys.Select(key => key.GetProperty("kty").GetString()));
        Assert.All(keys.Take(2), key =>
        {
            Assert.Equal(["kty", "e", "use", "kid", "alg", "n"], key.EnumerateObject().Select(property => property.Name));
            Assert.Matches("^[0-9a-f]{64}$", key.GetProperty("kid").GetString());
            Assert.Equal("RS256", key.GetProperty("alg").GetString());
        });
        Assert.All(keys.Skip(2), key => Assert.Equal(
            ["kty", "crv", "use", "kid", "alg", "x", "y"], key.EnumerateObject().Select(property => property.Name)));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_configuration_says_where_everything_is_on_this_very_server(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/huawei/.well-known/openid-configuration");

        var json = await (await fixture.Server.Http.SendAsync(request))
            .ShouldSucceedAsync(Yaopai.Errors.HuaweiAccountErrors.OpenIdConfiguration.Ok);

        Assert.Equal(
            [
                "issuer", "authorization_endpoint", "token_endpoint", "revocation_endpoint", "jwks_uri", "response_modes_supported",
                "response_types_supported", "subject_types_supported", "id_token_signing_alg_values_supported", "scopes_supported",
                "token_endpoint_auth_methods_supported", "claims_supported", "code_challenge_methods_supported",
            ],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["form_post", "query"],
            json.GetProperty("response_modes_supported").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["RS256", "PS256"],
            json.GetProperty("id_token_signing_alg_values_supported").EnumerateArray().Select(name => name.GetString()));
        await (await fixture.Server.Http.GetAsync(json.GetProperty("jwks_uri").GetString())).ShouldSucceedAsync(Certs.Ok);
    }

    private async Task<JsonElement> ClaimsAsync(string scope, object? more = null) =>
        JsonWebToken.Read((await _demo.SignInAsync(scope: scope, more: more)).Id).Payload!.Value;

    private Task<HttpResponseMessage> InspectAsync(string idToken) => _demo.PostAsync("/oauth2/v3/tokeninfo", ("id_token", idToken));

    private async Task<string> SignAsync(string payload) => JsonWebToken.Sign(
        await fixture.Server.Get<KeyRing>().SigningAsync(DateTimeOffset.UtcNow, default), JoseAlgorithm.RS256,
        Encoding.UTF8.GetBytes(payload));

    /// <summary>By a key that is published, but not for ID tokens.</summary>
    private async Task<string> SignEllipticAsync(string payload) => JsonWebToken.Sign(
        await fixture.Server.Get<KeyRing>().SigningAsync(JoseAlgorithm.ES256, DateTimeOffset.UtcNow, default), JoseAlgorithm.ES256,
        Encoding.UTF8.GetBytes(payload));

    private async Task<IReadOnlyList<SigningKey>> PublishedAsync() =>
        await fixture.Server.Get<KeyRing>().PublishedAsync(DateTimeOffset.UtcNow, default);

    private static (string Header, string Payload, string Signature) Split(string token) =>
        token.Split('.') is [var h, var p, var s] ? (h, p, s) : throw new FormatException();

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string text) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text));
}
