using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Yaopai.Errors;
using Yaopai.Tests.Hosting.Tls;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

/// <summary>Connections that break, seen byte by byte.</summary>
public sealed partial class ConnectionFaultTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    /// <summary>One request of each surface, for the demo app.</summary>
    public static TheoryData<string, string, string> Requests
    {
        get
        {
            var (id, secret) = ($"{new HuaweiCaller(null!).App.ClientId}", new HuaweiCaller(null!).App.ClientSecret);
            return new()
            {
                {
                    "huawei.token", "/huawei/oauth2/v3/token",
                    $"grant_type=client_credentials&client_id={id}&client_secret={secret}"
                },
                {
                    "open.token", "/open/oauth/2.0/token",
                    $"grant_type=client_credentials&client_id={id}&client_secret={secret}"
                },
                {
                    "identity.clientToken", "/identity/oauth2/client_token",
                    $"grant_type=client_credentials&appid={id}&secret={secret}"
                },
                { "welink.token", "/welink/api/oauth2/v1/token", $"grant_type=refused&client_id={id}&client_secret={secret}&code=x" },
            };
        }
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task A_reset_is_a_TCP_reset_before_any_answer(string target, string path, string form)
    {
        await using (await fixture.BreakAsync(new { target, fault = "reset", client_id = _demo.App.ClientId, times = 1 }))
        {
            Assert.Equal((SocketError.ConnectionReset, ""), await AskAsync(path, form));
            Assert.Equal(SocketError.Success, (await AskAsync(path, form, "Connection: close\r\n")).End);
        }
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task A_truncated_answer_ends_in_order_after_half_of_its_length(string target, string path, string form)
    {
        await using (await fixture.BreakAsync(new { target, fault = "truncated", client_id = _demo.App.ClientId }))
        {
            var (end, said) = await AskAsync(path, form);

            Assert.Equal(SocketError.Success, end);
            Assert.Equal(LengthSaid(said) / 2, BodyOf(said).Length);
        }
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task A_reset_after_is_a_TCP_reset_after_half_of_the_answer(string target, string path, string form)
    {
        await using (await fixture.BreakAsync(new { target, fault = "reset-after", client_id = _demo.App.ClientId }))
        {
            var (end, said) = await AskAsync(path, form);

            Assert.Equal(SocketError.ConnectionReset, end);
            Assert.Equal(LengthSaid(said) / 2, BodyOf(said).Length);
        }
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task A_slow_body_is_whole_and_takes_its_time(string target, string path, string form)
    {
        var watch = Stopwatch.StartNew();
        await using (await fixture.BreakAsync(new { target, fault = "slow-body", delay = "PT0.5S", client_id = _demo.App.ClientId }))
        {
            var (end, said) = await AskAsync(path, form, "Connection: close\r\n");

            Assert.Equal(SocketError.Success, end);
            Assert.Equal(LengthSaid(said), BodyOf(said).Length);
            Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.4), $"{watch.Elapsed}");
        }
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task A_duplicate_answer_comes_twice_on_one_connection(string target, string path, string form)
    {
        await using (await fixture.BreakAsync(new { target, fault = "duplicate-answer", client_id = _demo.App.ClientId }))
        {
            var (_, said) = await AskAsync(path, form, "Connection: close\r\n");

            Assert.Equal(2, Status.Count(said));
            var body = BodyOf(said)[..LengthSaid(said)];
            Assert.EndsWith($"\r\n\r\n{body}", said, StringComparison.Ordinal);
            Assert.Equal(3, said.Split(body).Length);
        }
    }

    [Fact]
    public async Task A_lost_answer_leaves_its_effect()
    {
        var code = await _demo.CodeAsync();
        await using (await fixture.BreakAsync(
            new { target = "huawei.token", fault = "lost-answer", client_id = _demo.App.ClientId, times = 1 }))
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => _demo.ExchangeAsync(code));
            await (await _demo.ExchangeAsync(code)).ShouldBeAsync(HuaweiAccountErrors.Token.CodeUsed);
        }
    }

    [Fact]
    public async Task A_reset_leaves_no_effect()
    {
        var code = await _demo.CodeAsync();
        await using (await fixture.BreakAsync(new { target = "huawei.token", fault = "reset", client_id = _demo.App.ClientId, times = 1 }))
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => _demo.ExchangeAsync(code));
            await (await _demo.ExchangeAsync(code)).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
        }
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("lost-answer; PT0S")]
    public async Task One_request_alone_can_ask_for_it(string fault)
    {
        var (_, path, form) = Requests.First().Data;

        Assert.Equal((SocketError.ConnectionReset, ""), await AskAsync(path, form, $"Yaopai-Fault: {fault}\r\n"));
        Assert.Equal(SocketError.Success, (await AskAsync(path, form, "Connection: close\r\n")).End);
        var (_, foreign) = await AskAsync(path, form, $"Connection: close\r\nOrigin: https://evil.example\r\nYaopai-Fault: {fault}\r\n");
        Assert.Contains("access_token", foreign, StringComparison.Ordinal);
    }

    /// <summary>What came until the end, and how the connection ended.</summary>
    private async Task<(SocketError End, string Said)> AskAsync(string path, string form, string headers = "")
    {
        var address = fixture.Server.Address;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.Client.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + $"Content-Length: {form.Length}\r\n{headers}\r\n{form}"));

        var (said, bytes) = (new StringBuilder(), new byte[16 * 1024]);
        try
        {
            while (await client.Client.ReceiveAsync(bytes).WaitAsync(TimeSpan.FromSeconds(30)) is > 0 and var length)
                said.Append(Encoding.UTF8.GetString(bytes, 0, length));
            return (SocketError.Success, said.ToString());
        }
        catch (SocketException exception)
        {
            return (exception.SocketErrorCode, said.ToString());
        }
    }

    private static int LengthSaid(string said) => int.Parse(Length.Match(said).Groups[1].Value);

    private static string BodyOf(string said) => said[(said.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    [GeneratedRegex(@"Content-Length: (\d+)\r\n", RegexOptions.IgnoreCase)]
    private static partial Regex Length { get; }

    [GeneratedRegex(@"HTTP/1\.1 \d{3} ")]
    private static partial Regex Status { get; }
}

/// <summary>The same over HTTP/2: the stream breaks, and its connection serves on.</summary>
public sealed class StreamFaultTests(TlsServer fixture) : IClassFixture<TlsServer>
{
    [Theory]
    [InlineData("reset")]
    [InlineData("reset-after")]
    [InlineData("truncated")]
    [InlineData("lost-answer")]
    public async Task Only_the_stream_of_the_request_is_reset(string fault)
    {
        using var client = Client();
        await client.GetAsync("https://localhost/huawei/oauth2/v3/certs");

        var broken = await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync(client, fault));

        Exception? cause = broken;
        while (cause is not (null or HttpProtocolException))
            cause = cause.InnerException;
        Assert.Equal(2, Assert.IsType<HttpProtocolException>(cause).ErrorCode); // INTERNAL_ERROR
        Assert.True((await client.GetAsync("https://localhost/huawei/oauth2/v3/certs")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_duplicate_answer_holds_its_body_twice()
    {
        using var client = Client();

        var body = await (await AskAsync(client, "duplicate-answer")).Content.ReadAsStringAsync();

        Assert.Equal(body[..(body.Length / 2)], body[(body.Length / 2)..]);
    }

    [Fact]
    public async Task A_slow_body_is_whole()
    {
        using var client = Client();
        var watch = Stopwatch.StartNew();

        var body = await (await AskAsync(client, "slow-body; PT0.5S")).Content.ReadAsStringAsync();

        Assert.EndsWith("}", body, StringComparison.Ordinal);
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.4), $"{watch.Elapsed}");
    }

    private HttpClient Client()
    {
        var client = fixture.Client();
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return client;
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string fault)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://localhost/huawei/oauth2/v3/certs")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { { "Yaopai-Fault", fault } },
        };
        return await client.SendAsync(request);
    }
}
