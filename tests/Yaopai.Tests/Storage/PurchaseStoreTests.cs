using Yaopai.Server.Marketplace;
using Yaopai.Server.Storage.Sql.Marketplace;

namespace Yaopai.Tests.Storage;

public sealed class SqlitePurchaseStoreTests(OnSqlite engine) : PurchaseStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresPurchaseStoreTests(OnPostgres engine) : PurchaseStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class PurchaseStoreContract(Engine engine)
{
    private const long App = 42;

    private readonly SqlPurchaseStore _purchases = new(engine.Database);
    private readonly SqlCustomerStore _customers = new(engine.Database);
    private readonly SqlMarketKeyStore _keys = new(engine.Database);
    private readonly string _mark = $"{Guid.NewGuid():n}";

    [Fact]
    public async Task A_purchase_is_found_by_its_instance_and_by_no_other_app()
    {
        var bought = Bought();
        Assert.Equal(bought, await _purchases.AddAsync(bought, null, default));
        Assert.Equal(bought, await _purchases.FindAsync(App, bought.InstanceId, default));
        Assert.Null(await _purchases.FindAsync(App + 1, bought.InstanceId, default));
        Assert.Null(await _purchases.FindAsync(App, "another", default));
    }

    [Fact]
    public async Task Of_ten_times_an_order_makes_one_purchase()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => _purchases.AddAsync(Bought() with { InstanceId = $"{_mark}-{i}" }, null, default)));

        Assert.NotNull(Assert.Single(made.Distinct()));
        var there = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _purchases.FindAsync(App, $"{_mark}-{i}", default)));
        Assert.Single(there.OfType<Purchase>());
    }

    [Fact]
    public async Task An_order_of_another_customer_is_not_his_purchase()
    {
        await _purchases.AddAsync(Bought(), null, default);
        Assert.Null(await _purchases.AddAsync(Bought() with { InstanceId = $"{_mark}-2", CustomerId = "another" }, null, default));
    }

    [Fact]
    public async Task An_order_renews_a_purchase_once()
    {
        var bought = Bought();
        await _purchases.AddAsync(bought, null, default);
        Assert.True(await _purchases.TryEndAsync(App, bought.InstanceId, PurchaseState.Expired, default));

        var later = new Renewal(App, bought.InstanceId, $"{_mark}-renewal", "", Samples.Noon.AddYears(2));
        Assert.True(await _purchases.TryRenewAsync(later, default));
        var next = later with { OrderId = $"{_mark}-next", ExpiresAt = Samples.Noon.AddYears(3) };
        Assert.True(await _purchases.TryRenewAsync(next, default));
        Assert.True(await _purchases.TryRenewAsync(later, default)); // it comes late once more

        var renewed = (await _purchases.FindAsync(App, bought.InstanceId, default))!;
        Assert.Equal(bought with { ExpiresAt = Samples.Noon.AddYears(3) }, renewed);
    }

    [Fact]
    public async Task An_order_for_one_purchase_renews_no_other()
    {
        var (one, other) = (Bought(), Bought() with { InstanceId = $"{_mark}-2", OrderId = $"{_mark}-2" });
        await _purchases.AddAsync(one, null, default);
        await _purchases.AddAsync(other, null, default);
        Assert.False(await _purchases.TryRenewAsync(new(App, one.InstanceId, other.OrderId, "", null), default));
        Assert.False(await _purchases.TryRenewAsync(new(App, "unknown", $"{_mark}-3", "", null), default));
        // and it was not used up
        Assert.True(await _purchases.TryRenewAsync(new(App, one.InstanceId, $"{_mark}-3", "new product", null), default));
        Assert.Equal(("new product", null), await ProductAndEndAsync(one));
    }

    [Fact]
    public async Task What_is_released_stays_so()
    {
        var bought = Bought();
        await _purchases.AddAsync(bought, null, default);
        Assert.True(await _purchases.TryEndAsync(App, bought.InstanceId, PurchaseState.Released, default));
        Assert.True(await _purchases.TryEndAsync(App, bought.InstanceId, PurchaseState.Released, default));
        Assert.False(await _purchases.TryEndAsync(App, bought.InstanceId, PurchaseState.Expired, default));
        Assert.False(await _purchases.TryRenewAsync(new(App, bought.InstanceId, $"{_mark}-late", "", null), default));
        Assert.False(await _purchases.TryEndAsync(App, "unknown", PurchaseState.Released, default));
        Assert.Equal(PurchaseState.Released, (await _purchases.FindAsync(App, bought.InstanceId, default))!.State);
    }

    [Fact]
    public async Task A_customer_is_bound_to_one_tenant_for_each_app()
    {
        Assert.Null(await _customers.FindTenantAsync(App, _mark, default));
        Assert.True(await _customers.TryBindAsync(App, _mark, -7, Samples.Noon, default));
        Assert.True(await _customers.TryBindAsync(App, _mark, -7, Samples.Noon, default));
        Assert.False(await _customers.TryBindAsync(App, _mark, 8, Samples.Noon, default));
        Assert.Equal(-7, await _customers.FindTenantAsync(App, _mark, default));
        Assert.Null(await _customers.FindTenantAsync(App + 1, _mark, default));
    }

    [Fact]
    public async Task A_purchase_binds_its_customer_and_is_not_made_for_one_who_is_another_tenant()
    {
        var bought = Bought() with { CustomerId = _mark };
        Assert.NotNull(await _purchases.AddAsync(bought, 7, default));
        Assert.Equal(7, await _customers.FindTenantAsync(App, _mark, default));

        var other = bought with { InstanceId = $"{_mark}-2", OrderId = $"{_mark}-2" };
        Assert.Null(await _purchases.AddAsync(other, 8, default));
        Assert.Null(await _purchases.FindAsync(App, other.InstanceId, default));
        Assert.NotNull(await _purchases.AddAsync(other, 7, default)); // the order was not used up
    }

    [Fact]
    public async Task An_app_has_one_key_until_it_is_removed()
    {
        var app = Random.Shared.NextInt64();
        Assert.Null(await _keys.FindAsync(app, default));
        await _keys.PutAsync(app, [1, 2], default);
        await _keys.PutAsync(app, [3], default);
        Assert.Equal([3], await _keys.FindAsync(app, default));
        Assert.True(await _keys.TryRemoveAsync(app, default));
        Assert.False(await _keys.TryRemoveAsync(app, default));
    }

    private Purchase Bought() => new(
        App, _mark, _mark, "customer", "product", "plan", Samples.Noon.AddYears(1), PurchaseState.Active, Samples.Noon);

    private async Task<(string, DateTimeOffset?)> ProductAndEndAsync(Purchase purchase) =>
        await _purchases.FindAsync(App, purchase.InstanceId, default) is { } found ? (found.ProductId, found.ExpiresAt) : default;
}
