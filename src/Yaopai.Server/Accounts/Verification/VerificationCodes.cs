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

/// <summary>Codes that prove that a person holds a phone number.</summary>
/// <remarks>
/// A code is for one purpose: who asks for codes to somebody's number for a purpose of their own spends no tries of that person's code.
/// Whether a number is known here plays no part.
/// </remarks>
internal sealed class VerificationCodes(
    IVerificationStore store, IVerificationSender sender, KeyRing keys, IAppClock clock, IOptions<VerificationOptions> options)
{
    public const int Digits = 6;
    public const int MostTries = 5;

    private const int LengthOfHash = 16;

    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(1);

    /// <param name="purpose">What the code is good for, and nothing else.</param>
    public async Task<SendOutcome> SendAsync(string purpose, NewPhoneNumber number, IPAddress peer, CancellationToken ct)
    {
        var (subject, now) = (SubjectOf(purpose, number), clock.Now);
        var code = Randomness.GetInt32(1_000_000).ToString($"d{Digits}");
        CodeQuota[] quotas =
        [
            new(Derive("verification number"u8, TextOf(number)), options.Value.CodesPerNumber, Pause),
            new(Derive("verification address"u8, $"{NetworkKey.Of(peer)}"), options.Value.CodesPerAddress, TimeSpan.Zero),
        ];
        if (!await store.TryAddAsync(new(subject, CodeOf(subject, code), now, now + Lifetime), quotas, ct))
            return SendOutcome.Throttled;

        return await sender.TrySendAsync(new(TextOf(number), code, now, Lifetime), ct) ? SendOutcome.Sent : SendOutcome.Undelivered;
    }

    /// <summary>Whether it is the code; a try is gone either way.</summary>
    public async Task<bool> MatchesAsync(string purpose, NewPhoneNumber number, string code, CancellationToken ct)
    {
        var subject = SubjectOf(purpose, number);
        return await store.TakeTryAsync(subject, MostTries, clock.Now, ct) is { } right
            && CryptographicOperations.FixedTimeEquals(right, CodeOf(subject, code));
    }

    /// <summary>Uses up a code that matches. False when another was first.</summary>
    public Task<bool> TryUseAsync(string purpose, NewPhoneNumber number, string code, CancellationToken ct)
    {
        var subject = SubjectOf(purpose, number);
        return store.TryUseAsync(subject, CodeOf(subject, code), ct);
    }

    private static string TextOf(NewPhoneNumber number) => $"+{number.CallingCode}{number.National}";

    private byte[] SubjectOf(string purpose, NewPhoneNumber number) => Derive("verification subject"u8, $"{purpose}\0{TextOf(number)}");

    private byte[] CodeOf(byte[] subject, string code) => Derive("verification code"u8, $"{Convert.ToHexString(subject)}\0{code}");

    private byte[] Derive(ReadOnlySpan<byte> label, string text)
    {
        Span<byte> derived = stackalloc byte[IdentifierKey.DerivedLength];
        keys.Derive(label, SHA256.HashData(Encoding.UTF8.GetBytes(text)), derived);
        return derived[..LengthOfHash].ToArray();
    }
}
