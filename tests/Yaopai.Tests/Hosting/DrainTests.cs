using System.Net;
using Microsoft.Extensions.Hosting.Internal;
using Yaopai.Server.Gateway;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Hosting;

/// <summary>How a node leaves: by signals to a process of its own.</summary>
public sealed class DrainTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    private static string Get(string path) => $"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n";

    // Longer than anything here takes: what ends before it was ended by the second signal.
    private static readonly (string, string) s_long = ("YAOPAI_Gateway__Drain", "00:05:00");

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task FC_43_N17_it_says_that_it_leaves_and_serves_on_until_a_second_signal(string signal)
    {
        await using var server = await ServerProcess.StartAsync(engine, s_long);
        using var kept = await RawConnection.OpenAsync(server.Address);
        await kept.SendAsync(Get("/healthz"));
        Assert.DoesNotContain("close", await kept.ReadToAsync("ok\n\r\n0\r\n\r\n"));

        await server.SignalAsync(signal);
        await UntilLeavingAsync(server);

        // what was kept alive answers once more, and says that this was the last
        await kept.SendAsync(Get("/huawei/oauth2/v3/certs"));
        var last = await kept.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK", last);
        Assert.Contains("Connection: close", last);
        // who comes anew is answered, too
        Assert.True((await server.Http.GetAsync("/huawei/.well-known/openid-configuration")).Headers.ConnectionClose);
        Assert.Equal("not ready: the server is stopping\n", await (await server.Http.GetAsync("/readyz")).Content.ReadAsStringAsync());

        await server.SignalAsync(signal);
        Assert.Equal(0, await server.ExitAsync());
    }

    [Fact]
    public async Task FC_43_a_second_signal_waits_for_nobody()
    {
        await using var server = await ServerProcess.StartAsync(engine, s_long, ("YAOPAI_Gateway__Deadline", "00:05:00"));
        using var slow = await RawConnection.OpenAsync(server.Address);
        await slow.SendAsync(
            "POST /huawei/oauth2/v3/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100", await slow.ReadToAsync("\r\n\r\n")); // it reads, and the rest never comes

        await server.SignalAsync("TERM");
        await UntilLeavingAsync(server);
        await server.SignalAsync("TERM");

        Assert.Equal(0, await server.ExitAsync());
    }

    [Fact]
    public async Task FC_43_it_stops_by_itself_when_the_time_is_over()
    {
        await using var server = await ServerProcess.StartAsync(engine, ("YAOPAI_Gateway__Drain", "00:00:01"));
        await server.SignalAsync("TERM");

        Assert.Equal(0, await server.ExitAsync());
    }

    /// <summary>On connections that are kept, each until an answer says that it was the last.</summary>
    [Fact]
    public async Task N17_no_request_is_lost_while_it_leaves()
    {
        await using var server = await ServerProcess.StartAsync(engine, s_long);
        var served = new int[8];
        var callers = Enumerable.Range(0, served.Length).Select(caller => CallAsync(server, served, caller)).ToArray();
        await Eventually.HoldsAsync(() =>
            Task.FromResult(Array.TrueForAll(served, count => count > 20) || callers.Any(caller => caller.IsCompleted)));
        Assert.All(callers, caller => Assert.False(caller.IsCompleted, $"{caller.Exception}"));

        await server.SignalAsync("TERM");
        await Task.WhenAll(callers);

        await server.SignalAsync("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }

    [Fact]
    public async Task FC_43_in_Production_it_takes_a_while_by_default_and_in_Development_none()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), DrainIn("Production", new()));
        Assert.Equal(TimeSpan.Zero, DrainIn("Development", new()));
        Assert.Equal(TimeSpan.FromSeconds(7), DrainIn("Development", new() { Drain = TimeSpan.FromSeconds(7) }));
        Assert.Equal(TimeSpan.Zero, DrainIn("Production", new() { Drain = TimeSpan.Zero }));

        await using var server = await ServerProcess.StartAsync(engine, ("ASPNETCORE_ENVIRONMENT", "Production"));
        await server.SignalAsync("TERM");
        await UntilLeavingAsync(server);
        await server.SignalAsync("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }

    private static TimeSpan DrainIn(string environment, GatewayOptions options) =>
        options.DrainIn(new HostingEnvironment { EnvironmentName = environment });

    private static Task UntilLeavingAsync(ServerProcess server) => Eventually.HoldsAsync(async () =>
        (await server.Http.GetAsync("/readyz")).StatusCode is HttpStatusCode.ServiceUnavailable);

    private static async Task CallAsync(ServerProcess server, int[] served, int caller)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = server.Address };
        for (var isLast = false; !isLast; Interlocked.Increment(ref served[caller]))
        {
            using var answer = await http.GetAsync("/huawei/oauth2/v3/certs");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            isLast = answer.Headers.ConnectionClose is true;
        }
    }
}
