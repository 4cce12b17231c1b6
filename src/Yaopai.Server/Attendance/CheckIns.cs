namespace Yaopai.Server.Attendance;

/// <summary>Takes check-ins of members and finds them again.</summary>
internal sealed class CheckIns(ICheckInStore store)
{
    public const int MostMembers = 50;
    public const int LargestPage = 100;
    public const int LongestText = 200;

    /// <summary>More than anyone goes in and out, and few enough that a day of fifty members can be counted.</summary>
    public const int MostOfDay = 100;

    /// <summary>From the first to the last instant that is asked for.</summary>
    public static readonly TimeSpan LongestSpan = TimeSpan.FromHours(24);

    /// <summary>Null when the member has checked in too often that day.</summary>
    /// <param name="now">By the clock of the app.</param>
    public async Task<CheckIn?> AddAsync(
        long tenantId, string userId, long appId, DateTimeOffset now, string address, string remark, CancellationToken ct)
    {
        // to the millisecond, as it is stored
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var checkIn = new CheckIn(NewId(), userId, appId, at, address, remark);
        return await store.TryAddAsync(tenantId, checkIn, MostOfDay, ct) ? checkIn : null;
    }

    public Task<CheckInPage> ListAsync(long tenantId, CheckInQuery query, CancellationToken ct) => store.ListAsync(tenantId, query, ct);

    // 53 random bits: two of one tenant are not met, and readers that know no larger numbers read them
    private static long NewId() => Randomness.GetInt53();
}
