using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Organisations;

internal sealed class SqlRoleStore(Database database) : IRoleStore
{
    public async Task<Role?> FindAsync(long tenantId, long number, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<RoleRow>(
            """
            SELECT tenant_id, number, group_number, name, name_en, created_at, changed_at
              FROM role
             WHERE tenant_id = @tenantId AND number = @number
            """, new { tenantId, number }), ct))?.ToRole();

    public async Task<IReadOnlyList<Role>> ListAsync(long tenantId, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<RoleRow>(
               """
               SELECT tenant_id, number, group_number, name, name_en, created_at, changed_at
                 FROM role
                WHERE tenant_id = @tenantId
                ORDER BY number
               """, new { tenantId }), ct)
           select row.ToRole(),
    ];

    public async Task<ILookup<string, long>> OfMembersAsync(long tenantId, IReadOnlyCollection<string> userIds, CancellationToken ct)
    {
        var found = new List<HolderRow>();
        foreach (var some in userIds.Chunk(DepartmentRows.MostInList))
        {
            found.AddRange(await database.ReadAsync(session => session.ListAsync<HolderRow>(
                """
                SELECT user_id, role
                  FROM member_role
                 WHERE tenant_id = @tenantId AND user_id IN @some
                 ORDER BY user_id, role
                """, new { tenantId, some }), ct));
        }

        return found.ToLookup(row => row.UserId, row => row.Role);
    }

    public Task<(RoleOutcome Outcome, long Number)> PutAsync(Role role, CancellationToken ct) =>
        database.WriteAsync(session => PutAsync(session, role), ct);

    public Task<RoleOutcome> DeleteAsync(long tenantId, long number, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            var role = new { tenantId, number };
            if (await TenantTurn.TakeAsync(session, tenantId) is null)
                return RoleOutcome.Missing;

            await session.ExecuteAsync("DELETE FROM member_role WHERE tenant_id = @tenantId AND role = @number", role);
            var deleted = await session.ExecuteAsync("DELETE FROM role WHERE tenant_id = @tenantId AND number = @number", role);
            return deleted == 1 ? RoleOutcome.Done : RoleOutcome.Missing;
        }, ct);

    private static async Task<(RoleOutcome, long)> PutAsync(Session session, Role role)
    {
        if (await TenantTurn.TakeAsync(session, role.TenantId) is null)
            return (RoleOutcome.Missing, 0);

        var row = RoleRow.Of(role);
        if ((await session.ListAsync<long>(
            """
            SELECT number
              FROM role_group
             WHERE tenant_id = @TenantId AND number = @GroupNumber
            """, row)).Count == 0)
            return (RoleOutcome.Missing, 0);
        if ((await session.ListAsync<long>(
            """
            SELECT number
              FROM role
             WHERE tenant_id = @TenantId AND group_number = @GroupNumber AND name = @Name AND number <> @Number
            """, row)).Count > 0)
            return (RoleOutcome.NameTaken, 0);

        if (role.Number != 0)
        {
            var changed = await session.ExecuteAsync(
                """
                UPDATE role
                   SET name = @Name, name_en = @NameEn, changed_at = @ChangedAt
                 WHERE tenant_id = @TenantId AND number = @Number AND group_number = @GroupNumber
                """, row);
            return (changed == 1 ? RoleOutcome.Done : RoleOutcome.Missing, role.Number);
        }

        if ((await session.ListAsync<long>("SELECT COUNT(*) FROM role WHERE tenant_id = @TenantId", row))[0] >= Role.Most)
            return (RoleOutcome.TooMany, 0);

        row = row with { Number = await TenantTurn.NewNumberAsync(session, role.TenantId) };
        await session.ExecuteAsync(
            """
            INSERT INTO role (tenant_id, number, group_number, name, name_en, created_at, changed_at)
            VALUES (@TenantId, @Number, @GroupNumber, @Name, @NameEn, @CreatedAt, @ChangedAt)
            """, row);
        return (RoleOutcome.Done, row.Number);
    }

    private sealed record HolderRow(string UserId, long Role);

    private sealed record RoleRow(
        long TenantId, long Number, long GroupNumber, string Name, string NameEn, long CreatedAt, long ChangedAt)
    {
        public static RoleRow Of(Role role) => new(
            role.TenantId, role.Number, role.Group, role.Name, role.NameEn, role.CreatedAt.ToMilliseconds(),
            role.ChangedAt.ToMilliseconds());

        public Role ToRole() =>
            new(TenantId, Number, GroupNumber, Name, NameEn, Instants.FromMilliseconds(CreatedAt), Instants.FromMilliseconds(ChangedAt));
    }
}
