using System.Globalization;
using Yaopai.Server.Accounts;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Admin;

/// <summary>What an operator's values must look like. Each says what is wrong, as the end of a sentence; null when nothing is.</summary>
internal static class Formats
{
    private static readonly string[] s_instants = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    public static string? Name(string value) =>
        AccountFormats.IsName(value) ? null : $"must have 1 to {AccountFormats.LongestName} characters and no control characters";

    public static string? Region(string value) => AccountFormats.IsRegion(value) ? null : "must be two upper-case letters: CN, HK, RU";

    public static string? Mail(string value) =>
        AccountFormats.IsMail(value) ? null : "must be a mail address: name@example.com";

    public static string? Avatar(string value) =>
        AccountFormats.IsAvatar(value) ? null : "must be an https address: https://example.com/me.png";

    public static string? Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "must be a number from 0";

    public static string? Instant(string value) =>
        TryInstant(value, out _) ? null : "must be a date or time in UTC: 2026-01-31, 2026-01-31T08:00:00Z";

    /// <summary>What follows the @ in the ids of an organisation's people.</summary>
    public static string? Domain(string value) =>
        TenantFormats.IsDomain(value) ? null : "must have 1 to 64 lower-case letters and digits, with . or - between them";

    /// <summary>An id that others choose.</summary>
    public static string? Key(string value) =>
        TenantFormats.IsKey(value) ? null : $"must have 1 to {TenantFormats.LongestKey} characters and no spaces";

    public static bool TryInstant(string value, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        value, s_instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    public static bool TryTenant(string value, out long id) => TenantFormats.TryReadId(value, out id);

    public static string Tenant(long id) => TenantFormats.WriteId(id);
}
