using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Accounts.Verification;

public sealed class WebhookSenderTests
{
    private static readonly string s_secret = new('s', 32);

    [Fact]
    public async Task A_receiver_gets_codes_and_notices_signed()
    {
        using var receiver = new HttpListener();
        var address = Listen(receiver);
        using var sender = new WebhookSender(
            Options.Create(new VerificationOptions { Webhook = address, WebhookSecret = s_secret }), TimeProvider.System,
            NullLogger<WebhookSender>.Instance);

        var (sent, code) = await PostAsync(sender, receiver, new("+8613800138000", "123456", Samples.Noon, TimeSpan.FromMinutes(10)));
        Assert.True(sent);
        Assert.Equal(("+8613800138000", "code", "123456"), (Text(code, "to"), Text(code, "kind"), Text(code, "code")));
        Assert.Equal(600, code.GetProperty("expires_in").GetInt64());
        Assert.Contains("123456", Text(code, "text_zh"));

        var (_, notice) = await PostAsync(
            sender, receiver, VerificationMessage.Notice(MessageKind.PasswordChanged, "+8613800138000", Samples.Noon));
        Assert.Equal("password_changed", Text(notice, "kind"));
        Assert.False(notice.TryGetProperty("code", out _));
        Assert.Contains("The password of your account was changed at 2026-03-01 12:00 UTC", Text(notice, "text_en"));
    }

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();

    /// <summary>On a port that is free.</summary>
    private static string Listen(HttpListener listener)
    {
        using (var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            listener.Prefixes.Add($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/");
        }

        listener.Start();
        return listener.Prefixes.Single();
    }

    private static async Task<(bool Sent, JsonElement Body)> PostAsync(
        WebhookSender sender, HttpListener receiver, VerificationMessage message)
    {
        var sending = sender.TrySendAsync(message, default);
        var call = await receiver.GetContextAsync();
        using var body = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(body);
        var signature = call.Request.Headers[SignedWebhook.SignatureHeader]!.Split(',');
        var signed = Encoding.UTF8.GetBytes($"{signature[0]["t=".Length..]}.").Concat(body.ToArray()).ToArray();
        Assert.Equal(
            "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(s_secret), signed)), signature[1]);
        call.Response.Close();
        return (await sending, JsonSerializer.Deserialize<JsonElement>(body.ToArray()));
    }
}
