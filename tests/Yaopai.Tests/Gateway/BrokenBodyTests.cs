using System.Net;
using System.Net.Http.Headers;
using Yaopai.Tests.Hosting.Tls;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Gateway;

/// <summary>Whoever sends half a body and leaves costs a line at a level that nobody reads, and no stack (M2).</summary>
public sealed class BrokenBodyTests(BrokenBodyTests.Brisk fixture) : IClassFixture<BrokenBodyTests.Brisk>
{
    public sealed class Brisk : TlsServer
    {
        protected override (string Key, string Value)[] Tls(string certificate, string key) =>
            [.. base.Tls(certificate, key), ("Gateway:Deadline", "00:00:02")];
    }

    private const string Form = "application/x-www-form-urlencoded";

    private static readonly string[] s_loud = ["Warning ", "Error ", "Critical "];

    public static TheoryData<string, string> Paths { get; } = new()
    {
        { "/huawei/oauth2/v3/token",                          Form },
        { "/huawei/rest.php?nsp_svc=GOpen.User.getInfo",      Form },
        { "/huawei/oauth2/v6/quickLogin/getPhoneNumber",      "application/json" },
        { "/open/oauth/2.0/token",                            Form },
        { "/open/rest/2.0/passport/users/getInfo",            Form },
        { "/identity/oauth2/client_token",                    "application/json" },
        { "/welink/api/auth/v2/tickets",                      "application/json" },
        { "/sandbox/authorize",                               "application/json" },
        { "/sign-in",                                         Form },
    };

    [Theory, MemberData(nameof(Paths))]
    public async Task M2_who_leaves_in_the_middle_of_a_body_over_http1_writes_no_error(string path, string type)
    {
        foreach (var framing in (string[])["Content-Length: 1000\r\n\r\na=b", "Transfer-Encoding: chunked\r\n\r\n3e8\r\na=b"])
        {
            using var traffic = new Traffic(fixture.Server);
            using var connection = await RawConnection.OpenAsync(fixture.Server.Address);
            await connection.SendAsync(
                $"POST {path} HTTP/1.1\r\nHost: {fixture.Server.Address.Authority}\r\nContent-Type: {type}\r\n{framing}");
            await traffic.RequestHasBegunAsync();
            connection.Drop();
            await ShouldBeQuietAsync(traffic);
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task M2_nor_does_who_resets_a_stream_of_http2(string path, string type)
    {
        using var traffic = new Traffic(fixture.Server);
        var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = TestCertificate.Shared.Trust(TestCertificate.Host),
        });
        using var patience = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Server.HttpsAddress, path))
        {
            Content = new Half(type, traffic, patience),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        // A server that has no use for the body may answer before it comes.
        await Record.ExceptionAsync(() => client.SendAsync(request, patience.Token));
        client.Dispose(); // and its connection

        await ShouldBeQuietAsync(traffic);
    }

    [Theory]
    [InlineData("/huawei/oauth2/v3/token")]
    [InlineData("/open/oauth/2.0/token")]
    [InlineData("/identity/oauth2/client_token")]
    public async Task M2_chunks_that_are_none_are_a_request_that_cannot_be_read(string path)
    {
        using var traffic = new Traffic(fixture.Server);
        using var connection = await RawConnection.OpenAsync(fixture.Server.Address);
        await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: {Form}\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "10000000000000005\r\na=b\r\n");

        Assert.DoesNotContain("HTTP/1.1 5", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        connection.Drop();
        await ShouldBeQuietAsync(traffic);
    }

    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\na=b")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n")]
    public async Task M2_a_body_that_is_still_coming_at_the_deadline_is_told_so(string framing)
    {
        using var traffic = new Traffic(fixture.Server);
        using var connection = await RawConnection.OpenAsync(fixture.Server.Address);
        await connection.SendAsync($"POST /huawei/oauth2/v3/token HTTP/1.1\r\nHost: a\r\nContent-Type: {Form}\r\n{framing}");

        Assert.StartsWith("HTTP/1.1 504", await connection.ReadToEndAsync());
        connection.Drop();
        await ShouldBeQuietAsync(traffic);
    }

    /// <summary>The connection has ended, and nothing loud was said.</summary>
    private async Task ShouldBeQuietAsync(Traffic traffic)
    {
        await traffic.ConnectionHasEndedAsync();
        Assert.DoesNotContain(fixture.Server.Log.Lines, line => s_loud.Any(level => line.StartsWith(level, StringComparison.Ordinal)));
    }

    private sealed class Half : HttpContent
    {
        private readonly Traffic _traffic;
        private readonly CancellationTokenSource _patience;

        public Half(string type, Traffic traffic, CancellationTokenSource patience)
        {
            (_traffic, _patience) = (traffic, patience);
            Headers.ContentType = new MediaTypeHeaderValue(type);
            Headers.ContentLength = 1000;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("a=b"u8.ToArray());
            await stream.FlushAsync();
            await _traffic.RequestHasBegunAsync();
            await _patience.CancelAsync();
            await Task.Delay(Timeout.Infinite, _patience.Token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 1000;
            return true;
        }
    }
}
