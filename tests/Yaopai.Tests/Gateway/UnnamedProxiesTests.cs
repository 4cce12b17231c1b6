using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Gateway;

public sealed class UnnamedProxiesTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7", "/huawei/oauth2/v3/token")]
    [InlineData("X-Forwarded-For", "203.0.113.7", "/sign-in")]
    [InlineData("X-Forwarded-Proto", "https", "/open/oauth/2.0/token")]
    [InlineData("X-Forwarded-Host", "id.example", "/healthz")]
    public async Task FC_29_a_proxy_that_was_not_named_is_one_warning(string header, string value, string path)
    {
        await using var server = await TestServer.StartAsync(engine, ("Gateway:Proxies:0", "10.0.0.0/8"));
        for (var i = 0; i < 3; i++)
            await SendAsync(server, header, value, path);

        Assert.StartsWith($"Warning 127.0.0.1 sent {header}, which is ignored", Assert.Single(Warnings(server)));
    }

    [Fact]
    public async Task FC_29_one_that_was_named_is_none_and_neither_is_a_plain_request()
    {
        await using var server = await TestServer.StartAsync(engine, ("Gateway:Proxies:0", "127.0.0.0/8"));
        await SendAsync(server, "X-Forwarded-For", "203.0.113.7, 198.51.100.7", "/healthz");
        await SendAsync(server, "Accept", "text/html", "/sign-in");

        Assert.Empty(Warnings(server));
    }

    private static async Task SendAsync(TestServer server, string header, string value, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { header, value } } };
        (await server.Http.SendAsync(request)).Dispose();
    }

    private static IEnumerable<string> Warnings(TestServer server) =>
        server.Log.Lines.Where(line => line.Contains("Gateway:Proxies", StringComparison.Ordinal));
}
