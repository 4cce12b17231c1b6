using Yaopai.Server.Apps;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>Tells people what was done to their accounts, by the ways to them that they have proved.</summary>
internal sealed class AccountNotices(MessagePost post, VerificationCodes codes, IAppClock clock)
{
    /// <summary>Of one kind, to one person, in a day: whoever has a password must not fill its owner's phone.</summary>
    private const int Most = 10;

    /// <param name="address">From where it was done; empty where that is not known.</param>
    public async Task TellAsync(Account account, MessageKind kind, string address, CancellationToken ct)
    {
        string[] ways = [.. WaysTo(account)];
        if (ways.Length == 0 || !await codes.TryCountNoticeAsync($"{kind} {account.Id}", Most, ct))
            return;

        foreach (var to in ways)
            await post.PostAsync(VerificationMessage.Notice(kind, to, clock.Now, address), ct);
    }

    /// <summary>Where somebody is who is entitled to know: an address that nobody has proved may be anybody's.</summary>
    public static IEnumerable<string> WaysTo(Account account) =>
        [.. new[] { MailOf(account), NumberOf(account) }.OfType<string>()];

    public static string? MailOf(Account account) => account is { EmailVerified: true, Email: { } mail } ? mail : null;

    public static string? NumberOf(Account account) =>
        account.ProvedPhone is { } phone ? $"+{phone.CallingCode}{phone.National}" : null;
}
