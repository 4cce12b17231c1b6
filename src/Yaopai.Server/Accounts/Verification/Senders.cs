namespace Yaopai.Server.Accounts.Verification;

/// <summary>The operator's ways to people: mail by the mail server, where one is named, and everything else by the receiver.</summary>
internal sealed class Senders(WebhookSender webhook, MailSender mail) : IVerificationSender
{
    public bool Reaches(bool byMail) => webhook.IsConfigured || (byMail && mail.IsConfigured);

    public Task<bool> TrySendAsync(VerificationMessage message, CancellationToken ct) =>
        message.IsMail && mail.IsConfigured ? mail.TrySendAsync(message, ct) : webhook.TrySendAsync(message, ct);
}
