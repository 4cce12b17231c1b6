using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Upstreams.WeChat;

/// <summary>One question to WeChat and its answer, read whatever it says of its content type.</summary>
internal sealed class WeChatTransport(
    UpstreamHttp http, IOptions<UpstreamOptions> options, TimeProvider time, ILogger<WeChatTransport> log, IOwnAddress? own = null)
{
    private const int LongestAnswer = 256 * 1024;

    public Task<WeChatAnswer<WeChatBody>> GetAsync(
        WeChatAccount account, string path, (string Name, string Value)[] query, CancellationToken ct, bool twice = false) =>
        AskAsync(account, path, query, body: null, twice, ct);

    public Task<WeChatAnswer<WeChatBody>> PostAsync(
        WeChatAccount account, string path, (string Name, string Value)[] query, object body, CancellationToken ct, bool twice = false) =>
        AskAsync(account, path, query, JsonSerializer.SerializeToUtf8Bytes(body), twice, ct);

    /// <param name="twice">Ask once more when no connection came about. Only where asking uses up nothing.</param>
    private async Task<WeChatAnswer<WeChatBody>> AskAsync(
        WeChatAccount account, string path, (string Name, string Value)[] query, byte[]? body, bool twice, CancellationToken ct)
    {
        if (AddressOf(account, path, query) is not { } address)
            return Report(account, path, WeChatFault.Unavailable("the account's address is one of this server, which has no sandbox"));

        var (answer, connected) = await TryAsync(address, body, ct);
        if (!connected && twice)
            (answer, _) = await TryAsync(address, body, ct);

        return answer.Fault is { } fault ? Report(account, path, fault) : answer;
    }

    private WeChatFault Report(WeChatAccount account, string path, WeChatFault fault)
    {
        if (fault.Kind is WeChatFaultKind.CodeInvalid or WeChatFaultKind.TokenInvalid)
            log.UpstreamSaidNo(path, account.AppId, fault.Reason); // what callers and time bring about
        else
            log.UpstreamFailed(path, account.AppId, fault.Reason);
        return fault;
    }

    private async Task<(WeChatAnswer<WeChatBody> Answer, bool Connected)> TryAsync(Uri address, byte[]? body, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(options.Value.Timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address);
            if (body is not null)
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") { CharSet = "utf-8" } } };
            using var response = await http.SendAsync(request, deadline.Token);
            return (await ReadAsync(response, deadline.Token), true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (WeChatFault.Unavailable($"no answer within {options.Value.Timeout.TotalSeconds:0.###} s"), true);
        }
        catch (HttpRequestException exception)
        {
            var unreached = exception.HttpRequestError
                is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return (WeChatFault.Unavailable($"{exception.HttpRequestError}"), !unreached);
        }
        catch (IOException)
        {
            return (WeChatFault.Unavailable("the answer broke off"), true);
        }
    }

    private static async Task<WeChatAnswer<WeChatBody>> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (status >= 500)
            return WeChatFault.Unavailable($"HTTP {status}");

        if (await ReadBodyAsync(response, ct) is not { } body)
            return WeChatFault.Unavailable("the answer is too large");

        if (Parse(body) is not { } answer)
            return WeChatFault.Unavailable($"HTTP {status}, and no JSON object") with
            {
                IsUnknownOperation = response.StatusCode is HttpStatusCode.NotFound,
            };

        return answer.Number("errcode") switch
        {
            not (null or 0) and var errCode => WeChatFault.Of(errCode.Value),
            null when answer.Find("errcode") is not null => WeChatFault.Unavailable("an errcode that is no number"),
            _ when status is < 200 or > 299 => WeChatFault.Unavailable($"HTTP {status}"),
            _ => new WeChatBody(answer),
        };
    }

    /// <summary>Null when it is too large.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + read > LongestAnswer)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Uri? AddressOf(WeChatAccount account, string path, (string Name, string Value)[] query)
    {
        var address = $"{account.BaseUrl.TrimEnd('/')}{path}?"
            + string.Join('&', query.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        return account.BaseUrl is not ['/', ..] ? new Uri(address) : own?.Find() is { } here ? new Uri(here, address) : null;
    }
}
