using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Organisations;

internal sealed class SqlRoleGroupStore(Database database) : IRoleGroupStore
{
    public async Task<RoleGroup?> FindAsync(long tenantId, long number, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<GroupRow>(
            """
            SELECT tenant_id, number, name, name_en, created_at, changed_at
              FROM role_group
             WHERE tenant_id = @tenantId AND number = @number
            """, new { tenantId, number }), ct))?.ToGroup();

    public async Task<IReadOnlyList<RoleGroup>> ListAsync(long tenantId, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<GroupRow>(
               """
               SELECT tenant_id, number, name, name_en, created_at, changed_at
                 FROM role_group
                WHERE tenant_id = @tenantId
                ORDER BY number
               """, new { tenantId }), ct)
           select row.ToGroup(),
    ];

    public Task<(RoleOutcome Outcome, long Number)> PutAsync(RoleGroup group, CancellationToken ct) =>
        database.WriteAsync(session => PutAsync(session, group), ct);

    public Task<RoleOutcome> DeleteAsync(long tenantId, long number, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            var group = new { tenantId, number };
            if (await TenantTurn.TakeAsync(session, tenantId) is null)
                return RoleOutcome.Missing;
            if ((await session.ListAsync<long>(
                """
                SELECT number
                  FROM role
                 WHERE tenant_id = @tenantId AND group_number = @number
                 LIMIT 1
                """, group)).Count > 0)
                return RoleOutcome.NotEmpty;

            var deleted = await session.ExecuteAsync("DELETE FROM role_group WHERE tenant_id = @tenantId AND number = @number", group);
            return deleted == 1 ? RoleOutcome.Done : RoleOutcome.Missing;
        }, ct);

    private static async Task<(RoleOutcome, long)> PutAsync(Session session, RoleGroup group)
    {
        if (await TenantTurn.TakeAsync(session, group.TenantId) is null)
            return (RoleOutcome.Missing, 0);

        var row = GroupRow.Of(group);
        if ((await session.ListAsync<long>(
            """
            SELECT number
              FROM role_group
             WHERE tenant_id = @TenantId AND name = @Name AND number <> @Number
            """, row)).Count > 0)
            return (RoleOutcome.NameTaken, 0);

        if (group.Number != 0)
        {
            var changed = await session.ExecuteAsync(
                """
                UPDATE role_group
                   SET name = @Name, name_en = @NameEn, changed_at = @ChangedAt
                 WHERE tenant_id = @TenantId AND number = @Number
                """, row);
            return (changed == 1 ? RoleOutcome.Done : RoleOutcome.Missing, group.Number);
        }

        if ((await session.ListAsync<long>("SELECT COUNT(*) FROM role_group WHERE tenant_id = @TenantId", row))[0] >= Role.Most)
            return (RoleOutcome.TooMany, 0);

        row = row with { Number = await TenantTurn.NewNumberAsync(session, group.TenantId) };
        await session.ExecuteAsync(
            """
            INSERT INTO role_group (tenant_id, number, name, name_en, created_at, changed_at)
            VALUES (@TenantId, @Number, @Name, @NameEn, @CreatedAt, @ChangedAt)
            """, row);
        return (RoleOutcome.Done, row.Number);
    }

    private sealed record GroupRow(long TenantId, long Number, string Name, string NameEn, long CreatedAt, long ChangedAt)
    {
        public static GroupRow Of(RoleGroup group) => new(
            group.TenantId, group.Number, group.Name, group.NameEn, group.CreatedAt.ToMilliseconds(), group.ChangedAt.ToMilliseconds());

        public RoleGroup ToGroup() =>
            new(TenantId, Number, Name, NameEn, Instants.FromMilliseconds(CreatedAt), Instants.FromMilliseconds(ChangedAt));
    }
}
