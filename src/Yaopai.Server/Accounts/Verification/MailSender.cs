using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>Hands messages to the operator's mail server. They hold no address of this server: whoever asks for one chooses the name that
/// it is asked by.</summary>
internal sealed class MailSender(IOptions<MailOptions> options, TimeProvider time, ILogger<MailSender> log)
{
    public bool IsConfigured => options.Value.Host is not null;

    public async Task<bool> TrySendAsync(VerificationMessage message, CancellationToken ct)
    {
        var trouble = await SendAsync(message, ct);
        if (trouble is not null)
            log.VerificationUndelivered(trouble);
        return trouble is null;
    }

    /// <summary>Null when it was taken, else what went wrong.</summary>
    private async Task<string?> SendAsync(VerificationMessage message, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(options.Value.Timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var mail = MailOf(message);
            using var client = new SmtpClient();
            await client.ConnectAsync(options.Value.Host!, options.Value.Port, SecurityOf(options.Value.Security), deadline.Token);
            if (options.Value.User is { } user)
                await client.AuthenticateAsync(user, options.Value.Password!, deadline.Token);
            await client.SendAsync(mail, deadline.Token);
            await client.DisconnectAsync(quit: true, deadline.Token);
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "the mail server did not answer in time";
        }
        catch (ParseException)
        {
            return "the address is none that mail can be sent to";
        }
        catch (SmtpCommandException exception)
        {
            return $"the mail server answered {(int)exception.StatusCode} ({exception.ErrorCode})"; // its words may hold the address
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or SslHandshakeException
            or ProtocolException or ServiceNotConnectedException or NotSupportedException)
        {
            return $"the mail server could not be used: {exception.GetType().Name}";
        }
    }

    private MimeMessage MailOf(VerificationMessage message)
    {
        var (zh, en) = MessageTexts.TextOf(message);
        var mail = new MimeMessage { Subject = MessageTexts.SubjectOf(message), Date = time.GetUtcNow() };
        mail.From.Add(MailboxAddress.Parse(options.Value.From!));
        mail.To.Add(new MailboxAddress("", message.To));
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: nobody who is away answers it
        mail.Body = new TextPart("plain") { Text = $"{zh}\n\n{en}\n" };
        return mail;
    }

    private static SecureSocketOptions SecurityOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
