using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Upstreams;

/// <summary>The way to other platforms: no redirects, no cookies, short waits.
/// The sandbox's faults break the connections themselves.</summary>
internal sealed class UpstreamHttp : IDisposable
{
    private const int KilobytesOfHeaders = 16;

    private readonly HttpMessageInvoker _http;
    private readonly HttpMessageInvoker _down;
    private readonly HttpMessageInvoker _slow;
    private readonly IUpstreamSeam? _seam;

    public UpstreamHttp(IOptions<UpstreamOptions> options, IUpstreamSeam? seam = null)
    {
        _seam = seam;
        _http = Create(options.Value, connect: null);
        _down = Create(options.Value, RefuseAsync);
        _slow = Create(options.Value, HangAsync);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => (_seam?.Current switch
    {
        UpstreamFault.Down => _down,
        UpstreamFault.Slow => _slow,
        _ => _http,
    }).SendAsync(request, ct);

    public void Dispose()
    {
        _http.Dispose();
        _down.Dispose();
        _slow.Dispose();
    }

    private static HttpMessageInvoker Create(
        UpstreamOptions options, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect) =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // secrets stand in the query: they go to no other address
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None, // what is read is what was counted
            ConnectCallback = connect,
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // names are looked up again
            MaxResponseHeadersLength = KilobytesOfHeaders,
            ActivityHeadersPropagator = null,
        });

    /// <summary>To a port that is taken, and where nobody listens.</summary>
    private static async ValueTask<Stream> RefuseAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        using var taken = Bound();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(taken.LocalEndPoint!, ct);
        throw new SocketException((int)SocketError.ConnectionRefused);
    }

    /// <summary>To a listener that takes the connection and says nothing.</summary>
    private static async ValueTask<Stream> HangAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var silent = Bound();
        silent.Listen();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(silent.LocalEndPoint!, ct);
            return new Silence(socket, silent);
        }
        catch
        {
            socket.Dispose();
            silent.Dispose();
            throw;
        }
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private sealed class Silence(Socket socket, Socket listener) : NetworkStream(socket, ownsSocket: true)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            listener.Dispose();
        }
    }
}
