using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Recognition;

/// <summary>Asks the operator's own face engine over HTTP.</summary>
/// <remarks>
/// <c>POST /detect {"image","attributes"}</c> answers <c>{"faces":[{"box":{"left","top","width","height"},"attributes":{…}}]}</c>,
/// <c>POST /compare {"image1","image2"}</c> answers <c>{"similarity","face1","face2"}</c>. Any other answer is a failure.
/// </remarks>
internal sealed class HttpFaceEngine : IFaceEngine, IDisposable
{
    private const int LargestAnswer = 256 * 1024;

    private readonly RecognitionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<HttpFaceEngine> _log;
    private readonly IRecognitionSeam? _seam;
    private readonly HttpMessageInvoker _http;

    public HttpFaceEngine(
        IOptions<RecognitionOptions> options, TimeProvider time, ILogger<HttpFaceEngine> log, IRecognitionSeam? seam = null)
    {
        (_options, _time, _log, _seam) = (options.Value, time, log, seam);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // faces are for the engine that the operator named
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None, // what is read is what was counted
            ConnectTimeout = _options.FaceTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // names are looked up again
            ActivityHeadersPropagator = null,
        });
    }

    public Task<IReadOnlyList<Face>?> DetectAsync(Picture picture, string attributes, CancellationToken ct) => AskAsync(
        "detect", new Dictionary<string, string> { ["image"] = Base64(picture), ["attributes"] = attributes }, ReadFaces, ct);

    public Task<FaceComparison?> CompareAsync(Picture first, Picture second, CancellationToken ct) => AskAsync(
        "compare", new Dictionary<string, string> { ["image1"] = Base64(first), ["image2"] = Base64(second) }, ReadComparison, ct);

    public void Dispose() => _http.Dispose();

    private static string Base64(Picture picture) => Convert.ToBase64String(picture.Bytes.Span);

    private async Task<T?> AskAsync<T>(string path, Dictionary<string, string> asked, Func<JsonElement, T?> read, CancellationToken ct)
        where T : class
    {
        if (_options.FaceEngine is not { } engine)
        {
            _log.FaceEngineFailed("Recognition:FaceEngine names none");
            return null;
        }

        if (_seam is { IsAway: true })
            return Failed<T>("the sandbox has taken it away");

        using var late = new CancellationTokenSource(_options.FaceTimeout, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{engine.TrimEnd('/')}/{path}");
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(asked));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (_options.FaceEngineKey is { } key)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var response = await _http.SendAsync(request, deadline.Token);
            if (response.StatusCode is not HttpStatusCode.OK)
                return Failed<T>($"HTTP {(int)response.StatusCode}");

            using var answer = JsonDocument.Parse(await ReadAsync(response.Content, deadline.Token));
            return read(answer.RootElement) ?? Failed<T>("not the answer that was asked for");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed<T>("no answer in time");
        }
        catch (HttpRequestException exception)
        {
            return Failed<T>($"{exception.HttpRequestError}");
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return Failed<T>("its answer cannot be read");
        }
    }

    private T? Failed<T>(string reason) where T : class
    {
        _log.FaceEngineFailed(reason);
        return null;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken ct)
    {
        var read = new ArrayBufferWriter<byte>();
        await using var stream = await content.ReadAsStreamAsync(ct);
        while (await stream.ReadAsync(read.GetMemory(4096), ct) is > 0 and var count)
        {
            read.Advance(count);
            if (read.WrittenCount > LargestAnswer)
                throw new IOException("The answer is too long.");
        }

        return read.WrittenMemory;
    }

    private static IReadOnlyList<Face>? ReadFaces(JsonElement answer)
    {
        if (Member(answer, "faces", JsonValueKind.Array) is not { } array)
            return null;

        Face[] faces = [.. array.EnumerateArray().Select(ReadFace).OfType<Face>()];
        return faces.Length == array.GetArrayLength() ? faces : null;
    }

    private static FaceComparison? ReadComparison(JsonElement answer) =>
        Number(answer, "similarity") is { } similarity and >= 0 and <= 1
        && Member(answer, "face1", JsonValueKind.Object) is { } one && ReadFace(one) is { } first
        && Member(answer, "face2", JsonValueKind.Object) is { } other && ReadFace(other) is { } second
            ? new(similarity, first, second)
            : null;

    private static Face? ReadFace(JsonElement face) =>
        Member(face, "box", JsonValueKind.Object) is { } box
        && Number(box, "left") is { } left && Number(box, "top") is { } top
        && Number(box, "width") is { } width && Number(box, "height") is { } height
            ? new(new(left, top, width, height), Attributes(face))
            : null;

    private static Dictionary<string, string> Attributes(JsonElement face)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Member(face, "attributes", JsonValueKind.Object) is { } attributes)
        {
            foreach (var attribute in attributes.EnumerateObject())
                read[attribute.Name] = attribute.Value.GetRawText();
        }

        return read;
    }

    private static JsonElement? Member(JsonElement of, string name, JsonValueKind kind) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static double? Number(JsonElement of, string name) =>
        Member(of, name, JsonValueKind.Number) is { } value && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : null;
}
