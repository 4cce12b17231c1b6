using System.Globalization;
using Yaopai.Server.Gateway.Signing;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>How callers date and number their calls.</summary>
internal static class Timestamps
{
    private static readonly TimeSpan s_halfDay = TimeSpan.FromHours(12);

    private const decimal Largest = 9_000_000_000_000;

    /// <summary>What <c>yyyy-MM-dd HH:mm:ss</c> or Unix seconds may stand for; nothing for anything else.</summary>
    /// <remarks>Clients exist that write <c>hh</c>, the hours from 1 to 12 of either half of the day.
    /// How <c>HH</c> is read comes first.</remarks>
    public static DateTimeOffset[] Read(string text)
    {
        if (CallTime.Read(text, "yyyy-MM-dd HH:mm:ss") is { } instant)
        {
            return instant.Hour switch
            {
                >= 1 and <= 11 => [instant, instant + s_halfDay],
                12 => [instant, instant - s_halfDay],
                _ => [instant],
            };
        }

        return text.Length <= 11 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? [DateTimeOffset.FromUnixTimeSeconds(seconds)]
            : [];
    }

    /// <summary>The number of a call, as clients take it from the time: seconds with or without a fraction.
    /// In millionths; null for anything else.</summary>
    public static long? Number(string text) =>
        text.Length <= 32 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number <= Largest
            ? (long)(number * 1_000_000)
            : null;
}
