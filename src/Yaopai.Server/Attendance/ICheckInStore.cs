namespace Yaopai.Server.Attendance;

/// <summary>Check-ins: added, never changed.</summary>
internal interface ICheckInStore
{
    /// <summary>False when the member has as many of that day.</summary>
    Task<bool> TryAddAsync(long tenantId, CheckIn checkIn, int mostOfDay, CancellationToken ct);

    Task<CheckInPage> ListAsync(long tenantId, CheckInQuery query, CancellationToken ct);
}
