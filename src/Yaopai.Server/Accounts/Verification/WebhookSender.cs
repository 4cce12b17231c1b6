using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>Posts codes to the operator's own receiver, which has the means to send them on.</summary>
internal sealed class WebhookSender : IVerificationSender, IDisposable
{
    private readonly ILogger<WebhookSender> _log;
    private readonly SignedWebhook? _webhook;

    public WebhookSender(IOptions<VerificationOptions> options, TimeProvider time, ILogger<WebhookSender> log)
    {
        _log = log;
        if (options.Value is { Webhook: { } address, WebhookSecret: { } secret } set)
            _webhook = new SignedWebhook(address, secret, set.WebhookTimeout, time);
    }

    public async Task<bool> TrySendAsync(VerificationMessage message, CancellationToken ct)
    {
        if (_webhook is null)
        {
            _log.VerificationUnconfigured();
            return false;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { to = message.To, code = message.Code, expires_in = (long)message.Lifetime.TotalSeconds });
        var trouble = await _webhook.PostAsync(body, ct);
        if (trouble is not null)
            _log.VerificationUndelivered(trouble);
        return trouble is null;
    }

    public void Dispose() => _webhook?.Dispose();
}
