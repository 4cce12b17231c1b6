using System.Globalization;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>How callers date and number their calls.</summary>
internal static class Timestamps
{
    /// <summary>The platform's own time, whatever the caller's is.</summary>
    private static readonly TimeSpan s_zone = TimeSpan.FromHours(8);

    private const decimal Largest = 9_000_000_000_000;

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c>, or Unix seconds; null for anything else.</summary>
    public static DateTimeOffset? Read(string text)
    {
        if (DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999)
            return new DateTimeOffset(local, s_zone);

        return text.Length <= 11 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    /// <summary>The number of a call, as clients take it from the time: seconds with or without a fraction. In millionths; null for anything else.</summary>
    public static long? Number(string text) =>
        text.Length <= 32 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= Largest
            ? (long)(number * 1_000_000)
            : null;
}
