using Yaopai.Server.Marketplace;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Marketplace;

internal sealed class SqlCustomerStore(Database database) : ICustomerStore
{
    public Task<long?> FindTenantAsync(long appId, string customerId, CancellationToken ct) =>
        database.ReadAsync(session => TenantOfAsync(session, appId, customerId), ct);

    public Task<bool> TryBindAsync(long appId, string customerId, long tenantId, DateTimeOffset now, CancellationToken ct) =>
        database.TryWriteAsync(session => BindAsync(session, appId, customerId, tenantId, now), ct);

    /// <summary>In the transaction of what the customer bought.</summary>
    public static async Task<bool> BindAsync(Session session, long appId, string customerId, long tenantId, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO market_customer (app_id, customer_id, tenant_id, bound_at)
            VALUES (@appId, @customerId, @tenantId, @boundAt)
            ON CONFLICT (app_id, customer_id) DO NOTHING
            """, new { appId, customerId, tenantId, boundAt = now.ToMilliseconds() });
        return await TenantOfAsync(session, appId, customerId) == tenantId;
    }

    private static async Task<long?> TenantOfAsync(Session session, long appId, string customerId) => (await session.FirstAsync<Row>(
        """
        SELECT tenant_id
          FROM market_customer
         WHERE app_id = @appId AND customer_id = @customerId
        """, new { appId, customerId }))?.TenantId;

    private sealed class Row
    {
        public long TenantId { get; init; }
    }
}
