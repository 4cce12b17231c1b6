using System.Net;
using Yaopai.Server.Apps;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Gateway;

/// <summary>Callers that stall, lie about lengths, or pretend to be somebody else.</summary>
public sealed class BadDayTests(BadDayTests.Brisk fixture) : IClassFixture<BadDayTests.Brisk>
{
    public sealed class Brisk : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Gateway:Deadline", "00:00:03")];
    }

    private const string Head =
        "POST /huawei/oauth2/v3/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";

    [Fact]
    public async Task A_body_that_stalls_meets_the_deadline()
    {
        using var connection = await RawConnection.OpenAsync(fixture.Server.Address);
        await connection.SendAsync(Head + "Content-Length: 100\r\n\r\ngrant_type=");

        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 504", answer);
        Assert.Contains("X-Request-Id", answer);
    }

    [Fact]
    public async Task A_body_that_ends_before_its_length_is_a_bad_request()
    {
        using var connection = await RawConnection.OpenAsync(fixture.Server.Address);
        await connection.SendAsync(Head + "Content-Length: 100\r\n\r\ngrant_type=client_credentials");
        connection.EndSending();

        var answer = await connection.ReadToEndAsync();

        // The framework may drop a connection that was cut off; if it lets us answer, this is the answer.
        Assert.True(answer is "" || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_body_longer_than_its_length_is_not_read_into_it()
    {
        using var connection = await RawConnection.OpenAsync(fixture.Server.Address);
        await connection.SendAsync(Head + "Connection: close\r\nContent-Length: 12\r\n\r\ngrant_type=xgrant_type=y");

        Assert.Contains("20182", await connection.ReadToEndAsync());
    }

    [Theory]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Length: 1\r\nContent-Length: 2\r\n\r\na")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Lengths_that_contradict_themselves_are_a_bad_request(string rest)
    {
        using var connection = await RawConnection.OpenAsync(fixture.Server.Address);
        await connection.SendAsync(Head + "Connection: close\r\n" + rest);

        var answer = await connection.ReadToEndAsync();

        Assert.True(answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_forwarded_address_counts_only_from_a_proxy_that_was_named()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var trusting = await TestServer.StartAsync(
            engine, ("Gateway:Proxies:0", "127.0.0.0/8"), ("Gateway:Proxies:1", "::1/128"));
        foreach (var server in new[] { trusting, fixture.Server })
        {
            var store = server.Get<IAppStore>();
            var app = (await store.FindAsync(200000001, default))!;
            await store.TryChangeAsync(app with { Allowlist = [IPNetwork.Parse("203.0.113.0/24")] }, default);
            server.Get<AppDirectory>().Clear();
        }

        Assert.Equal(200, await StatusAsync(trusting, "203.0.113.7"));
        Assert.Equal(403, await StatusAsync(trusting, "198.51.100.7"));
        Assert.Equal(403, await StatusAsync(fixture.Server, "203.0.113.7"));

        static async Task<int> StatusAsync(TestServer server, string forwardedFor)
        {
            var stranger = new HuaweiCaller(server, HuaweiCaller.Stranger);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/huawei/oauth2/v3/token")
            {
                Content = HuaweiCaller.Form(
                    [("grant_type", "client_credentials"), ("client_id", stranger.ClientId), ("client_secret", stranger.App.ClientSecret)]),
                Headers = { { "X-Forwarded-For", forwardedFor } },
            };
            return (int)(await server.Http.SendAsync(request)).StatusCode;
        }
    }
}
