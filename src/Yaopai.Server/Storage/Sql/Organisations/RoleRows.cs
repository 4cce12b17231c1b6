using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Organisations;

/// <summary>Who has which roles, within a transaction of somebody's.</summary>
internal static class RoleRows
{
    /// <summary>Gives the member these roles and no others. Missing where one of them is none of the tenant's.</summary>
    /// <remarks>For whoever has the tenant's turn.</remarks>
    public static async Task<RoleOutcome> AssignAsync(Session session, long tenantId, string userId, IReadOnlyCollection<long> roles)
    {
        if (roles.Distinct().Count() > Role.Most)
            return RoleOutcome.TooMany;
        if (!await AreKnownAsync(session, tenantId, roles))
            return RoleOutcome.Missing;

        await AssignCheckedAsync(session, tenantId, userId, roles);
        return RoleOutcome.Done;
    }

    /// <summary>Whether each of them is a role of the tenant's.</summary>
    public static async Task<bool> AreKnownAsync(Session session, long tenantId, IReadOnlyCollection<long> roles)
    {
        foreach (var some in roles.Distinct().Chunk(DepartmentRows.MostInList))
        {
            var known = await session.ListAsync<long>(
                """
                SELECT number
                  FROM role
                 WHERE tenant_id = @tenantId AND number IN @some
                """, new { tenantId, some });
            if (known.Count != some.Length)
                return false;
        }

        return true;
    }

    /// <summary>The same as <see cref="AssignAsync"/> within the tenant's turn, for roles that were found in it.</summary>
    public static async Task AssignCheckedAsync(Session session, long tenantId, string userId, IReadOnlyCollection<long> roles)
    {
        await session.ExecuteAsync("DELETE FROM member_role WHERE tenant_id = @tenantId AND user_id = @userId", new { tenantId, userId });
        foreach (var role in roles.Distinct())
        {
            await session.ExecuteAsync(
                """
                INSERT INTO member_role (tenant_id, role, user_id)
                VALUES (@tenantId, @role, @userId)
                """, new { tenantId, role, userId });
        }
    }
}
