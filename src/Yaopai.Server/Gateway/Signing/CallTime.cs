using System.Globalization;

namespace Yaopai.Server.Gateway.Signing;

/// <summary>How callers date what they sign.</summary>
internal static class CallTime
{
    /// <summary>The platforms' own time, whatever the caller's is.</summary>
    private static readonly TimeSpan s_zone = TimeSpan.FromHours(8);

    /// <summary>A date and time in UTC+8, written in exactly one of these formats; null for anything else.</summary>
    public static DateTimeOffset? Read(string text, params string[] formats) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
        && local.Year is > 1 and < 9999
            ? new DateTimeOffset(local, s_zone)
            : null;
}
