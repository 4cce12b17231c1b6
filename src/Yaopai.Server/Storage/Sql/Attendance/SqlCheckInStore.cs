using Yaopai.Server.Attendance;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Attendance;

internal sealed class SqlCheckInStore(Database database) : ICheckInStore
{
    public async Task<bool> TryAddAsync(long tenantId, CheckIn checkIn, int mostOfDay, CancellationToken ct)
    {
        var row = new
        {
            tenantId,
            checkIn.UserId,
            checkIn.Id,
            checkIn.AppId,
            checkIn.Address,
            checkIn.Remark,
            day = AttendanceDay.Of(checkIn.At),
            checkedAt = checkIn.At.ToMilliseconds(),
            most = (long)mostOfDay,
        };
        while (true)
        {
            // Numbered within its day, so that of two that come at once one takes the number and the other tries the next.
            if (await database.TryWriteAsync(async session => await session.ExecuteAsync(
                """
                INSERT INTO check_in (tenant_id, user_id, day, number, id, app_id, checked_at, address, remark)
                SELECT @tenantId, @UserId, @day, COALESCE(MAX(number), 0) + 1, @Id, @AppId, @checkedAt, @Address, @Remark
                  FROM check_in
                 WHERE tenant_id = @tenantId AND user_id = @UserId AND day = @day
                HAVING COALESCE(MAX(number), 0) < @most
                ON CONFLICT (tenant_id, user_id, day, number) DO NOTHING
                """, row) == 1, ct))
                return true;

            if (await LastOfDayAsync(row, ct) >= mostOfDay)
                return false;
        }
    }

    public Task<CheckInPage> ListAsync(long tenantId, CheckInQuery query, CancellationToken ct)
    {
        var range = new
        {
            tenantId,
            userIds = query.UserIds.ToArray(),
            earliest = query.From.ToMilliseconds(),
            latest = query.Until.ToMilliseconds(),
            skip = (long)query.Skip,
            take = (long)query.Take,
        };
        return database.ReadAsync(
            async session =>
            {
                var total = await session.FirstAsync<Count>(
                    """
                    SELECT COUNT(*) AS total
                      FROM check_in
                     WHERE tenant_id = @tenantId AND user_id IN @userIds AND checked_at BETWEEN @earliest AND @latest
                    """, range);
                var rows = await session.ListAsync<Row>(
                    """
                    SELECT id, user_id, app_id, checked_at, address, remark
                      FROM check_in
                     WHERE tenant_id = @tenantId AND user_id IN @userIds AND checked_at BETWEEN @earliest AND @latest
                     ORDER BY checked_at, id
                     LIMIT @take OFFSET @skip
                    """, range);
                return new CheckInPage(total!.Total, [.. rows.Select(row => row.ToCheckIn())]);
            }, ct);
    }

    private async Task<long> LastOfDayAsync(object row, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<Count>(
            """
            SELECT COALESCE(MAX(number), 0) AS total
              FROM check_in
             WHERE tenant_id = @tenantId AND user_id = @UserId AND day = @day
            """, row), ct))!.Total;

    private sealed class Count
    {
        public long Total { get; init; }
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public string UserId { get; init; } = "";
        public long AppId { get; init; }
        public long CheckedAt { get; init; }
        public string Address { get; init; } = "";
        public string Remark { get; init; } = "";

        public CheckIn ToCheckIn() => new(Id, UserId, AppId, Instants.FromMilliseconds(CheckedAt), Address, Remark);
    }
}
