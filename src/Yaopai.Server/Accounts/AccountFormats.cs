using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Yaopai.Server.Accounts;

/// <summary>What the fields of an account may look like, and how its ids are made.</summary>
internal static partial class AccountFormats
{
    public const int LongestName = 64;

    private const int LongestAddress = 2048;
    private const int LongestMail = 254; // RFC 5321 §4.5.3.1.3

    public static bool IsName(string value) =>
        value.EnumerateRunes().Count() is >= 1 and <= LongestName && !string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl);

    public static bool IsRegion(string value) => RegionFormat.IsMatch(value);

    public static bool IsMail(string value) => value.Length <= LongestMail && MailFormat.IsMatch(value);

    public static bool IsAvatar(string value) => TryAddress(value, out var uri) && uri.Scheme is "https";

    public static bool TryAddress(string value, [NotNullWhen(true)] out Uri? uri)
    {
        uri = null;
        return value.Length <= LongestAddress && value.All(c => c is > ' ' and < '\x7f' and not '\\') && value is not ['/', ..]
            && Uri.TryCreate(value, UriKind.Absolute, out uri);
    }

    /// <summary>Of an account or a phone number: twelve random digits, which say nothing of how many there are.</summary>
    public static long NewId() =>
        (Randomness.GetInt32(100_000, 1_000_000) * 1_000_000L) + Randomness.GetInt32(1_000_000);

    [GeneratedRegex(@"^[A-Z]{2}\z")]
    private static partial Regex RegionFormat { get; }

    [GeneratedRegex(@"^[^@\s\p{C}]{1,64}@[^@\s\p{C}.]+(\.[^@\s\p{C}.]+)+\z")]
    private static partial Regex MailFormat { get; }
}
