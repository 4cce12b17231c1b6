using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Unicode;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Gateway;

/// <summary>One request on its way through a surface.</summary>
/// <param name="receivedAt">By the wall clock. Credentials are dated by it, so a revocation that arrives meanwhile wins.</param>
internal sealed class Call(
    HttpContext http, string path, GatewayOptions limits, IAppClock clock, DateTimeOffset receivedAt, CancellationToken deadline)
{
    private Failure? _trouble;
    private (long AppId, DateTimeOffset Now)? _now;
    private bool _isRead;

    public HttpContext Http => http;

    /// <summary>The path within the surface: <c>/oauth2/v3/token</c>.</summary>
    public string Path => path;

    /// <summary>What stands behind the last slash of the path.</summary>
    public string LastSegment => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Where the caller found the surface: what addresses in answers begin with.</summary>
    public string Address => $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path.Value![..^path.Length]}";

    /// <summary>Ends when the request's deadline passes.</summary>
    public CancellationToken Ct => deadline;

    public DateTimeOffset ReceivedAt => receivedAt;

    /// <summary>The time of the installation: one moment for the whole request.</summary>
    public DateTimeOffset Now => NowFor(0);

    /// <summary>The time of the app: one moment for the whole request, however often it is asked for.</summary>
    public DateTimeOffset NowFor(long appId)
    {
        if (_now is not { } now || now.AppId != appId)
            _now = now = (appId, clock.NowFor(appId));

        return now.Now;
    }

    public IPAddress Peer => http.Connection.RemoteIpAddress ?? IPAddress.None;

    public bool HasBody => http.Request.ContentLength is { } length ? length > 0 : http.Request.Headers.TransferEncoding.Count > 0;

    /// <summary>Empty until they are read.</summary>
    public Parameters Parameters { get; private set; } = Parameters.None;

    /// <summary>Goes on with a request that its sender left with before, and that comes back under a name.</summary>
    public void GoOnWith(Parameters before) => Parameters = before;

    /// <summary>The app that calls, as far as the request names one that exists.</summary>
    public App? App { get; set; }

    /// <summary>The caller, where the call around this one proved it: in the surface's own type.</summary>
    public object? Caller { get; private init; }

    /// <summary>A call inside this one, by the same caller: it has its own parameters and nothing to read.</summary>
    public Call Inside(string itsPath, Parameters itsParameters, object itsCaller) =>
        new(http, itsPath, limits, clock, receivedAt, deadline)
        {
            _now = _now,
            Parameters = itsParameters,
            App = App,
            Caller = itsCaller,
            _isRead = true,
        };

    /// <summary>The body of an operation that reads it as it is; empty until it is read.</summary>
    public string Text { get; private set; } = "";

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
        var sound = Parameters.TryRead(request.QueryString.Value, out var parameters);
        Parameters = parameters;
        if (!sound)
            return Unparsable();

        // JSON has to say that it is JSON, even where nothing follows: documented clients always do, and forms of foreign pages cannot.
        if (source is ParameterSource.Json && !BodyContentType.IsJson(request))
            return Failure.UnsupportedMediaType;

        if (!HasBody || source is ParameterSource.Query)
            return source is ParameterSource.Json ? Failure.Unparsable : null;

        var isJson = source is ParameterSource.Json || (source is ParameterSource.FormOrJson && BodyContentType.IsJson(request));
        if (!isJson && source is not ParameterSource.Text && !BodyContentType.IsForm(request))
            return Failure.Unparsable;

        if (length > limits.MaxBodyBytes)
            return Failure.Unparsable;

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(deadline);
            if (read.Buffer.Length > limits.MaxBodyBytes)
            {
                // or the server could not read on to the next request, and would cut the connection
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return Failure.Unparsable;
            }

            if (read.IsCompleted)
                return TryTake(source, isJson, request.BodyReader, read.Buffer) ? null : Unparsable();

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>What came where nothing could be read.</summary>
    public string? WhyUnreadable() => _trouble switch
    {
        Failure.UnsupportedMediaType => $"Content-Type: {ContentType} came, application/json is read",
        Failure.TooManyParameters => "more parameters than are read",
        Failure.Unparsable =>
            $"Content-Type: {ContentType}, {http.Request.ContentLength?.ToString() ?? "unknown"} bytes of at most {limits.MaxBodyBytes}, "
            + "could not be read as UTF-8 parameters or as a JSON object",
        _ => null,
    };

    private string ContentType => http.Request.ContentType is { Length: > 0 } type ? type : "(none)";

    private Failure Unparsable() => Parameters.AreTooMany ? Failure.TooManyParameters : Failure.Unparsable;

    private bool TryTake(ParameterSource source, bool isJson, PipeReader reader, in ReadOnlySequence<byte> body)
    {
        var sound = source is ParameterSource.Text ? TryTakeText(body.ToArray())
            : !isJson ? Parameters.TryAdd(body)
            : TryTakeJson(body.ToArray()) && (source is ParameterSource.Json || Parameters.TryAdd(Body));
        reader.AdvanceTo(body.End);
        return sound;
    }

    private bool TryTakeText(byte[] utf8)
    {
        if (!Utf8.IsValid(utf8))
            return false;

        Text = Encoding.UTF8.GetString(utf8);
        return true;
    }

    private bool TryTakeJson(byte[] utf8)
    {
        if (StrictJson.ReadObject(utf8) is not { } root)
            return false;

        Body = new JsonBody(root);
        return true;
    }
}
