using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Yaopai.Server.Sandbox;

/// <summary>What a connection does when it breaks. Over HTTP/2 only the request's own stream does it.</summary>
internal static class ConnectionFaults
{
    private const int Pieces = 10;
    private const int InternalError = 2; // RFC 9113 §7

    /// <summary>What was written is on its way by then: the server only knows that it is queued.</summary>
    private static readonly TimeSpan s_underWay = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>A TCP reset, or RST_STREAM.</summary>
    public static void Reset(HttpContext http)
    {
        if (http.Features.Get<IHttpResetFeature>() is { } stream)
        {
            stream.Reset(InternalError);
            return;
        }

        if (SocketOf(http) is { } socket)
            EndAbruptly(socket);
        http.Abort();
    }

    /// <summary>Half of the body, under the length of all of it; then a reset, or the orderly end of a connection.</summary>
    public static async Task WriteHalfAsync(HttpContext http, byte[] body, bool resets)
    {
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await Task.Delay(s_underWay, CancellationToken.None);
        if (!resets && http.Features.Get<IHttpResetFeature>() is null && SocketOf(http) is { } socket)
        {
            socket.Shutdown(SocketShutdown.Send);
            await WaitForEndAsync(http);
        }

        Reset(http);
    }

    public static async Task WriteSlowlyAsync(HttpContext http, byte[] body, TimeSpan inAll)
    {
        http.Response.ContentLength = body.Length;
        await http.Response.StartAsync(http.RequestAborted);
        var size = Math.Max(1, (body.Length + Pieces - 1) / Pieces);
        for (var at = 0; at < body.Length; at += size)
        {
            await Task.Delay(inAll / Pieces, http.RequestAborted);
            await http.Response.Body.WriteAsync(body.AsMemory(at, Math.Min(size, body.Length - at)), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    /// <summary>An answer that nobody asked for follows the one that somebody did. A stream of HTTP/2 has room for one: there the body
    /// holds it twice.</summary>
    public static async Task WriteTwiceAsync(HttpContext http, byte[] body)
    {
        var connection = http.Features.Get<IHttpResetFeature>() is null ? http.Features.Get<IConnectionTransportFeature>() : null;
        if (connection is null)
            body = [.. body, .. body];
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
        await http.Response.CompleteAsync();
        if (connection is not null)
            await connection.Transport.Output.WriteAsync((byte[])[.. HeadOf(http.Response), .. body], http.RequestAborted);
    }

    private static void EndAbruptly(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0); // or it would end as any other
        }
        catch (ObjectDisposedException)
        {
            // the other side ended it first
        }
    }

    private static byte[] HeadOf(HttpResponse response)
    {
        var head = new StringBuilder($"HTTP/1.1 {response.StatusCode} Again\r\n");
        foreach (var (name, values) in response.Headers)
        {
            foreach (var value in values)
                head.Append($"{name}: {value}\r\n");
        }

        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private static async Task WaitForEndAsync(HttpContext http)
    {
        try
        {
            await Task.Delay(s_patience, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // the other side ended it too
        }
    }

    private static Socket? SocketOf(HttpContext http) => http.Features.Get<IConnectionSocketFeature>()?.Socket;
}
