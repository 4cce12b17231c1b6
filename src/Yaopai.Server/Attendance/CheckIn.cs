namespace Yaopai.Server.Attendance;

/// <summary>Somebody was there.</summary>
/// <param name="Id">Unique in its tenant.</param>
/// <param name="UserId">Whose it is, in the tenant.</param>
/// <param name="AppId">Through which app it came.</param>
/// <param name="Address">Where, as the member says; empty where nobody said.</param>
internal sealed record CheckIn(long Id, string UserId, long AppId, DateTimeOffset At, string Address, string Remark);

/// <summary>Some check-ins: those of the members within a time, both ends in it, the earliest first.</summary>
internal sealed record CheckInQuery(
    IReadOnlyCollection<string> UserIds, DateTimeOffset From, DateTimeOffset Until, int Skip, int Take);

/// <param name="Total">Of all pages.</param>
internal sealed record CheckInPage(long Total, IReadOnlyList<CheckIn> CheckIns);
