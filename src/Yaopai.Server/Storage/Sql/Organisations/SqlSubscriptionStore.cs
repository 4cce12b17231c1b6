using Yaopai.Server.Apps;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Events;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Organisations;

internal sealed class SqlSubscriptionStore(Database database, SqlOutbox? outbox = null) : ISubscriptionStore
{
    private const string Select =
        """
        SELECT subscription.tenant_id, subscription.app_id, subscription.subscribed_at, app_tenancy.tenant_id AS home_id
          FROM subscription
          LEFT JOIN app_tenancy ON app_tenancy.app_id = subscription.app_id
        """;

    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    public async Task<AppTenancy?> FindHomeAsync(long appId, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<HomeRow>(
            """
            SELECT app_id, tenant_id, is_isv
              FROM app_tenancy
             WHERE app_id = @appId
            """, new { appId }), ct))?.ToHome();

    public async Task<Subscription?> FindAsync(long tenantId, long appId, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<SubscriptionRow>(
            $"""
            {Select}
             WHERE subscription.tenant_id = @tenantId AND subscription.app_id = @appId
            """, new { tenantId, appId }), ct))?.ToSubscription();

    public async Task<IReadOnlyList<Subscription>> ListOfAppAsync(long appId, long? after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<SubscriptionRow>(
               $"""
               {Select}
                WHERE subscription.app_id = @appId AND subscription.tenant_id > @after
                ORDER BY subscription.tenant_id
                LIMIT @take
               """, new { appId, after = after ?? long.MinValue, take = (long)take }), ct)
           select row.ToSubscription(),
    ];

    public Task<bool> TryAddHomeAsync(AppTenancy home, DateTimeOffset now, CancellationToken ct) => database.TryWriteAsync(
        session => AddHomeAsync(session, home, now), ct);

    /// <summary>The same as a part of something larger.</summary>
    public static async Task<bool> AddHomeAsync(Session session, AppTenancy home, DateTimeOffset now)
    {
        var row = new { home.AppId, TenantId = home.HomeTenantId, IsIsv = home.IsIsv ? 1L : 0L };
        var added = await session.ExecuteAsync(
            """
            INSERT INTO app_tenancy (app_id, tenant_id, is_isv)
            SELECT @AppId, id, @IsIsv
              FROM tenant
             WHERE id = @TenantId
            """, row) == 1;
        return added && await SubscribeAsync(session, home.HomeTenantId, home.AppId, now);
    }

    public Task<bool> TrySubscribeAsync(long tenantId, long appId, DateTimeOffset now, CancellationToken ct) => TryAsync(
        tenantId, appId, SecurityEventKind.TenantSubscribed, session => SubscribeAsync(session, tenantId, appId, now), ct);

    public Task<bool> TryUnsubscribeAsync(long tenantId, long appId, CancellationToken ct) => TryAsync(
        tenantId, appId, SecurityEventKind.TenantUnsubscribed,
        async session =>
        {
            var removed = await session.ExecuteAsync(
                """
                DELETE FROM subscription
                 WHERE tenant_id = @tenantId AND app_id = @appId
                   AND NOT EXISTS (SELECT 1 FROM app_tenancy WHERE app_id = @appId AND tenant_id = @tenantId)
                """, new { tenantId, appId }) == 1;
            await session.AnnounceAsync(ChangeKind.Tenancy, appId);
            return removed;
        }, ct);

    /// <summary>Changes a subscription, of which the app may want to hear.</summary>
    private async Task<bool> TryAsync(
        long tenantId, long appId, SecurityEventKind kind, Func<Session, Task<bool>> change, CancellationToken ct)
    {
        var changed = await database.TryWriteAsync(
            async session =>
            {
                if (!await change(session))
                    return false;

                await _outbox.AddAsync(session, tenantId, appId, kind);
                return true;
            }, ct);
        if (changed)
            _outbox.Announce();
        return changed;
    }

    private static async Task<bool> SubscribeAsync(Session session, long tenantId, long appId, DateTimeOffset now)
    {
        var added = await session.ExecuteAsync(
            """
            INSERT INTO subscription (tenant_id, app_id, subscribed_at)
            SELECT tenant.id, app_tenancy.app_id, @now
              FROM tenant, app_tenancy
             WHERE tenant.id = @tenantId AND app_tenancy.app_id = @appId
               AND (app_tenancy.is_isv = 1 OR app_tenancy.tenant_id = tenant.id)
            """, new { tenantId, appId, now = now.ToMilliseconds() }) == 1;
        await session.AnnounceAsync(ChangeKind.Tenancy, appId);
        return added;
    }

    private sealed record HomeRow(long AppId, long TenantId, long IsIsv)
    {
        public AppTenancy ToHome() => new(AppId, TenantId, IsIsv != 0);
    }

    private sealed record SubscriptionRow(long TenantId, long AppId, long SubscribedAt, long? HomeId)
    {
        public Subscription ToSubscription() => new(TenantId, AppId, Instants.FromMilliseconds(SubscribedAt), HomeId == TenantId);
    }
}
