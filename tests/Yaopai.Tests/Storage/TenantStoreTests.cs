using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Organisations;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class SqliteTenantStoreTests(OnSqlite engine) : TenantStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresTenantStoreTests(OnPostgres engine) : TenantStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class TenantStoreContract(Engine engine)
{
    private readonly SqlTenantStore _tenants = new(engine.Database);
    private readonly SqlSubscriptionStore _subscriptions = new(engine.Database);

    [Fact]
    public async Task A_tenant_reads_back_with_all_its_fields()
    {
        var tenant = Samples.NewTenant() with
        {
            ContactName = "张三",
            Scale = "51-100",
            Registered = 70,
            Type = 2,
            LicensedFrom = Samples.Noon,
            LicensedUntil = Samples.Noon.AddYears(1),
            DisabledAt = Samples.Noon.AddDays(1),
        };

        Assert.True(await _tenants.TryAddAsync(tenant, default));

        Assert.Equal(tenant, await _tenants.FindAsync(tenant.Id, default));
        Assert.Equal(tenant, await _tenants.FindByDomainAsync(tenant.Domain, default));
        Assert.Contains(new Change(ChangeKind.Tenant, tenant.Id), await ChangesAsync());
    }

    [Fact]
    public async Task A_taken_id_a_taken_domain_and_an_unknown_tenant_are_refused()
    {
        var (tenant, other) = (Samples.NewTenant(), Samples.NewTenant());
        Assert.False(await _tenants.TryChangeAsync(tenant, default));
        Assert.True(await _tenants.TryAddAsync(tenant, default));

        Assert.False(await _tenants.TryAddAsync(other with { Id = tenant.Id }, default));
        Assert.False(await _tenants.TryAddAsync(other with { Domain = tenant.Domain }, default));

        Assert.Equal(tenant, await _tenants.FindAsync(tenant.Id, default));
        Assert.Null(await _tenants.FindAsync(other.Id, default));
        Assert.Null(await _tenants.FindByDomainAsync(other.Domain, default));
    }

    [Fact]
    public async Task A_change_keeps_the_domain()
    {
        var tenant = await NewAsync();

        Assert.True(await _tenants.TryChangeAsync(tenant with { Name = "新", Domain = "other" }, default));

        Assert.Equal(tenant with { Name = "新" }, await _tenants.FindAsync(tenant.Id, default));
    }

    [Fact]
    public async Task Tenants_come_page_by_page_whatever_the_sign_of_their_ids()
    {
        var (low, high) = (await NewAsync(), Samples.NewTenant() with { Id = long.MaxValue });
        await _tenants.TryAddAsync(high, default);

        var all = await _tenants.ListAsync(after: null, take: 1000, default);
        var behind = await _tenants.ListAsync(low.Id, take: 1000, default);

        Assert.Equal(all.Select(tenant => tenant.Id).Order(), all.Select(tenant => tenant.Id));
        Assert.Contains(low, all);
        Assert.Equal(high.Id, behind[^1].Id);
        Assert.DoesNotContain(low, behind);
        Assert.Single(await _tenants.ListAsync(after: null, take: 1, default));
    }

    [Fact]
    public async Task An_app_has_one_home_which_has_it_subscribed()
    {
        var (home, other, app) = (await NewAsync(), await NewAsync(), Samples.NewId());

        Assert.False(await _subscriptions.TryAddHomeAsync(new(app, Samples.NewTenant().Id, IsIsv: true), Samples.Noon, default));
        Assert.Null(await _subscriptions.FindHomeAsync(app, default));
        Assert.True(await _subscriptions.TryAddHomeAsync(new(app, home.Id, IsIsv: true), Samples.Noon, default));
        Assert.False(await _subscriptions.TryAddHomeAsync(new(app, other.Id, IsIsv: true), Samples.Noon, default));

        Assert.Equal(new AppTenancy(app, home.Id, true), await _subscriptions.FindHomeAsync(app, default));
        Assert.Equal(new Subscription(home.Id, app, Samples.Noon, IsHome: true), await _subscriptions.FindAsync(home.Id, app, default));
        Assert.Null(await _subscriptions.FindAsync(other.Id, app, default));
        Assert.False(await _subscriptions.TryUnsubscribeAsync(home.Id, app, default));
        Assert.Contains(new Change(ChangeKind.Tenancy, app), await ChangesAsync());
    }

    [Fact]
    public async Task Other_tenants_subscribe_the_apps_of_ISVs_alone()
    {
        var (home, other) = (await NewAsync(), await NewAsync());
        var (own, isv) = (Samples.NewId(), Samples.NewId());
        await _subscriptions.TryAddHomeAsync(new(own, home.Id, IsIsv: false), Samples.Noon, default);
        await _subscriptions.TryAddHomeAsync(new(isv, home.Id, IsIsv: true), Samples.Noon, default);

        Assert.False(await _subscriptions.TrySubscribeAsync(other.Id, own, Samples.Noon, default));
        Assert.False(await _subscriptions.TrySubscribeAsync(other.Id, Samples.NewId(), Samples.Noon, default));
        Assert.False(await _subscriptions.TrySubscribeAsync(Samples.NewTenant().Id, isv, Samples.Noon, default));
        Assert.True(await _subscriptions.TrySubscribeAsync(other.Id, isv, Samples.Noon, default));
        Assert.False(await _subscriptions.TrySubscribeAsync(other.Id, isv, Samples.Noon, default));

        var subscribed = new Subscription(other.Id, isv, Samples.Noon, IsHome: false);
        Assert.Equal(subscribed, await _subscriptions.FindAsync(other.Id, isv, default));
        Assert.True(await _subscriptions.TryUnsubscribeAsync(other.Id, isv, default));
        Assert.False(await _subscriptions.TryUnsubscribeAsync(other.Id, isv, default));
        Assert.Null(await _subscriptions.FindAsync(other.Id, isv, default));
    }

    [Fact]
    public async Task The_subscriptions_of_an_app_come_page_by_page()
    {
        var (home, other, app) = (await NewAsync(), await NewAsync(), Samples.NewId());
        await _subscriptions.TryAddHomeAsync(new(app, home.Id, IsIsv: true), Samples.Noon, default);
        await _subscriptions.TrySubscribeAsync(other.Id, app, Samples.Noon, default);

        var first = Assert.Single(await _subscriptions.ListOfAppAsync(app, after: null, take: 1, default));
        var second = Assert.Single(await _subscriptions.ListOfAppAsync(app, first.TenantId, take: 1, default));

        Assert.Equal(new[] { home.Id, other.Id }.Order(), [first.TenantId, second.TenantId]);
        Assert.Empty(await _subscriptions.ListOfAppAsync(app, second.TenantId, take: 1, default));
    }

    [Fact]
    public async Task What_is_kept_in_memory_is_forgotten_when_it_changes()
    {
        var directory = new TenantDirectory(_tenants, _subscriptions);
        var (home, other, app) = (await NewAsync(), await NewAsync(), Samples.NewId());
        await _subscriptions.TryAddHomeAsync(new(app, home.Id, IsIsv: true), Samples.Noon, default);
        await _subscriptions.TrySubscribeAsync(other.Id, app, Samples.Noon, default);
        Assert.Equal(home.Id, (await directory.FindHomeAsync(app, default))!.HomeTenantId);
        Assert.NotNull(await directory.FindSubscriptionAsync(other.Id, app, default));
        Assert.True((await directory.FindAsync(home.Id, default))!.IsEnabled);

        await _tenants.TryChangeAsync(home with { DisabledAt = Samples.Noon }, default);
        await _subscriptions.TryUnsubscribeAsync(other.Id, app, default);
        foreach (var change in await ChangesAsync())
            directory.OnChanged(change);

        Assert.False((await directory.FindAsync(home.Id, default))!.IsEnabled);
        Assert.Null(await directory.FindSubscriptionAsync(other.Id, app, default));
    }

    private async Task<Tenant> NewAsync()
    {
        var tenant = Samples.NewTenant();
        Assert.True(await _tenants.TryAddAsync(tenant, default));
        return tenant;
    }

    private async Task<IReadOnlyList<Change>> ChangesAsync() =>
        [.. (await new SqlChangeFeed(engine.Database).SinceAsync(DateTimeOffset.UnixEpoch, default)).Select(recorded => recorded.Change)];
}
