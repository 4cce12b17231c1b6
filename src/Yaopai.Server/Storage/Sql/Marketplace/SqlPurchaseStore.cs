using Yaopai.Server.Marketplace;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Marketplace;

internal sealed class SqlPurchaseStore(Database database) : IPurchaseStore
{
    public async Task<Purchase?> AddAsync(Purchase purchase, long? tenantId, CancellationToken ct) => (await database.WriteAsync<Row?>(
        async session => await AddAsync(session, purchase, tenantId), keep: row => row is not null, ct))?.ToPurchase();

    public async Task<Purchase?> FindAsync(long appId, string instanceId, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<Row>(
            """
            SELECT app_id, instance_id, order_id, customer_id, product_id, plan, expires_at, state, created_at
              FROM purchase
             WHERE app_id = @appId AND instance_id = @instanceId
            """, new { appId, instanceId }), ct))?.ToPurchase();

    public Task<bool> TryRenewAsync(Renewal renewal, CancellationToken ct) => database.TryWriteAsync(async session =>
    {
        if (!await TryTakeOrderAsync(session, renewal.AppId, renewal.OrderId, renewal.InstanceId))
            return await HasOrderAsync(session, renewal);

        return await session.ExecuteAsync(
            """
            UPDATE purchase
               SET expires_at = @expiresAt,
                   product_id = CASE WHEN @ProductId = '' THEN product_id ELSE @ProductId END,
                   state      = @active
             WHERE app_id = @AppId AND instance_id = @InstanceId AND state <> @released
            """,
            new
            {
                renewal.AppId,
                renewal.InstanceId,
                renewal.ProductId,
                expiresAt = renewal.ExpiresAt.ToMilliseconds(),
                active = (long)PurchaseState.Active,
                released = (long)PurchaseState.Released,
            }) == 1;
    }, ct);

    public Task<bool> TryEndAsync(long appId, string instanceId, PurchaseState state, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            UPDATE purchase
               SET state = @state
             WHERE app_id = @appId AND instance_id = @instanceId AND state <= @state
            """, new { appId, instanceId, state = (long)state }) == 1, ct);

    private static async Task<Row?> AddAsync(Session session, Purchase purchase, long? tenantId)
    {
        if (tenantId is { } tenant
            && !await SqlCustomerStore.BindAsync(session, purchase.AppId, purchase.CustomerId, tenant, purchase.CreatedAt))
            return null;

        if (await TryTakeOrderAsync(session, purchase.AppId, purchase.OrderId, purchase.InstanceId))
        {
            await session.ExecuteAsync(
                """
                INSERT INTO purchase (app_id, instance_id, order_id, customer_id, product_id, plan, expires_at, state, created_at)
                VALUES (@AppId, @InstanceId, @OrderId, @CustomerId, @ProductId, @Plan, @expiresAt, @state, @createdAt)
                """,
                new
                {
                    purchase.AppId,
                    purchase.InstanceId,
                    purchase.OrderId,
                    purchase.CustomerId,
                    purchase.ProductId,
                    purchase.Plan,
                    expiresAt = purchase.ExpiresAt.ToMilliseconds(),
                    state = (long)purchase.State,
                    createdAt = purchase.CreatedAt.ToMilliseconds(),
                });
        }

        return await session.FirstAsync<Row>(
            """
            SELECT app_id, instance_id, order_id, customer_id, product_id, plan, expires_at, state, created_at
              FROM purchase
             WHERE app_id = @AppId
               AND instance_id = (SELECT instance_id FROM purchase_order WHERE app_id = @AppId AND order_id = @OrderId)
               AND order_id = @OrderId AND customer_id = @CustomerId
            """, new { purchase.AppId, purchase.OrderId, purchase.CustomerId });
    }

    /// <summary>False when the order came before.</summary>
    private static async Task<bool> TryTakeOrderAsync(Session session, long appId, string orderId, string instanceId) =>
        await session.ExecuteAsync(
            """
            INSERT INTO purchase_order (app_id, order_id, instance_id)
            VALUES (@appId, @orderId, @instanceId)
            ON CONFLICT (app_id, order_id) DO NOTHING
            """, new { appId, orderId, instanceId }) == 1;

    private static async Task<bool> HasOrderAsync(Session session, Renewal renewal) => await session.FirstAsync<string>(
        """
        SELECT purchase.instance_id
          FROM purchase_order
          JOIN purchase ON purchase.app_id = purchase_order.app_id AND purchase.instance_id = purchase_order.instance_id
         WHERE purchase_order.app_id = @AppId AND purchase_order.order_id = @OrderId
           AND purchase.instance_id = @InstanceId AND purchase.state <> @released
        """, new { renewal.AppId, renewal.OrderId, renewal.InstanceId, released = (long)PurchaseState.Released }) is not null;

    private sealed class Row
    {
        public long AppId { get; init; }
        public string InstanceId { get; init; } = "";
        public string OrderId { get; init; } = "";
        public string CustomerId { get; init; } = "";
        public string ProductId { get; init; } = "";
        public string Plan { get; init; } = "";
        public long? ExpiresAt { get; init; }
        public long State { get; init; }
        public long CreatedAt { get; init; }

        public Purchase ToPurchase() => new(
            AppId, InstanceId, OrderId, CustomerId, ProductId, Plan, Instants.FromMilliseconds(ExpiresAt), (PurchaseState)State,
            Instants.FromMilliseconds(CreatedAt));
    }
}
