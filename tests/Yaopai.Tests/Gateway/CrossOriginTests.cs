using System.Net;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Gateway;

/// <summary>What pages of other sites may read.</summary>
public sealed class CrossOriginTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    private const string Page = "https://spa.example";

    public static TheoryData<string> PublicDocuments { get; } =
    [
        "/huawei/oauth2/v3/certs", "/huawei/.well-known/openid-configuration",
        "/huawei/v1beta/public/risc/.well-known/risc-configuration",
    ];

    public static TheoryData<string> TokenEndpoints { get; } =
    [
        "/huawei/oauth2/v3/token", "/huawei/oauth2/v3/revoke", "/open/oauth/2.0/token", "/identity/oauth2/access_token",
        "/identity/oauth2/refresh_token",
    ];

    [Theory, MemberData(nameof(PublicDocuments))]
    public async Task FC_31_every_page_may_read_a_public_document(string path)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var read = await SendAsync(server, HttpMethod.Get, path, Page);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal("*", Header(read, "Access-Control-Allow-Origin"));
        Assert.Equal("", Header(read, "Access-Control-Allow-Credentials"));

        foreach (var origin in (string?[])[Page, null])
        {
            using var asked = await SendAsync(server, HttpMethod.Options, path, origin, ("Access-Control-Request-Method", "GET"));
            Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
            Assert.Equal("*", Header(asked, "Access-Control-Allow-Origin"));
            Assert.StartsWith("GET", Header(asked, "Access-Control-Allow-Methods"));
            Assert.Equal("*", Header(asked, "Access-Control-Allow-Headers"));
        }
    }

    [Fact]
    public async Task FC_31_and_the_reference_of_errors_in_JSON()
    {
        await using var server = await TestServer.StartAsync(engine);

        using var error = await SendAsync(server, HttpMethod.Get, "/errors/huawei/20155.json", Page);
        Assert.Equal("*", Header(error, "Access-Control-Allow-Origin"));
        using var page = await SendAsync(server, HttpMethod.Get, "/sign-in", Page);
        Assert.Equal("", Header(page, "Access-Control-Allow-Origin"));
    }

    [Theory, MemberData(nameof(TokenEndpoints))]
    public async Task FC_31_no_page_may_read_tokens_unless_the_settings_name_its_origin(string path)
    {
        await using (var server = await TestServer.StartAsync(engine))
            await RefusesAsync(server, Page);

        await using var named = await TestServer.StartAsync(
            engine, ("Gateway:Origins:0", Page), ("Gateway:Origins:1", "http://localhost:5173"));
        foreach (var stranger in (string[])["http://spa.example", "https://spa.example:8443", "https://spa.example.evil.example", "null"])
            await RefusesAsync(named, stranger);

        using var asked = await SendAsync(named, HttpMethod.Options, path, Page, ("Access-Control-Request-Method", "POST"));
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal(Page, Header(asked, "Access-Control-Allow-Origin"));
        Assert.Contains("POST", Header(asked, "Access-Control-Allow-Methods"));
        using var read = await SendAsync(named, HttpMethod.Post, path, Page);
        Assert.Equal(Page, Header(read, "Access-Control-Allow-Origin"));
        Assert.Contains("Origin", Header(read, "Vary"));
        Assert.Contains("no-store", Header(read, "Cache-Control"));

        async Task RefusesAsync(TestServer server, string origin)
        {
            using var asked = await SendAsync(server, HttpMethod.Options, path, origin, ("Access-Control-Request-Method", "POST"));
            Assert.Equal("", Header(asked, "Access-Control-Allow-Origin"));
            Assert.NotEqual(HttpStatusCode.NoContent, asked.StatusCode);
            using var read = await SendAsync(server, HttpMethod.Post, path, origin);
            Assert.Equal("", Header(read, "Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task FC_31_a_page_with_the_secret_of_an_app_is_not_told_what_came_of_it()
    {
        await using var server = await TestServer.StartAsync(engine, ("Gateway:Origins:0", Page));
        using var http = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { { "Origin", Page } } };
        var good = HuaweiCaller.Form(
        [
            ("grant_type", "client_credentials"), ("client_id", "100000001"),
            ("client_secret", "d3100000000000000000000000000000000000000000000000000000000000d1"),
        ]);
        using var answer = await http.PostAsync("/huawei/oauth2/v3/token", good);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", Header(answer, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("spa.example")]
    [InlineData("https://spa.example/")]
    [InlineData("https://*.example")]
    [InlineData("*")]
    [InlineData("null")]
    public async Task FC_31_what_no_browser_sends_stops_the_start(string origin)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync(engine, ("Gateway:Origins:0", origin)));

        Assert.Contains("Gateway:Origins", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestServer server, HttpMethod method, string path, string? origin, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = HuaweiCaller.Form([("grant_type", "authorization_code")]);
        foreach (var (name, value) in origin is null ? headers : [("Origin", origin), .. headers])
            request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request);
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}
