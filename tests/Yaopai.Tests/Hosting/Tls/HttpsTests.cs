using Yaopai.Errors;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Hosting.Tls;

/// <summary>The platform's own addresses, from its host name to the last path.</summary>
public sealed class HttpsTests(TlsServer fixture) : IClassFixture<TlsServer>
{
    public static TheoryData<string> Hosts { get; } = [.. TestCertificate.Hosts];

    [Theory, MemberData(nameof(Hosts))]
    public async Task Each_host_of_the_platform_is_the_surface_at_the_root(string host)
    {
        using var client = fixture.Client();

        await (await client.GetAsync($"https://{host}/oauth2/v3/certs")).ShouldSucceedAsync(HuaweiAccountErrors.Certs.Ok);
        await (await client.PostAsync($"https://{host}/oauth2/v3/token", null)).ShouldBeAsync(HuaweiAccountErrors.Token.GrantTypeMissing);
    }

    [Fact]
    public async Task Discovery_shows_the_addresses_that_the_caller_uses()
    {
        using var client = fixture.Client();

        var json = await (await client.GetAsync($"https://{TestCertificate.Host}/.well-known/openid-configuration")).JsonAsync();

        Assert.Equal($"https://{TestCertificate.Host}/oauth2/v3/token", json.GetProperty("token_endpoint").GetString());
        Assert.Equal($"https://{TestCertificate.Host}/oauth2/v3/certs", json.GetProperty("jwks_uri").GetString());
    }

    [Fact]
    public async Task FC_04_a_long_state_goes_all_the_way_over_HTTP_2()
    {
        using var client = fixture.Client();
        client.DefaultRequestVersion = System.Net.HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        var asked = await client.GetAsync("https://localhost" + Web.Authorize(("state", new string('%', 4096))));
        var page = await client.GetAsync("https://localhost" + asked.Headers.Location!.OriginalString);

        Assert.Equal((302, 200), ((int)asked.StatusCode, (int)page.StatusCode));
    }

    [Theory]
    [InlineData("https://localhost/healthz")]
    [InlineData("https://127.0.0.1/readyz")]
    [InlineData("https://localhost/errors/huawei/20155")]
    public async Task No_browser_is_told_to_use_HTTPS_for_ever(string address)
    {
        using var client = fixture.Client();

        var response = await client.GetAsync(address);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Strict-Transport-Security")); // it would hold for the real platform's names as well
    }

    [Fact]
    public async Task HTTP_stays_beside_it_and_leads_nowhere_else() =>
        Assert.Equal(200, (int)(await fixture.Server.Http.GetAsync("/huawei/oauth2/v3/certs")).StatusCode);
}

/// <summary>HTTPS alone, by <c>--urls</c>.</summary>
public sealed class HttpsAloneTests(HttpsAloneTests.Alone fixture) : IClassFixture<HttpsAloneTests.Alone>
{
    public sealed class Alone : TlsServer
    {
        protected override (string Key, string Value)[] Tls(string certificate, string key) =>
            [("urls", "https://127.0.0.1:0"), ("Tls:Certificate", certificate), ("Tls:Key", key)];
    }

    [Fact]
    public async Task An_address_of_urls_is_served_with_the_same_certificate()
    {
        Assert.Equal("https", fixture.Server.Address.Scheme);
        using var client = fixture.Client();

        Assert.Equal("ok\n", await client.GetStringAsync("https://localhost/healthz"));
    }
}

/// <summary>An endpoint in the framework's own settings, with a certificate of its own.</summary>
public sealed class KestrelEndpointTests(KestrelEndpointTests.Own fixture) : IClassFixture<KestrelEndpointTests.Own>
{
    public sealed class Own : TlsServer
    {
        protected override (string Key, string Value)[] Tls(string certificate, string key)
        {
            var keys = File.ReadAllText(key);
            File.WriteAllText(key, keys[..keys.LastIndexOf("-----BEGIN", StringComparison.Ordinal)]); // the framework reads one
            return
            [
                ("Kestrel:Endpoints:Own:Url", "https://127.0.0.1:0"),
                ("Kestrel:Endpoints:Own:Certificate:Path", certificate),
                ("Kestrel:Endpoints:Own:Certificate:KeyPath", key),
            ];
        }
    }

    [Fact]
    public async Task It_is_held_to_the_same_versions_and_suites()
    {
        using var client = fixture.Client();
        Assert.Equal("ok\n", await client.GetStringAsync("https://localhost/healthz"));

        await new HandshakeTests(fixture).With_other_suites_alone_the_server_breaks_off(
            System.Net.Security.TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256);
    }
}
