using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Surfaces.HuaweiAccount;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

/// <summary>A platform that is wrong itself: what goes over the wire then. What clients say to it is in IssuerStrangersTests.</summary>
public sealed class IssuerFaultTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    private HttpClient Http => fixture.Server.Http;

    /// <summary>One request for tokens at each surface.</summary>
    public static TheoryData<string, string> TokenAnswers
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var surface in (string[])["huawei", "open", "identity", "welink"])
            {
                foreach (var fault in (string[])["missing-access-token", "missing-expires-in", "text-expires-in", "number-access-token"])
                    rows.Add(surface, fault);
                rows.Add(surface, "extra-fields");
                if (surface is "huawei" or "open")
                {
                    rows.Add(surface, "missing-token-type");
                    rows.Add(surface, "wrong-token-type");
                }
            }

            return rows;
        }
    }

    [Theory, MemberData(nameof(TokenAnswers))]
    public async Task Only_what_the_fault_names_is_wrong_with_a_token_answer(string surface, string fault)
    {
        var right = await TokensAsync(surface);
        await using (await fixture.BreakAsync(new { target = surface, fault, client_id = _demo.App.ClientId, times = 1 }))
        {
            var wrong = await TokensAsync(surface);

            Assert.Equal(Changed(fault), Difference(right, wrong));
        }

        static string Changed(string fault) => fault switch
        {
            "missing-access-token" => "-access_token",
            "missing-expires-in" => "-expires_in",
            "missing-token-type" => "-token_type",
            "text-expires-in" => "expires_in=soon",
            "number-access-token" => "access_token=12345",
            "wrong-token-type" => "token_type=unheard-of",
            _ => "+x_number +x_object",
        };
    }

    [Theory]
    [InlineData("wrong-iss", "iss")]
    [InlineData("wrong-aud", "aud azp")]
    [InlineData("several-aud", "aud-list no-azp")]
    [InlineData("wrong-sub", "sub")]
    [InlineData("wrong-nonce", "nonce")]
    [InlineData("missing-nonce", "no-nonce")]
    [InlineData("expired", "expired")]
    [InlineData("issued-in-future", "future")]
    [InlineData("not-yet-valid", "nbf")]
    [InlineData("wrong-at-hash", "at_hash")]
    [InlineData("bad-signature", "signature")]
    [InlineData("unknown-kid", "kid")]
    [InlineData("unpublished-key", "kid")]
    [InlineData("key-rotated", "")]
    [InlineData("alg-none", "no-kid none")]
    [InlineData("hs256-secret", "hs256-secret")]
    [InlineData("hs256-public-key", "hs256-public-key")]
    public async Task Only_what_the_fault_names_is_wrong_with_an_ID_token(string fault, string expected)
    {
        var sub = JsonWebToken.Read((await SignInAsync()).Id).Payload!.Value.GetProperty("sub").GetString()!;
        await using (await fixture.BreakAsync(new { target = "huawei.token", fault, client_id = _demo.App.ClientId, times = 1 }))
        {
            var (access, id) = await SignInAsync();
            Assert.Equal(expected, await WrongWithAsync(id, access, sub));

            (access, id) = await SignInAsync();
            Assert.Equal("", await WrongWithAsync(id, access, sub));
        }
    }

    [Fact]
    public async Task Claims_and_a_signature_are_wrong_at_once_where_both_are_asked_for()
    {
        await using (await fixture.BreakAsync(new { target = "huawei", fault = "wrong-iss", client_id = _demo.App.ClientId }))
        await using (await fixture.BreakAsync(new { target = "huawei", fault = "bad-signature", client_id = _demo.App.ClientId }))
        {
            var (access, id) = await SignInAsync();
            Assert.Equal("iss signature", await WrongWithAsync(id, access, sub: null));
        }
    }

    [Fact]
    public async Task A_rotated_key_is_new_once_for_each_fault_and_published_from_then_on()
    {
        await Http.DeleteAsync("/sandbox/faults"); // and the keys of those before
        var before = await KidsAsync();
        await using (await fixture.BreakAsync(new { target = "huawei", fault = "key-rotated", client_id = _demo.App.ClientId }))
        {
            Assert.Equal(before, await KidsAsync());
            var first = JsonWebToken.Read((await SignInAsync()).Id).Kid!;
            var second = JsonWebToken.Read((await SignInAsync()).Id).Kid!;

            Assert.Equal(first, second);
            Assert.Equal([first], (await KidsAsync()).Except(before));
        }

        Assert.Equal(before, await KidsAsync());

        using var added = await Http.PostAsJsonAsync("/sandbox/faults", new { fault = "key-rotated", client_id = _demo.App.ClientId });
        await SignInAsync();
        Assert.NotEqual(before, await KidsAsync());
        await Http.DeleteAsync($"/sandbox/faults/{(await added.JsonAsync()).GetProperty("id")}");
        Assert.Equal(before, await KidsAsync());
    }

    [Theory]
    [InlineData("wrong-state")]
    [InlineData("missing-state")]
    [InlineData("used-code")]
    [InlineData("wrong-iss-parameter")]
    [InlineData("duplicate-parameters")]
    public async Task At_every_surface_the_browser_comes_back_with_something_wrong(string fault)
    {
        var open = new OAuthCaller(fixture.Server);
        var identity = new IdentityCaller(fixture.Server);
        var weLink = new WeLinkCaller(fixture.Server);
        (string Address, Func<string, Task<HttpResponseMessage>> ExchangeAsync)[] surfaces =
        [
            (Web.Authorize(("state", "s1")), code => _demo.ExchangeAsync(code, ("redirect_uri", _demo.App.RedirectUri))),
            (open.Authorize(("state", "s1"), ("scope", "basic")), code => open.ExchangeAsync(code)),
            (identity.Authorize(), code => identity.ExchangeAsync(code)),
            ("/welink/sso/oauth2/authorize?" + Web.Query(
                ("client_id", $"{weLink.App.ClientId}"), ("redirect_uri", weLink.App.RedirectUri), ("response_type", "code"),
                ("scope", "backendlogin"), ("state", "s1"), ("access_type", null), ("nonce", null)),
                code => weLink.ExchangeAsync(code)),
        ];

        foreach (var (address, exchangeAsync) in surfaces)
        {
            using var browser = new BrowserClient(fixture.Server);
            await using (await fixture.BreakAsync(new { fault, client_id = _demo.App.ClientId, times = 1 }))
            {
                // One strike: the pages on the way, which have nothing that could be wrong, do not use it up.
                var location = (await browser.AgreeAsync(address)).Location!;
                var said = location[(location.IndexOf('?') + 1)..].Split('&').Order().ToArray();
                var code = Uri.UnescapeDataString(said.First(pair => pair.StartsWith("code=", StringComparison.Ordinal))[5..]);

                Assert.Equal(
                    fault switch
                    {
                        "wrong-state" => ["code", "state=of-another"],
                        "missing-state" => ["code"],
                        "wrong-iss-parameter" => ["code", "iss=https%3A%2F%2Fissuer.elsewhere.example", "state=s1"],
                        "duplicate-parameters" => ["code", "code", "state=s1", "state=s1"],
                        _ => (string[])["code", "state=s1"],
                    },
                    said.Select(pair => pair.StartsWith("code=", StringComparison.Ordinal) ? "code" : pair));
                var exchanged = await (await exchangeAsync(code)).Content.ReadAsStringAsync();
                Assert.Equal(fault is not "used-code", exchanged.Contains("access_token", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task A_form_that_the_browser_posts_is_wrong_in_the_same_way()
    {
        using var browser = new BrowserClient(fixture.Server);
        await using (await fixture.BreakAsync(new { fault = "wrong-state", client_id = _demo.App.ClientId }))
        {
            var page = await browser.AgreeAsync(Web.Authorize(("state", "s1"), ("response_mode", "form_post")));

            Assert.Contains("of-another", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Somebody_else_is_the_same_person_each_time()
    {
        var tokens = await _demo.SignInAsync();
        var open = await new OAuthCaller(fixture.Server).SignInAsync();
        var identity = await new IdentityCaller(fixture.Server).SignInAsync();
        var right = await PeopleAsync();
        await using (await fixture.BreakAsync(new { fault = "wrong-sub", client_id = _demo.App.ClientId }))
        {
            var wrong = await PeopleAsync();

            Assert.All(right.Zip(wrong), pair => Assert.NotEqual(pair.First, pair.Second));
            Assert.Equal(right.Select(one => one.Length), wrong.Select(one => one.Length));
            Assert.Equal(wrong, await PeopleAsync());
        }

        async Task<string[]> PeopleAsync() =>
        [
            Text(await (await _demo.GetInfoAsync(tokens.Access)).JsonAsync(), "openID"),
            Text(await Http.GetFromJsonAsync<JsonElement>(
                $"/open/rest/2.0/passport/users/getLoggedInUser?access_token={Uri.EscapeDataString(open.Access)}"), "uid"),
            Text(await (await new IdentityCaller(fixture.Server).MeAsync(identity.Access)).JsonAsync(), "openid"),
        ];

        static string Text(JsonElement json, string name) => json.GetProperty(name).ToString();
    }

    [Theory]
    [InlineData("jwks-without-key", "/oauth2/v3/certs")]
    [InlineData("wrong-discovery-issuer", "/.well-known/openid-configuration")]
    [InlineData("missing-iss-parameter", "/.well-known/openid-configuration")]
    public async Task What_is_everybodys_is_wrong_for_those_who_say_that_they_read_it_for_the_app(string fault, string path)
    {
        var right = await Http.GetStringAsync("/huawei" + path);
        await using (await fixture.BreakAsync(new { fault, client_id = _demo.App.ClientId }))
        {
            var wrong = await Http.GetStringAsync($"/huawei{path}?client_id={_demo.ClientId}");

            Assert.Equal(right, await Http.GetStringAsync("/huawei" + path));
            Assert.Equal(right, await Http.GetStringAsync($"/huawei{path}?client_id=100000002"));
            switch (fault)
            {
                case "jwks-without-key":
                    Assert.Equal(Kids(right).Skip(1), Kids(wrong));
                    Assert.Equal((await fixture.Server.Get<KeyRing>().SigningAsync(DateTimeOffset.UtcNow, default)).Kid, Kids(right)[0]);
                    break;
                case "wrong-discovery-issuer":
                    Assert.Contains("\"issuer\":\"https://issuer.elsewhere.example\"", wrong, StringComparison.Ordinal);
                    break;
                default:
                    Assert.Contains("\"authorization_response_iss_parameter_supported\":true", wrong, StringComparison.Ordinal);
                    break;
            }
        }
    }

    private async Task<JsonElement> TokensAsync(string surface) => await (surface switch
    {
        "huawei" => await _demo.PostAsync(
            "/oauth2/v3/token", [("grant_type", "client_credentials"), .. new OAuthCaller(fixture.Server).Proof]),
        "open" => await new OAuthCaller(fixture.Server).TokenAsync("client_credentials"),
        "identity" => await new IdentityCaller(fixture.Server).ClientTokenAsync(),
        _ => await new WeLinkCaller(fixture.Server).TicketAsync(),
    }).JsonAsync();

    private async Task<(string Access, string Id)> SignInAsync()
    {
        var tokens = await _demo.SignInAsync(more: new { nonce = "n1" });
        return (tokens.Access, tokens.Id);
    }

    private async Task<string[]> KidsAsync() => Kids(await Http.GetStringAsync("/huawei/oauth2/v3/certs"));

    private static string[] Kids(string jwks) =>
        [.. JsonDocument.Parse(jwks).RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];

    /// <summary>Members that are gone, came, or have another type or a known text.</summary>
    private static string Difference(JsonElement right, JsonElement wrong)
    {
        var (before, after) = (Members(right), Members(wrong));
        return string.Join(' ', [
            .. before.Keys.Except(after.Keys).Select(name => $"-{name}"),
            .. after.Keys.Except(before.Keys).Select(name => $"+{name}"),
            .. after.Where(one => before.TryGetValue(one.Key, out var old)
                    && (old.ValueKind != one.Value.ValueKind || one.Value.ToString() is "unheard-of"))
                .Select(one => $"{one.Key}={one.Value}")]);

        static Dictionary<string, JsonElement> Members(JsonElement json) =>
            json.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
    }

    /// <summary>Everything that a careful client would find.</summary>
    private async Task<string> WrongWithAsync(string text, string access, string? sub)
    {
        var token = JsonWebToken.Read(text);
        var (claims, now) = (token.Payload!.Value, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        List<string> wrong = [];
        Find(Claim("iss") != fixture.Server.Get<IOptions<HuaweiAccountOptions>>().Value.Issuer, "iss");
        var aud = claims.GetProperty("aud");
        Find(aud.ValueKind is JsonValueKind.Array && aud.GetArrayLength() == 2 && aud[0].GetString() == _demo.ClientId, "aud-list");
        Find(aud.ValueKind is JsonValueKind.String && aud.GetString() != _demo.ClientId, "aud");
        Find(Claim("azp") is null, "no-azp");
        Find(Claim("azp") is { } azp && azp != _demo.ClientId, "azp");
        Find(sub is not null && Claim("sub") != sub, "sub");
        Find(Claim("nonce") is null, "no-nonce");
        Find(Claim("nonce") is { } nonce && nonce is not "n1", "nonce");
        Find(claims.GetProperty("exp").GetInt64() <= now, "expired");
        Find(claims.GetProperty("iat").GetInt64() > now + 60, "future");
        Find(claims.TryGetProperty("nbf", out var nbf) && nbf.GetInt64() > now + 60, "nbf");
        Find(Claim("at_hash") != AccessTokenHash.Of(access), "at_hash");
        Find(token.Kid is null, "no-kid");
        Find(await WrongSignatureAsync(token, text) is { } signature ? signature : null);
        return string.Join(' ', wrong);

        string? Claim(string name) => claims.TryGetProperty(name, out var value) ? value.ToString() : null;

        void Find(object? found, string? name = null)
        {
            if (found is string text)
                wrong.Add(text);
            else if (found is true)
                wrong.Add(name!);
        }
    }

    private async Task<string?> WrongSignatureAsync(JsonWebToken token, string text)
    {
        var published = await fixture.Server.Get<KeyRing>().PublishedAsync(DateTimeOffset.UtcNow, default);
        switch (token.Header!.Value.GetProperty("alg").GetString())
        {
            case "none":
                return text.EndsWith('.') ? "none" : "none-signed";
            case "HS256":
                if (IsHashed(text, _demo.App.ClientSecret))
                    return "hs256-secret";
                using (var rsa = RSA.Create(Parameters(published[0])))
                    return IsHashed(text, rsa.ExportSubjectPublicKeyInfoPem()) ? "hs256-public-key" : "hs256";
            default:
                var key = published.FirstOrDefault(key => key.Kid == token.Kid);
                return key is null ? "kid" : token.Verify(key) ? null : "signature";
        }
    }

    private static bool IsHashed(string token, string key)
    {
        var end = token.LastIndexOf('.');
        return token[(end + 1)..] == Base64Url.EncodeToString(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(token[..end])));
    }

    private static RSAParameters Parameters(SigningKey key)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            key.Public.WriteTo(json);
        var members = JsonDocument.Parse(stream.ToArray()).RootElement;
        return new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(members.GetProperty("n").GetString()),
            Exponent = Base64Url.DecodeFromChars(members.GetProperty("e").GetString()),
        };
    }
}
