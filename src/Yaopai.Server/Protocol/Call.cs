using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Protocol;

/// <summary>One request on its way through a surface.</summary>
internal sealed class Call(HttpContext http, string path, GatewayOptions limits, CancellationToken deadline)
{
    private bool? _readable;

    public HttpContext Http => http;

    /// <summary>The path within the surface: <c>/oauth2/v3/token</c>.</summary>
    public string Path => path;

    /// <summary>Ends when the request's deadline passes.</summary>
    public CancellationToken Ct => deadline;

    public IPAddress Peer => http.Connection.RemoteIpAddress ?? IPAddress.None;

    /// <summary>Empty until they are read.</summary>
    public Parameters Parameters { get; private set; } = Parameters.None;

    /// <summary>The app that calls, as far as the request names one that exists.</summary>
    public App? App { get; set; }

    /// <summary>Reads query and form, once. False when they cannot be parsed; what stands in a sound query is there all the same.</summary>
    public async ValueTask<bool> ReadAsync() => _readable ??= await ReadOnceAsync();

    private async ValueTask<bool> ReadOnceAsync()
    {
        var request = http.Request;
        var length = request.ContentLength;
        var hasBody = length > 0 || (length is null && request.Headers.TransferEncoding.Count > 0);
        var sound = Parameters.TryRead(request.QueryString.Value, out var parameters);
        Parameters = parameters;
        if (!sound || !hasBody)
            return sound;

        if (length > limits.MaxBodyBytes || !FormContentType.Accepts(request))
            return false;

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(deadline);
            if (read.Buffer.Length > limits.MaxBodyBytes)
                return false;

            if (read.IsCompleted)
                return TryAdd(request.BodyReader, read.Buffer);

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private bool TryAdd(PipeReader reader, in ReadOnlySequence<byte> body)
    {
        var sound = Parameters.TryAdd(body);
        reader.AdvanceTo(body.End);
        return sound;
    }
}
