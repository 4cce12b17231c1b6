using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Gateway;

/// <summary>One request on its way through a surface.</summary>
/// <param name="receivedAt">By the wall clock. Credentials are dated by it, so a revocation that arrives meanwhile wins.</param>
internal sealed class Call(HttpContext http, string path, GatewayOptions limits, DateTimeOffset receivedAt, CancellationToken deadline)
{
    private Failure? _trouble;
    private bool _isRead;

    public HttpContext Http => http;

    /// <summary>The path within the surface: <c>/oauth2/v3/token</c>.</summary>
    public string Path => path;

    /// <summary>Ends when the request's deadline passes.</summary>
    public CancellationToken Ct => deadline;

    public DateTimeOffset ReceivedAt => receivedAt;

    public IPAddress Peer => http.Connection.RemoteIpAddress ?? IPAddress.None;

    /// <summary>Empty until they are read.</summary>
    public Parameters Parameters { get; private set; } = Parameters.None;

    /// <summary>The app that calls, as far as the request names one that exists.</summary>
    public App? App { get; set; }

    /// <summary>Who calls, where that was settled for the call around this one: whatever the surface made of it there.</summary>
    public object? Settled { get; private init; }

    /// <summary>A call inside this one, by the same caller: it has its own parameters and nothing to read.</summary>
    public Call Inside(string itsPath, Parameters itsParameters, object settled) =>
        new(http, itsPath, limits, receivedAt, deadline) { Parameters = itsParameters, App = App, Settled = settled, _isRead = true };

    /// <summary>Empty until it is read.</summary>
    public JsonBody Body { get; private set; }

    /// <summary>
    /// Reads the query and the body, once; null when both can be parsed, else what is wrong.
    /// What stands in a sound query is there all the same.
    /// </summary>
    public async ValueTask<Failure?> ReadAsync(ParameterSource source)
    {
        if (!_isRead)
            (_trouble, _isRead) = (await ReadOnceAsync(source), true);

        return _trouble;
    }

    private async ValueTask<Failure?> ReadOnceAsync(ParameterSource source)
    {
        var request = http.Request;
        var length = request.ContentLength;
        var hasBody = length > 0 || (length is null && request.Headers.TransferEncoding.Count > 0);
        var sound = Parameters.TryRead(request.QueryString.Value, out var parameters);
        Parameters = parameters;
        if (!sound)
            return Unparsable();

        // JSON has to say that it is JSON, even where nothing follows: documented clients always do, and forms of foreign pages cannot.
        if (source is ParameterSource.Json && !BodyContentType.IsJson(request))
            return Failure.UnsupportedMediaType;

        if (!hasBody)
            return source is ParameterSource.Json ? Failure.Unparsable : null;

        if (source is ParameterSource.Form && !BodyContentType.IsForm(request))
            return Failure.Unparsable;

        if (length > limits.MaxBodyBytes)
            return Failure.Unparsable;

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(deadline);
            if (read.Buffer.Length > limits.MaxBodyBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End); // or the server could not read on to the next request, and would cut the connection
                return Failure.Unparsable;
            }

            if (read.IsCompleted)
                return TryTake(source, request.BodyReader, read.Buffer) ? null : Unparsable();

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private Failure Unparsable() => Parameters.AreTooMany ? Failure.TooManyParameters : Failure.Unparsable;

    private bool TryTake(ParameterSource source, PipeReader reader, in ReadOnlySequence<byte> body)
    {
        var sound = source is ParameterSource.Json ? TryTakeJson(body.ToArray()) : Parameters.TryAdd(body);
        reader.AdvanceTo(body.End);
        return sound;
    }

    private bool TryTakeJson(byte[] utf8)
    {
        if (StrictJson.ReadObject(utf8) is not { } root)
            return false;

        Body = new JsonBody(root);
        return true;
    }
}
