using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Gateway;

public sealed class PlainHttpTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    [Theory]
    [InlineData("http://0.0.0.0:0", true)]
    [InlineData("http://[::]:0", true)]
    [InlineData("http://*:0", true)]
    [InlineData("http://127.0.0.1:0", false)]
    [InlineData("http://[::1]:0", false)]
    public async Task L7_HTTP_that_other_machines_reach_is_a_warning_at_start(string address, bool isWarned)
    {
        await using var server = await TestServer.StartAsync(engine, ("urls", address));

        Assert.Equal(isWarned, Warns(server));
    }

    [Fact]
    public async Task L7_with_a_proxy_that_is_named_it_is_none()
    {
        await using var server = await TestServer.StartAsync(engine, ("urls", "http://0.0.0.0:0"), ("Gateway:Proxies:0", "10.0.0.0/8"));

        Assert.False(Warns(server));
    }

    private static bool Warns(TestServer server) =>
        server.Log.Lines.Any(line => line.StartsWith("Warning Other machines reach http://", StringComparison.Ordinal));
}
