using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Accounts.Verification;

internal enum SendOutcome
{
    Sent,

    /// <summary>The number, or the address, had too many; or the last one was a moment ago.</summary>
    Throttled,

    /// <summary>It could not be handed on.</summary>
    Undelivered,
}

/// <summary>A code for somebody, who may be nobody.</summary>
/// <param name="Purpose">What the code is good for, and nothing else.</param>
/// <param name="Asked">Who was named: counted, and said when it is too often.</param>
/// <param name="Meant">Who is meant by it: counted too, and when it is too often nothing is sent and nothing said, because that would tell
/// who is meant.</param>
/// <param name="To">Null where there is nobody to send to: as much is done as if there were.</param>
internal sealed record CodeRequest(string Purpose, string Asked, IReadOnlyList<string> Meant, MessageKind Kind, string? To)
{
    /// <summary>What is sent instead of a code, to somebody who needs none.</summary>
    public MessageKind? Instead { get; init; }
}

/// <summary>Codes that prove that a person holds a phone number, or a mail address.</summary>
/// <remarks>
/// A code is for one purpose: who asks for codes to somebody's number for a purpose of their own spends no tries of that person's code.
/// Whether a number is known here plays no part.
/// </remarks>
internal sealed class VerificationCodes(
    IVerificationStore store, IVerificationSender sender, MessagePost post, KeyRing keys, IAppClock clock,
    IOptions<VerificationOptions> options)
{
    public const int Digits = 6;
    public const int MostTries = 5;

    private const int LengthOfHash = 16;

    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(1);

    /// <param name="purpose">What the code is good for, and nothing else.</param>
    public async Task<SendOutcome> SendAsync(string purpose, NewPhoneNumber number, IPAddress peer, CancellationToken ct)
    {
        var (code, now) = (NewCode(), clock.Now);
        if (!await TryAddAsync(PurposeOf(purpose, number), code, now, TextOf(number), peer, ct))
            return SendOutcome.Throttled;

        return await sender.TrySendAsync(new(TextOf(number), code, now, Lifetime), ct) ? SendOutcome.Sent : SendOutcome.Undelivered;
    }

    /// <summary>Sends a code in the background. False when too many were asked for; whether one was sent, nobody is told.</summary>
    public async Task<bool> TryPostAsync(CodeRequest request, IPAddress peer, CancellationToken ct)
    {
        var (code, now) = (NewCode(), clock.Now);
        if (!await TryAddAsync(request.Purpose, code, now, request.Asked, peer, ct))
            return false;

        var quotas = request.Meant.Select(whose => QuotaOf("verification meant"u8, whose, options.Value.CodesPerNumber));
        if (await store.TryCountAsync([.. quotas], now, ct) && request.To is { } to)
        {
            await post.PostAsync(request.Instead is { } notice
                ? VerificationMessage.Notice(notice, to, now)
                : new(to, code, now, Lifetime) { Kind = request.Kind }, ct);
        }

        return true;
    }

    /// <summary>Whether it is the code; a try is gone either way.</summary>
    public Task<bool> MatchesAsync(string purpose, NewPhoneNumber number, string code, CancellationToken ct) =>
        MatchesAsync(PurposeOf(purpose, number), code, ct);

    /// <summary>The same of a code that was posted.</summary>
    public async Task<bool> MatchesAsync(string purpose, string code, CancellationToken ct)
    {
        var subject = SubjectOf(purpose);
        return await store.TakeTryAsync(subject, MostTries, clock.Now, ct) is { } right
            && CryptographicOperations.FixedTimeEquals(right, CodeOf(subject, code));
    }

    /// <summary>Uses up a code that matches. False when another was first.</summary>
    public Task<bool> TryUseAsync(string purpose, NewPhoneNumber number, string code, CancellationToken ct) =>
        TryUseAsync(PurposeOf(purpose, number), code, ct);

    /// <summary>The same of a code that was posted.</summary>
    public Task<bool> TryUseAsync(string purpose, string code, CancellationToken ct)
    {
        var subject = SubjectOf(purpose);
        return store.TryUseAsync(subject, CodeOf(subject, code), ct);
    }

    /// <summary>Counts a notice. False when this was said too often today.</summary>
    public Task<bool> TryCountNoticeAsync(string whose, int limit, CancellationToken ct) =>
        store.TryCountAsync([QuotaOf("verification notice"u8, whose, limit)], clock.Now, ct);

    /// <summary>What a person typed, without what they put between; empty for what can be no code, so that a slip costs no try.</summary>
    public static string Read(string typed)
    {
        const int longest = 16; // some write it with spaces
        var code = typed.Length > longest ? "" : string.Concat(HalfWidth.Of(typed).Where(c => !char.IsWhiteSpace(c)));
        return code.Length is Digits && code.All(char.IsAsciiDigit) ? code : "";
    }

    private static string NewCode() => Randomness.GetInt32(1_000_000).ToString($"d{Digits}");

    private Task<bool> TryAddAsync(string purpose, string code, DateTimeOffset now, string asked, IPAddress peer, CancellationToken ct)
    {
        var subject = SubjectOf(purpose);
        CodeQuota[] quotas =
        [
            QuotaOf("verification number"u8, asked, options.Value.CodesPerNumber) with { Pause = Pause },
            QuotaOf("verification address"u8, $"{NetworkKey.Of(peer)}", options.Value.CodesPerAddress),
        ];
        return store.TryAddAsync(new(subject, CodeOf(subject, code), now, now + Lifetime), quotas, ct);
    }

    private static string TextOf(NewPhoneNumber number) => $"+{number.CallingCode}{number.National}";

    private static string PurposeOf(string purpose, NewPhoneNumber number) => $"{purpose}\0{TextOf(number)}";

    private byte[] SubjectOf(string purpose) => Derive("verification subject"u8, purpose);

    private byte[] CodeOf(byte[] subject, string code) => Derive("verification code"u8, $"{Convert.ToHexString(subject)}\0{code}");

    private CodeQuota QuotaOf(ReadOnlySpan<byte> label, string text, int limit) => new(Derive(label, text), limit, TimeSpan.Zero);

    private byte[] Derive(ReadOnlySpan<byte> label, string text)
    {
        Span<byte> derived = stackalloc byte[IdentifierKey.DerivedLength];
        keys.Derive(label, SHA256.HashData(Encoding.UTF8.GetBytes(text)), derived);
        return derived[..LengthOfHash].ToArray();
    }
}
