using Yaopai.Server.Apps;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Events;

namespace Yaopai.Server.Storage.Sql.Organisations;

internal sealed class SqlMemberStore(Database database, SqlOutbox? outbox = null) : IMemberStore, IMembershipStore, IAdministratorStore
{
    private const string Page =
        $"""
        {MemberRows.Columns}
          FROM (SELECT user_id, position AS place
                  FROM membership
                 WHERE tenant_id = @tenantId AND department = @department
                 ORDER BY position, user_id
                 LIMIT @take OFFSET @skip) AS page
          JOIN member ON member.tenant_id = @tenantId AND member.user_id = page.user_id
          JOIN membership ON membership.tenant_id = @tenantId AND membership.user_id = page.user_id
         ORDER BY page.place, page.user_id, membership.is_main DESC, membership.position, membership.department
        """;

    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    public Task<Member?> FindAsync(long tenantId, MemberKey by, string value, CancellationToken ct) =>
        database.ReadAsync(session => MemberRows.FindAsync(session, tenantId, by, value), ct);

    public Task<Member?> FindByAccountAsync(long accountId, CancellationToken ct) =>
        database.ReadAsync(session => MemberRows.FindByAccountAsync(session, accountId), ct);

    public Task<IReadOnlyList<Member>> ListAsync(long tenantId, MemberKey by, IReadOnlyCollection<string> values, CancellationToken ct) =>
        database.ReadAsync(session => MemberRows.ListAsync(session, tenantId, by, values), ct);

    public Task<MemberPage> ListAsync(long tenantId, long department, long skip, int take, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            var asked = new { tenantId, department, skip, take = (long)take };
            var total = await session.ListAsync<long>(
                """
                SELECT COUNT(*)
                  FROM membership
                 WHERE tenant_id = @tenantId AND department = @department
                """, asked);
            return new MemberPage(MemberRows.ToMembers(await session.ListAsync<MemberRow>(Page, asked)), total[0]);
        }, ct);

    public Task<MemberOutcome> PutAsync(Member member, CancellationToken ct) =>
        WriteAsync(
            member.TenantId, member.UserId, SecurityEventKind.MemberChanged, session => MemberRows.PutAsync(session, member), ct);

    public Task<MemberOutcome> ChangeMobileAsync(long tenantId, string userId, string mobile, DateTimeOffset now, CancellationToken ct) =>
        WriteAsync(
            tenantId, userId, SecurityEventKind.MemberChanged,
            session => MemberRows.ChangeMobileAsync(session, tenantId, userId, mobile, now), ct);

    public Task<MemberOutcome> DeleteAsync(long tenantId, string userId, DateTimeOffset now, CancellationToken ct) =>
        WriteAsync(
            tenantId, userId, SecurityEventKind.MemberDeleted, session => MemberRows.DeleteAsync(session, tenantId, userId, now), ct);

    public async Task<bool> TrySetAsync(long tenantId, string userId, bool isAdmin, DateTimeOffset now, CancellationToken ct) =>
        await WriteAsync(
            tenantId, userId, SecurityEventKind.MemberChanged,
            async session =>
            {
                await TenantTurn.TakeAsync(session, tenantId);
                var changed = await session.ExecuteAsync(
                    """
                    UPDATE member
                       SET is_admin = @wanted, changed_at = @at
                     WHERE tenant_id = @tenantId AND user_id = @userId AND is_admin <> @wanted
                    """, new { tenantId, userId, wanted = isAdmin ? 1L : 0L, at = now.ToMilliseconds() }) == 1;
                return changed ? MemberOutcome.Done : MemberOutcome.Missing;
            }, ct) is MemberOutcome.Done;

    /// <summary>Changes a member, of which apps may want to hear.</summary>
    private async Task<MemberOutcome> WriteAsync(
        long tenantId, string userId, SecurityEventKind kind, Func<Session, Task<MemberOutcome>> write, CancellationToken ct)
    {
        var outcome = await database.WriteAsync(
            async session =>
            {
                var outcome = await write(session);
                if (outcome is MemberOutcome.Done)
                    await _outbox.AddAsync(session, tenantId, kind, [userId]);
                return outcome;
            }, keep: outcome => outcome is MemberOutcome.Done, ct);
        if (outcome is MemberOutcome.Done)
            _outbox.Announce();
        return outcome;
    }
}
