namespace Yaopai.Server.Storage.Engine;

/// <summary>How instants are kept: as integers since 1970, in milliseconds,
/// or in microseconds where credentials are compared with them.</summary>
internal static class Instants
{
    public static long ToMilliseconds(this DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    public static long? ToMilliseconds(this DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    public static DateTimeOffset FromMilliseconds(long instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant);

    public static DateTimeOffset? FromMilliseconds(long? instant) => instant is { } known ? FromMilliseconds(known) : null;

    public static long ToMicroseconds(this DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long instant) =>
        DateTimeOffset.UnixEpoch.AddTicks(instant * TimeSpan.TicksPerMicrosecond);
}
