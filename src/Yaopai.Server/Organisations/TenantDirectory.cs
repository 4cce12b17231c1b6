using Yaopai.Server.Stores;

namespace Yaopai.Server.Organisations;

/// <summary>Tenants, and which apps may act for them, kept in memory until they change: every call asks.</summary>
internal sealed class TenantDirectory(ITenantStore tenants, ISubscriptionStore subscriptions) : IChangeListener
{
    private readonly ReadThroughCache<long, Tenant> _tenants = new(20_000, tenants.FindAsync);
    private readonly ReadThroughCache<long, AppTenancy> _homes = new(100_000, subscriptions.FindHomeAsync);

    private readonly ReadThroughCache<(long TenantId, long AppId), Subscription> _subscriptions =
        new(100_000, (key, ct) => subscriptions.FindAsync(key.TenantId, key.AppId, ct));

    public ValueTask<Tenant?> FindAsync(long id, CancellationToken ct) => _tenants.FindAsync(id, ct);

    public ValueTask<AppTenancy?> FindHomeAsync(long appId, CancellationToken ct) => _homes.FindAsync(appId, ct);

    public ValueTask<Subscription?> FindSubscriptionAsync(long tenantId, long appId, CancellationToken ct) =>
        _subscriptions.FindAsync((tenantId, appId), ct);

    public void OnChanged(Change change)
    {
        if (change.Kind is ChangeKind.Tenant)
        {
            _tenants.Forget(change.Id);
        }
        else if (change.Kind is ChangeKind.Tenancy)
        {
            _homes.Forget(change.Id);
            _subscriptions.Clear(); // rare, and the feed has room for one of the two ids
        }
    }

    public void Clear()
    {
        _tenants.Clear();
        _homes.Clear();
        _subscriptions.Clear();
    }
}
