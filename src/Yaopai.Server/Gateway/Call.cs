using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Gateway;

/// <summary>One request on its way through a surface.</summary>
/// <param name="known">The names that its surface reads, each of which may stand once; null for all.</param>
/// <param name="receivedAt">By <see cref="HybridClock"/>. Credentials are dated by it, so a revocation that arrives meanwhile wins.</param>
internal sealed class Call(
    HttpContext http, string path, GatewayOptions limits, IReadOnlySet<string>? known, IAppClock clock, DateTimeOffset receivedAt,
    CancellationToken deadline)
{
    /// <summary>More than names and credentials take; one of them that is far too long still earns its own error.</summary>
    public const int SmallBody = 256 * 1024;

    private Failure? _trouble;
    private Func<Reason?>? _why;
    private (long AppId, DateTimeOffset Now)? _now;
    private bool _isRead;

    public HttpContext Http => http;

    /// <summary>The path within the surface: <c>/oauth2/v3/token</c>.</summary>
    public string Path => path;

    /// <summary>What stands behind the last slash of the path.</summary>
    public string LastSegment => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Where the caller found the surface: what addresses in answers begin with.</summary>
    public string Address => $"{PublicAddress.OriginOf(http.Request)}{http.Request.PathBase}{Root}";

    /// <summary>The path at which the caller found the surface; empty at its own hosts.</summary>
    public string Root => http.Request.Path.Value![..^path.Length];

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

    /// <summary>Over HTTP/2 a body needs neither length nor encoding (RFC 9113 §8.1).</summary>
    public bool HasBody => http.Request.ContentLength is { } length
        ? length > 0
        : http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true;

    /// <summary>Empty until they are read.</summary>
    public Parameters Parameters { get; private set; } = Parameters.None;

    /// <summary>Goes on with a request that its sender left with before, and that comes back under a name.</summary>
    public void GoOnWith(Parameters before) => Parameters = before;

    /// <summary>The app that calls, as far as the request names one that exists.</summary>
    public App? App
    {
        get;
        set
        {
            field = value;
            if (value is not null)
                Randomness.Concern(value.Id);
        }
    }

    /// <summary>The caller, where the call around this one proved it: in the surface's own type.</summary>
    public object? Caller { get; private init; }

    /// <summary>A call inside this one, by the same caller: it has its own parameters and nothing to read.</summary>
    public Call Inside(string itsPath, Parameters itsParameters, object itsCaller) =>
        new(http, itsPath, limits, known, clock, receivedAt, deadline)
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
    /// <param name="most">The largest body that there is use for.</param>
    public async ValueTask<Failure?> ReadAsync(ParameterSource source, int most = int.MaxValue)
    {
        if (!_isRead)
            (_trouble, _isRead) = (await ReadOnceAsync(source, Math.Min(most, limits.MaxBodyBytes)), true);

        return _trouble;
    }

    private async ValueTask<Failure?> ReadOnceAsync(ParameterSource source, int most)
    {
        var request = http.Request;
        var sound = Parameters.TryRead(request.QueryString.Value, out var parameters, known);
        Parameters = parameters;
        if (!sound)
            return Unparsable();

        // JSON has to say that it is JSON, even where nothing follows: documented clients always do, and forms of foreign pages cannot.
        if (source is ParameterSource.Json && !BodyContentType.IsJson(request))
            return Because(Failure.UnsupportedMediaType, () => BodyContentType.WhyNot(http.Request, BodyContentType.Json));

        if (!HasBody || source is ParameterSource.Query)
            return source is ParameterSource.Json
                ? Because(Failure.Unparsable, static () => "there is no body; a JSON object is read")
                : null;

        var isJson = source is ParameterSource.Json
            || (source is ParameterSource.FormOrJson or ParameterSource.QueryOrJson && BodyContentType.IsJson(request));
        var isReadable = isJson || source is ParameterSource.Text
            || (source is not ParameterSource.QueryOrJson && BodyContentType.IsForm(request));
        if (!isReadable && request.ContentLength is not null)
            return OfAnotherType(source);

        if (request.ContentLength > most)
            return TooLarge(most);

        return await ReadBodyAsync(request.BodyReader, most, source, isJson, isReadable);
    }

    /// <remarks>The reader is told of the deadline, and not its read: a read that is cancelled counts as one that goes on.</remarks>
    private async ValueTask<Failure?> ReadBodyAsync(PipeReader reader, int most, ParameterSource source, bool isJson, bool isReadable)
    {
        try
        {
            while (true)
            {
                var reading = reader.ReadAsync(CancellationToken.None);
                var read = reading.IsCompletedSuccessfully ? reading.Result : await InTimeAsync(reading, reader);
                if (read.IsCanceled)
                {
                    reader.AdvanceTo(read.Buffer.Start);
                    return Because(Failure.DeadlinePassed, static () => "the body was still coming");
                }

                if (read.Buffer.Length > most)
                {
                    // or the server could not read on to the next request, and would cut the connection
                    reader.AdvanceTo(read.Buffer.End);
                    return TooLarge(most);
                }

                if (!isReadable && !read.Buffer.IsEmpty)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    return OfAnotherType(source);
                }

                if (read.IsCompleted)
                    return !isReadable || TryTake(source, isJson, reader, read.Buffer) ? null : Unparsable();

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // A read that ends in this way counts as one that goes on, and the server would read on to find the next request.
            if (exception is ConnectionResetException or OperationCanceledException)
                http.Abort();

            return Because(Failure.Unparsable, static () => "the body ended before its end, or its framing is broken");
        }
    }

    private async ValueTask<ReadResult> InTimeAsync(ValueTask<ReadResult> reading, PipeReader reader)
    {
        await using var _ = deadline.UnsafeRegister(static waiting => ((PipeReader)waiting!).CancelPendingRead(), reader);
        return await reading;
    }

    /// <summary>What came where nothing could be read, without any value of it; null where all could.</summary>
    public Reason? WhyUnreadable() => _why?.Invoke();

    private Failure TooLarge(int most) => Because(Failure.Unparsable, () => $"the body is larger than {most} bytes");

    private Failure OfAnotherType(ParameterSource source)
    {
        var expected = source switch
        {
            ParameterSource.QueryOrJson => BodyContentType.Json,
            ParameterSource.FormOrJson => $"{BodyContentType.Form} or {BodyContentType.Json}",
            _ => BodyContentType.Form,
        };
        return Because(Failure.Unparsable, () => BodyContentType.WhyNot(http.Request, expected));
    }

    private Failure Unparsable() => Parameters.Fault is { } fault
        ? Because(Parameters.AreTooMany ? Failure.TooManyParameters : Failure.Unparsable, () => fault)
        : Failure.Unparsable;

    private Failure Because(Failure failure, Func<Reason?> why)
    {
        _why = why;
        return failure;
    }

    private bool TryTake(ParameterSource source, bool isJson, PipeReader reader, in ReadOnlySequence<byte> body)
    {
        var content = WithoutMark(body);
        var sound = source is ParameterSource.Text ? TryTakeText(content.ToArray())
            : !isJson ? Parameters.TryAdd(content)
            : source is ParameterSource.QueryOrJson ? TryTakeJsonOrNull(content.ToArray())
            : TryTakeJson(content.ToArray()) && (source is ParameterSource.Json || Parameters.TryAdd(Body));
        reader.AdvanceTo(body.End);
        return sound;
    }

    /// <summary>A byte order mark says nothing in UTF-8, and some write one (RFC 8259 §8.1).</summary>
    private static ReadOnlySequence<byte> WithoutMark(in ReadOnlySequence<byte> body)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (body.FirstSpan.Length >= mark.Length)
            return body.FirstSpan.StartsWith(mark) ? body.Slice(mark.Length) : body;

        return new SequenceReader<byte>(body).IsNext(mark) ? body.Slice(mark.Length) : body;
    }

    private bool TryTakeText(byte[] utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            _why = static () => "the body is no UTF-8";
            return false;
        }

        Text = Encoding.UTF8.GetString(utf8);
        return true;
    }

    private bool TryTakeJsonOrNull(byte[] utf8) => utf8.AsSpan().Trim(" \t\r\n"u8).SequenceEqual("null"u8) || TryTakeJson(utf8);

    private bool TryTakeJson(byte[] utf8)
    {
        if (StrictJson.ReadObject(utf8) is not { } root)
        {
            _why = () => StrictJson.WhyNoObject(utf8);
            return false;
        }

        Body = new JsonBody(root);
        return true;
    }
}
