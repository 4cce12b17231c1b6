using Microsoft.Extensions.Logging;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests;

public sealed class RequestLinesTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    private const string Secret = "a-secret-that-no-log-may-hold";
    private const string Provider = "Logging:Yaopai.Tests.Http.LogOf:LogLevel:";

    /// <summary>A rule for one provider beats those for all, and a longer name beats a shorter one.</summary>
    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel.BadRequests")]
    [InlineData(Provider + "Default")]
    [InlineData(Provider + "Microsoft.AspNetCore")]
    [InlineData(Provider + "Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData(Provider + "Microsoft.AspNetCore.Server.Kestrel.BadRequests")]
    [InlineData(Provider + "Microsoft.AspNetCore.Hosting.*Diagnostics")]
    [InlineData(Provider + "Microsoft.AspNetCore.Server.Kestrel.*BadRequests")]
    public async Task M1_Request_lines_are_not_logged_at_any_level_that_is_set_for_whomever(string key)
    {
        await using var server = await TestServer.StartAsync(engine, (key, "Trace"), (Provider + "Yaopai", "Trace"));

        await server.Http.GetAsync($"/open/oauth/2.0/token?grant_type=client_credentials&client_id=100000001&client_secret={Secret}");
        await SendAsync(server, $"GET /open/oauth/2.0/token?client_secret={Secret} foo bar HTTP/1.1\r\nHost: a\r\n\r\n");
        await SendAsync(server, $"GET /healthz HTTP/1.1\r\nHost: a\r\nAuthorization Bearer {Secret}\r\n\r\n");

        Assert.NotEmpty(server.Log.Lines);
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_goes_wrong_around_a_request_is_still_logged()
    {
        await using var server = await TestServer.StartAsync(engine, (Provider + "Default", "Information"));
        var log = server.Get<ILoggerFactory>();

        Assert.True(log.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Warning));
        Assert.False(log.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Information));
        Assert.True(log.CreateLogger("Microsoft.AspNetCore.Hosting.Lifetime").IsEnabled(LogLevel.Information));
    }

    private static async Task SendAsync(TestServer server, string request)
    {
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync(request);
        connection.EndSending();
        await connection.ReadToEndAsync();
    }
}
