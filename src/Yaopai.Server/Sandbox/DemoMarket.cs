using Yaopai.Server.Marketplace;

namespace Yaopai.Server.Sandbox;

/// <summary>What the demo apps sold on a marketplace, and the key that they share with it.</summary>
internal sealed class DemoMarket(MarketKeys keys, IPurchaseStore purchases)
{
    public const string Key = "demo-market-key";

    public const string Instance = "demo-instance", UnboundInstance = "demo-unbound-instance";

    public Task AddAsync(DemoCast cast, DateTimeOffset now, CancellationToken ct) =>
        Task.WhenAll(cast.Apps.SelectMany(app => AddAsync(app, cast, now, ct)));

    private IEnumerable<Task> AddAsync(DemoData.DemoApp app, DemoCast cast, DateTimeOffset now, CancellationToken ct) =>
    [
        keys.PutAsync(app.ClientId, Key, ct),
        purchases.AddAsync(PurchaseOf(app.ClientId, Instance, "demo-customer", now), cast.Welink.Id, ct),
        purchases.AddAsync(PurchaseOf(app.ClientId, UnboundInstance, "demo-unbound-customer", now), tenantId: null, ct),
    ];

    private static Purchase PurchaseOf(long appId, string instanceId, string customerId, DateTimeOffset now) => new(
        appId, instanceId, $"{instanceId}-order", customerId, "demo-product", "demo-plan", now.AddYears(1), PurchaseState.Active, now);
}
