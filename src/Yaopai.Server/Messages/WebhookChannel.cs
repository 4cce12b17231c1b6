using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts.Verification;

namespace Yaopai.Server.Messages;

/// <summary>Posts messages to the operator's own receiver, where one is named.</summary>
internal sealed class WebhookChannel : IMessageChannel, IDisposable
{
    private readonly ILogger<WebhookChannel> _log;
    private readonly SignedWebhook? _webhook;

    public WebhookChannel(IOptions<MessageOptions> options, TimeProvider time, ILogger<WebhookChannel> log)
    {
        _log = log;
        if (options.Value is { Webhook: { } address, WebhookSecret: { } secret } set)
            _webhook = new SignedWebhook(address, secret, set.WebhookTimeout, time);
    }

    public async Task<bool> TryDeliverAsync(Delivery delivery, CancellationToken ct)
    {
        if (_webhook is null)
            return true;

        var trouble = await _webhook.PostAsync(BodyOf(delivery), ct);
        if (trouble is not null)
            _log.MessageUndelivered(trouble);
        return trouble is null;
    }

    public void Dispose() => _webhook?.Dispose();

    private static byte[] BodyOf(Delivery delivery)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("id", $"{delivery.Message.Id}");
            json.WriteString("tenant", $"{delivery.Message.TenantId:X16}");
            json.WriteString("app", $"{delivery.Message.AppId}");
            Write(json, delivery);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Delivery delivery)
    {
        switch (delivery)
        {
            case Sending { Message: var message, Recipients: var to }:
                json.WriteString("event", "sent");
                json.WriteString("kind", $"{message.Kind}");
                json.WriteString("public_account", message.PublicAccountId);
                json.WriteString("owner", message.Owner);
                Write(json, "title", message.Title);
                Write(json, "content", message.Content);
                Write(json, message.Status);
                json.WritePropertyName("details");
                json.WriteRawValue(message.Details);
                json.WriteNumber("sent_at", message.SentAt.ToUnixTimeMilliseconds());
                Write(json, "users", to.UserIds);
                json.WriteStartArray("audiences");
                foreach (var (kind, key) in to.Audiences)
                    json.WriteStringValue(key is "" ? $"{kind}" : $"{kind}:{key}");
                json.WriteEndArray();
                break;
            case StatusChange it:
                json.WriteString("event", "changed");
                Write(json, it.Status);
                Write(json, "users", it.UserIds);
                break;
            case Recall it:
                json.WriteString("event", "recalled");
                json.WriteNumber("recalled_at", it.At.ToUnixTimeMilliseconds());
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, MessageStatus status)
    {
        json.WriteString("status", status.Text);
        json.WriteString("status_color", status.Color);
    }

    private static void Write(Utf8JsonWriter json, string name, Bilingual text)
    {
        json.WriteStartObject(name);
        json.WriteString("zh", text.Zh);
        json.WriteString("en", text.En);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
