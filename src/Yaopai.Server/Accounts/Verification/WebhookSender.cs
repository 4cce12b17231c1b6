using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>Posts codes to the operator's own receiver, which has the means to send them on.</summary>
/// <remarks>The signature is the HMAC-SHA256 of the instant, a dot and the body: what was heard once cannot be said again later.</remarks>
internal sealed class WebhookSender : IVerificationSender, IDisposable
{
    public const string SignatureHeader = "X-Yaopai-Signature";

    private readonly VerificationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<WebhookSender> _log;
    private readonly HttpMessageInvoker _http;

    public WebhookSender(IOptions<VerificationOptions> options, TimeProvider time, ILogger<WebhookSender> log)
    {
        (_options, _time, _log) = (options.Value, time, log);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the code is for the receiver that the operator named
            UseCookies = false,
            ConnectTimeout = _options.WebhookTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // names are looked up again
            ActivityHeadersPropagator = null,
        });
    }

    public async Task<bool> TrySendAsync(VerificationMessage message, CancellationToken ct)
    {
        if (_options.Webhook is not { } webhook)
        {
            _log.VerificationUnconfigured();
            return false;
        }

        using var late = new CancellationTokenSource(_options.WebhookTimeout, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var request = RequestOf(webhook, message);
            using var response = await _http.SendAsync(request, deadline.Token);
            if (!response.IsSuccessStatusCode)
                _log.VerificationUndelivered($"HTTP {(int)response.StatusCode}");
            return response.IsSuccessStatusCode;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            _log.VerificationUndelivered("no answer in time");
            return false;
        }
        catch (HttpRequestException exception)
        {
            _log.VerificationUndelivered($"{exception.HttpRequestError}");
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(string webhook, VerificationMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { to = message.To, code = message.Code, expires_in = (long)message.Lifetime.TotalSeconds });
        var instant = _time.GetUtcNow().ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{instant}."), .. body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_options.WebhookSecret!), signed);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SignatureHeader, $"t={instant},v1={Convert.ToHexStringLower(signature)}");
        return request;
    }
}
