using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Organisations;

/// <summary>Writes to a tenant's directory come one after another: what one of them read stays true until it is committed.</summary>
internal static class TenantTurn
{
    /// <summary>Waits for the write before this one; whose turn it is keeps it until the transaction ends. Null for a tenant that is not
    /// there.</summary>
    /// <returns>The tenant's domain.</returns>
    public static async Task<string?> TakeAsync(Session session, long tenantId)
    {
        if (session.Known.TryGetValue(new Turn(tenantId), out var domain))
            return (string)domain;

        var taken = await session.FirstAsync<Taken>(
            """
            UPDATE tenant
               SET last_number = last_number
             WHERE id = @tenantId
            RETURNING domain, last_number
            """, new { tenantId });
        if (taken is not null)
            session.Known[new Turn(tenantId)] = taken.Domain;
        return taken?.Domain;
    }

    /// <summary>A number that nothing of the tenant ever had.</summary>
    public static async Task<long> NewNumberAsync(Session session, long tenantId) => (await session.FirstAsync<Taken>(
        """
        UPDATE tenant
           SET last_number = last_number + 1
         WHERE id = @tenantId
        RETURNING domain, last_number
        """, new { tenantId }))!.LastNumber;

    private readonly record struct Turn(long TenantId);

    private sealed record Taken(string Domain, long LastNumber);
}
