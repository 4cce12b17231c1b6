using System.Net;
using System.Text.RegularExpressions;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.HuaweiAccountErrors;

namespace Yaopai.Tests.Gateway;

/// <summary>What browsers open is not always what the server is called by.</summary>
public sealed class PublicAddressTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    private const string Discovery = "/huawei/.well-known/openid-configuration";
    private const string Risc = "/huawei/v1beta/public/risc/.well-known/risc-configuration";

    /// <summary>What is within the page, or relative to it, or an app's.</summary>
    private static readonly string[] s_withoutPrefix =
    [
        "href=\"#content\"", "href=\"@href\"", "src=\"@Model.Picture\"", "action=\"@Model.Address\"",
        "src=\"@setup.Picture\"", "href=\"@setup.Address\"", // data: and otpauth:
    ];

    private static readonly (string, string) s_named = ("Gateway:Proxies:0", "127.0.0.0/8");

    public static TheoryData<string, (string, string)[]> Sayings { get; } = new()
    {
        { "https://id.example/idp", [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "id.example"), ("X-Forwarded-Prefix", "/idp")] },
        { "http://127.0.0.1/idp",   [("X-Forwarded-Prefix", "/idp/")] },
        { "https://id.example",     [("X-Forwarded-Host", "id.example"), ("X-Forwarded-Proto", "https")] },
        { "https://id.example",     [("Forwarded", "for=203.0.113.7;proto=https;host=id.example")] },
        { "https://id.example",     [("Forwarded", "for=127.0.0.2;host=\"id.example\";proto=https, for=127.0.0.3")] },
        { "http://id.example:81",   [("Forwarded", "For=\"[2001:db8::1]:4711\";Host=\"id.example:81\"")] },
        { "http://127.0.0.1",       [("Forwarded", "for=203.0.113.7;proto=gopher;host=\"id.example/evil\"")] },
        // said by somebody before the first proxy that was named
        { "http://127.0.0.1",       [("Forwarded", "proto=https;host=id.example, for=203.0.113.7")] },
        // a proxy that writes the customary headers lets the standard's through as somebody sent it
        { "http://127.0.0.1",       [("Forwarded", "for=203.0.113.7;host=id.example"), ("X-Forwarded-For", "203.0.113.9")] },
        // nothing that would lead a redirect elsewhere
        { "http://127.0.0.1",       [("X-Forwarded-Prefix", "//evil.example")] },
        { "http://127.0.0.1",       [("X-Forwarded-Prefix", "/..")] },
        { "http://127.0.0.1",       [("X-Forwarded-Prefix", "/\\evil.example")] },
        { "http://127.0.0.1",       [("X-Forwarded-Prefix", "/idp?a=b")] },
    };

    [Theory, MemberData(nameof(Sayings))]
    public async Task FC_24_FC_25_what_a_named_proxy_says_of_the_address_counts(string expected, (string, string)[] said)
    {
        await using var server = await TestServer.StartAsync(engine, s_named);
        expected = expected.Replace("http://127.0.0.1", $"{server.Address}".TrimEnd('/'), StringComparison.Ordinal);

        Assert.Equal([expected], await PlacesAsync(server, said));
        Assert.StartsWith(new Uri(expected).AbsolutePath.TrimEnd('/') + "/sign-in?", await SignInAsync(server, said));
    }

    [Theory, MemberData(nameof(Sayings))]
    public async Task FC_24_FC_25_what_anybody_else_says_of_it_does_not(string _, (string, string)[] said)
    {
        await using var server = await TestServer.StartAsync(engine, ("Gateway:Proxies:0", "10.0.0.0/8"));

        Assert.Equal([$"{server.Address}".TrimEnd('/')], await PlacesAsync(server, said));
        Assert.StartsWith("/sign-in?", await SignInAsync(server, said));
    }

    [Fact]
    public async Task L8_a_host_that_is_not_allowed_cannot_be_said_by_a_proxy_either()
    {
        await using var server = await TestServer.StartAsync(engine, s_named, ("AllowedHosts", "127.0.0.1;id.example"));

        Assert.Equal(["http://id.example"], await PlacesAsync(server, [("X-Forwarded-Host", "id.example")]));
        Assert.Equal(["http://id.example"], await PlacesAsync(server, [("Forwarded", "host=id.example")]));
        var here = $"{server.Address}".TrimEnd('/');
        Assert.Equal([here], await PlacesAsync(server, [("X-Forwarded-Host", "evil.example")]));
        Assert.Equal([here], await PlacesAsync(server, [("Forwarded", "host=evil.example")]));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(server, Discovery, ("Host", "evil.example")));
    }

    [Fact]
    public async Task FC_25_the_caller_of_a_proxy_cannot_hide_what_the_proxy_says_of_them()
    {
        await using var server = await TestServer.StartAsync(engine, s_named);

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(server, Discovery, ("Forwarded", "for=\"x, for=203.0.113.7")));
    }

    [Fact]
    public async Task FC_25_the_caller_whom_a_proxy_names_by_the_standard_is_the_caller()
    {
        await using var server = await TestServer.StartAsync(
            engine, s_named, ("Surfaces:HuaweiAccount:AllowedNetworks:0", "203.0.113.0/24"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, Discovery, ("Forwarded", "for=203.0.113.7")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, Discovery, ("Forwarded", "for=198.51.100.7, for=203.0.113.7")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, Discovery, ("Forwarded", "for=203.0.113.7, for=198.51.100.7")));
    }

    [Theory]
    [InlineData("https://id.example")]
    [InlineData("https://www.example:8443/a/idp")]
    [InlineData("http://localhost:7700/")]
    public async Task FC_26_L8_all_addresses_are_of_the_public_one_whatever_the_host(string address)
    {
        await using var server = await TestServer.StartAsync(engine, ("Gateway:PublicAddress", address));
        var expected = address.TrimEnd('/');

        foreach (var host in (string[])["yaopai:7700", "evil.example", "127.0.0.1"])
        {
            Assert.Equal([expected], await PlacesAsync(server, [("Host", host)]));
            Assert.StartsWith(new Uri(expected).AbsolutePath.TrimEnd('/') + "/sign-in?", await SignInAsync(server, [("Host", host)]));
        }
    }

    [Fact]
    public async Task FC_26_a_host_name_of_a_surface_stays_an_address_of_its_own()
    {
        await using var server = await TestServer.StartAsync(engine, ("Gateway:PublicAddress", "https://id.example/idp"));
        using var response = await SendAsync(server, "/.well-known/openid-configuration", [("Host", "oauth-login.cloud.huawei.com")]);

        Assert.Equal(
            "http://oauth-login.cloud.huawei.com/oauth2/v3/certs", (await response.JsonAsync()).GetProperty("jwks_uri").GetString());
    }

    /// <summary>With the prefix before the path, and with a proxy that takes it away.</summary>
    [Theory]
    [InlineData("/idp", "Gateway:PublicAddress", "http://id.example/idp", "Host", "127.0.0.1")]
    [InlineData("", "Gateway:PublicAddress", "http://id.example/idp", "Host", "127.0.0.1")]
    [InlineData("", "Gateway:Proxies:0", "127.0.0.0/8", "X-Forwarded-Prefix", "/idp")]
    public async Task FC_24_a_person_signs_in_below_the_prefix(string kept, string setting, string value, string header, string said)
    {
        await using var server = await TestServer.StartAsync(engine, (setting, value));
        await new HuaweiCaller(server).WithdrawAsync("mainland");
        using var browser = new BrowserClient(server);
        browser.Always(header, said);

        var signIn = await OpenAsync(kept + Web.Authorize(("state", "s1")));
        var consent = await SubmitAsync(signIn, ("login", "mainland"), ("password", "yaopai-demo"));
        var done = await SubmitAsync(consent, ("verdict", "Allow"));

        Assert.StartsWith("https://demo.example/callback?code=", done.Location);
        foreach (var page in (BrowserClient.View[])[signIn, consent, await OpenAsync(kept + "/errors"), await OpenAsync(kept + "/account")])
            Assert.DoesNotMatch("(href|src|action)=\"/(?!idp/)", page.Html);

        async Task<BrowserClient.View> OpenAsync(string address)
        {
            var view = await browser.GetAsync(address);
            while (view.Location is ['/', ..])
                view = await browser.GetAsync(kept + Within(view.Location));
            return view;
        }

        async Task<BrowserClient.View> SubmitAsync(BrowserClient.View page, params (string Name, string? Value)[] fields)
        {
            var form = page.Forms.First(form => fields.All(field => form.Names.Contains(field.Name)));
            var preset = form.Preset.Where(preset => fields.All(field => field.Name != preset.Name));
            var sent = await browser.PostAsync(kept + Within(form.Action), [.. preset, .. fields]);
            return sent.Location is ['/', ..] ? await OpenAsync(kept + Within(sent.Location)) : sent;
        }
    }

    /// <summary>Those that no test opens, too.</summary>
    [Fact]
    public void FC_24_every_address_in_a_page_is_written_below_the_prefix() => Assert.Empty(
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Yaopai.Server"), "*.razor", SearchOption.AllDirectories)
        from Match address in Regex.Matches(File.ReadAllText(file), "(href|src|action|data-state|data-next)=\"(?!@Request\\.)[^\"]*\"")
        where !s_withoutPrefix.Contains(address.Value)
        select $"{file}: {address.Value}");

    [Fact]
    public async Task FC_24_the_error_reference_in_JSON_has_the_prefix_too()
    {
        await using var server = await TestServer.StartAsync(engine, ("Gateway:PublicAddress", "https://id.example/idp"));
        var json = await (await server.Http.GetAsync("/errors/huawei/20155.json")).JsonAsync();

        Assert.Equal("/idp/errors/huawei/20155", json.GetProperty("errors")[0].GetProperty("page").GetString());
    }

    [Fact]
    public async Task FC_26_cookies_are_of_a_public_address_with_TLS()
    {
        await using var server = await TestServer.StartAsync(engine, ("Gateway:PublicAddress", "https://id.example"));
        using var browser = new BrowserClient(server);
        var signIn = await browser.OpenAsync(Web.Authorize());

        Assert.All(signIn.Response.Headers.GetValues("Set-Cookie"), cookie => Assert.StartsWith("__Host-yaopai-", cookie));
    }

    [Fact]
    public async Task FC_26_a_public_address_on_this_machine_opens_the_sandbox_to_no_page_of_another_name()
    {
        await using var server = await TestServer.StartAsync(engine, s_named, ("Gateway:PublicAddress", "http://localhost:7700"));

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, "/sandbox", ("Host", "evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, "/sandbox", ("X-Forwarded-Host", "localhost")));
    }

    [Theory]
    [InlineData("id.example")]
    [InlineData("ftp://id.example")]
    [InlineData("https://id.example/?a=b")]
    [InlineData("https://me@id.example")]
    [InlineData("https://id.example/a%20b")]
    [InlineData("https://id.example//evil")]
    public async Task FC_26_what_is_no_address_stops_the_start(string address)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync(engine, ("Gateway:PublicAddress", address)));

        Assert.Contains("Gateway:PublicAddress", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Where discovery, events and devices say that the surface is, without its prefix.</summary>
    private static async Task<IEnumerable<string>> PlacesAsync(TestServer server, (string, string)[] headers)
    {
        var addresses = new List<string>();
        using (var discovery = await SendAsync(server, Discovery, headers))
        {
            addresses.AddRange(
                from member in (await discovery.JsonAsync()).EnumerateObject()
                where member.Name.EndsWith("_endpoint", StringComparison.Ordinal) || member.Name is "jwks_uri"
                select member.Value.GetString()!);
        }

        using (var risc = await SendAsync(server, Risc, headers))
            addresses.Add((await risc.JsonAsync()).GetProperty("jwks_uri").GetString()!);
        const string Code = "/huawei/oauth2/v3/device/code";
        using (var device = await SendAsync(server, Code, headers, ("client_id", "100000001"), ("scope", "openid")))
            addresses.Add((await device.ShouldSucceedAsync(E.DeviceCode.Ok)).GetProperty("verification_url").GetString()!);
        Assert.Equal(6, addresses.Count);
        return addresses.Select(address => address[..address.IndexOf("/huawei/", StringComparison.Ordinal)]).Distinct();
    }

    private static async Task<string> SignInAsync(TestServer server, (string, string)[] headers)
    {
        using var response = await SendAsync(server, Web.Authorize(), headers);
        return response.Headers.Location!.OriginalString;
    }

    private static async Task<HttpStatusCode> StatusAsync(TestServer server, string path, (string, string) header)
    {
        using var response = await SendAsync(server, path, [header]);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestServer server, string path, (string Name, string Value)[] headers, params (string, string?)[] form)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(form.Length == 0 ? HttpMethod.Get : HttpMethod.Post, path)
        {
            Content = form.Length == 0 ? null : HuaweiCaller.Form(form),
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    /// <summary>As a proxy that takes the prefix away passes it on.</summary>
    private static string Within(string address)
    {
        Assert.StartsWith("/idp/", address);
        return address["/idp".Length..];
    }
}
