using System.Globalization;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>Instants as the platform writes them: <c>yyyy-MM-dd HH:mm:ss</c> in China's time, or milliseconds since 1970.</summary>
internal static class Times
{
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    private static readonly TimeSpan s_china = TimeSpan.FromHours(8);

    /// <summary>Empty for none.</summary>
    public static string Write(DateTimeOffset? instant) =>
        instant?.ToOffset(s_china).ToString(Format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Either form; null for a text that is neither.</summary>
    public static DateTimeOffset? Read(string text)
    {
        if (DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year is > 1970 and < 9999)
            return new DateTimeOffset(local, s_china);

        return ClientId.Number(text) is { } milliseconds and >= 0 and < 253_000_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }
}
