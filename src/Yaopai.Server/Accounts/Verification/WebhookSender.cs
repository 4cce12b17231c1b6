using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>Posts messages to the operator's own receiver, which has the means to send them on.</summary>
internal sealed class WebhookSender : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly ILogger<WebhookSender> _log;
    private readonly SignedWebhook? _webhook;

    public WebhookSender(IOptions<VerificationOptions> options, TimeProvider time, ILogger<WebhookSender> log)
    {
        _log = log;
        if (options.Value is { Webhook: { } address, WebhookSecret: { } secret } set)
            _webhook = new SignedWebhook(address, secret, set.WebhookTimeout, time);
    }

    public bool IsConfigured => _webhook is not null;

    public async Task<bool> TrySendAsync(VerificationMessage message, CancellationToken ct)
    {
        if (_webhook is null)
        {
            _log.VerificationUnconfigured();
            return false;
        }

        var trouble = await _webhook.PostAsync(JsonSerializer.SerializeToUtf8Bytes(BodyOf(message), s_json), ct);
        if (trouble is not null)
            _log.VerificationUndelivered(trouble);
        return trouble is null;
    }

    public void Dispose() => _webhook?.Dispose();

    private static Body BodyOf(VerificationMessage message)
    {
        var (zh, en) = MessageTexts.TextOf(message);
        var isNotice = message.Code is "";
        return new(
            message.To, JsonNamingPolicy.SnakeCaseLower.ConvertName($"{message.Kind}"), isNotice ? null : message.Code,
            isNotice ? null : (long)message.Lifetime.TotalSeconds, zh, en);
    }

    /// <summary>A notice has no code.</summary>
    private sealed record Body(string To, string Kind, string? Code, long? ExpiresIn, string TextZh, string TextEn);
}
