using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace Yaopai.Server.Accounts.SecondFactors;

/// <summary>Codes of RFC 6238 as every authenticator app makes them: six digits of HMAC-SHA-1, a new one every thirty seconds.</summary>
internal static class TimeCode
{
    public const int Digits = 6;

    /// <summary>Clocks of phones differ a little (RFC 6238 §5.2): a code is good one step before its time, and one after.</summary>
    private const int Window = 1;

    /// <summary>As long as the HMAC's result (RFC 4226 §4, R6).</summary>
    private const int SecretLength = 20;

    public static TimeSpan Step { get; } = TimeSpan.FromSeconds(30);

    public static byte[] NewSecret() => Randomness.GetBytes(SecretLength);

    /// <summary>As a person types it into an app: base32 without padding.</summary>
    public static string TextOf(byte[] secret) => Base32Encoding.ToString(secret).TrimEnd('=');

    /// <summary>Null for what is no secret, or too short or too long for one.</summary>
    public static byte[]? TryReadSecret(string text)
    {
        const int shortest = 16, longest = 128;
        var plain = text.Replace(" ", "", StringComparison.Ordinal).TrimEnd('=').ToUpperInvariant();
        return plain.Length is >= shortest and <= longest && plain.All(c => c is (>= 'A' and <= 'Z') or (>= '2' and <= '7'))
            ? Base32Encoding.ToBytes(plain)
            : null;
    }

    /// <summary>What an app reads from a QR code.</summary>
    public static string AddressOf(byte[] secret, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}"
        + $"?secret={TextOf(secret)}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={Step.TotalSeconds}";

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    public static DateTimeOffset StartOf(long step) => DateTimeOffset.FromUnixTimeSeconds(step * (long)Step.TotalSeconds);

    public static string At(byte[] secret, long step) =>
        new Totp(secret, (int)Step.TotalSeconds, OtpHashMode.Sha1, Digits).ComputeTotp(StartOf(step).UtcDateTime);

    /// <summary>The step whose code it is; null for another code. As long for either.</summary>
    public static long? Match(byte[] secret, string code, DateTimeOffset now)
    {
        var typed = Encoding.UTF8.GetBytes(code);
        long? match = null;
        for (var step = StepAt(now) - Window; step <= StepAt(now) + Window; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(At(secret, step))))
                match = step;
        }

        return match;
    }
}
