namespace Yaopai.Server.Attendance;

/// <summary>The days of attendance: those of China, which has one time.</summary>
internal static class AttendanceDay
{
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    /// <summary>Days since 1970 began there.</summary>
    public static long Of(DateTimeOffset instant) =>
        (instant.UtcTicks + Offset.Ticks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerDay;
}
