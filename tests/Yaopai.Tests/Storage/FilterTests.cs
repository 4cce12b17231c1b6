using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Organisations;

namespace Yaopai.Tests.Storage;

public sealed class SqliteFilterTests(OnSqlite engine) : FilterContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresFilterTests(OnPostgres engine) : FilterContract(engine), IClassFixture<OnPostgres>;

/// <summary>Lists of what is asked for, and changes of what is there by then.</summary>
public abstract class FilterContract(Engine engine)
{
    private readonly SqlAppStore _apps = new(engine.Database);
    private readonly SqlDeveloperStore _developers = new(engine.Database);
    private readonly SqlAccountGroupStore _groups = new(engine.Database);
    private readonly SqlTenantStore _tenants = new(engine.Database);
    private readonly SqlAccountStore _accounts = new(engine.Database);

    [Fact]
    public async Task Apps_are_found_by_owner_beginning_of_the_name_and_state()
    {
        var owner = Samples.NewId();
        foreach (var (name, disabled) in new[] { ("One%", false), ("One_two", true), ("one", false), ("Two", false) })
            await _apps.TryAddAsync(Samples.NewApp(owner) with { Name = name, DisabledAt = disabled ? Samples.Noon : null }, default);

        Assert.Equal(["One%", "One_two", "Two", "one"], await NamesAsync(new() { DeveloperId = owner }));
        Assert.Equal(["One%", "One_two"], await NamesAsync(new() { DeveloperId = owner, NameBegins = "One" }));
        Assert.Equal(["One%"], await NamesAsync(new() { DeveloperId = owner, NameBegins = "One%" }));
        Assert.Equal(["One_two"], await NamesAsync(new() { DeveloperId = owner, IsDisabled = true }));
        Assert.Equal(["One%"], await NamesAsync(new() { DeveloperId = owner, NameBegins = "One", IsDisabled = false }));
        Assert.Empty(await NamesAsync(new() { DeveloperId = owner, NameBegins = "' OR 1=1 --" }));

        async Task<IEnumerable<string>> NamesAsync(AppFilter filter) =>
            (await _apps.ListAsync(filter, after: 0, take: 10, default)).Select(app => app.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Developers_and_groups_are_found_by_group_name_and_state()
    {
        var group = new AccountGroup(Samples.NewId(), $"G{Guid.NewGuid():n}", Samples.Noon, Samples.Noon);
        await _groups.TryAddAsync(group, default);
        var developer = new Developer(Samples.NewId(), $"D{Guid.NewGuid():n}", group.Id, Samples.Noon, null);
        await _developers.TryAddAsync(developer, default);

        Assert.Equal([developer], await _developers.ListAsync(new() { GroupId = group.Id }, 0, 10, default));
        Assert.Equal([developer], await _developers.ListAsync(new() { NameBegins = developer.Name, IsDisabled = false }, 0, 10, default));
        Assert.Empty(await _developers.ListAsync(new() { GroupId = group.Id, IsDisabled = true }, 0, 10, default));
        Assert.Empty(await _developers.ListAsync(new() { GroupId = group.Id }, developer.Id, 10, default));
        Assert.Equal([group], await _groups.ListAsync(new() { NameBegins = group.Name[..20], IsDisabled = true }, 0, 10, default));
        Assert.Empty(await _groups.ListAsync(new() { NameBegins = group.Name, IsDisabled = false }, 0, 10, default));
    }

    [Fact]
    public async Task Tenants_are_found_by_domain_name_and_state()
    {
        var tenant = Samples.NewTenant() with { Name = $"公司{Guid.NewGuid():n}" };
        await _tenants.TryAddAsync(tenant, default);

        Assert.Equal([tenant], await _tenants.ListAsync(new() { Domain = tenant.Domain }, null, 10, default));
        Assert.Equal([tenant], await _tenants.ListAsync(new() { NameBegins = tenant.Name, IsDisabled = false }, null, 10, default));
        Assert.Empty(await _tenants.ListAsync(new() { Domain = tenant.Domain, IsDisabled = true }, null, 10, default));
        Assert.Empty(await _tenants.ListAsync(new() { Domain = tenant.Domain }, tenant.Id, 10, default));
    }

    [Fact]
    public async Task People_are_found_by_name_mail_number_region_and_state()
    {
        var mark = $"{Guid.NewGuid():n}";
        var (one, other) = (NewAccount($"Zhang{mark}"), NewAccount($"zhang{mark}2") with { Region = "HK", DisabledAt = Samples.Noon });
        one = one with
        {
            Email = $"{mark}@a.example",
            Phones = [new(Samples.NewId(), "86", $"139{Samples.NewId():00000000}", "CN", true, Samples.Noon)],
        };
        Assert.True(await _accounts.TryAddAsync(one, default));
        Assert.True(await _accounts.TryAddAsync(other, default));

        Assert.Equal([one.Id, other.Id], await IdsAsync(new() { NameBegins = $"ZHANG{mark}" }));
        Assert.Equal([one.Id], await IdsAsync(new() { Mail = one.Email }));
        Assert.Equal([one.Id], await IdsAsync(new() { Phone = ("86", one.Phones[0].National) }));
        Assert.Equal([other.Id], await IdsAsync(new() { NameBegins = $"zhang{mark}", Region = "HK" }));
        Assert.Equal([other.Id], await IdsAsync(new() { NameBegins = $"zhang{mark}", State = AccountState.Disabled }));
        Assert.Equal([one.Id], await IdsAsync(new() { NameBegins = $"zhang{mark}", State = AccountState.Enabled }));
        Assert.Empty(await IdsAsync(new() { NameBegins = $"zhang{mark}", State = AccountState.Recycled }));
        Assert.Empty(await IdsAsync(new() { Mail = "%" }));
        Assert.Equal(one.Phones, (await _accounts.ListAsync(new() { Mail = one.Email }, 0, 10, default))[0].Phones);

        async Task<IEnumerable<long>> IdsAsync(AccountFilter filter) =>
            (await _accounts.ListAsync(filter, after: 0, take: 10, default)).Select(account => account.Id);
    }

    [Fact]
    public async Task Of_changes_at_once_none_is_lost_and_one_that_is_given_up_stores_nothing()
    {
        var app = Samples.NewApp(Samples.NewId()) with { Name = "" };
        var developer = new Developer(Samples.NewId(), "", null, Samples.Noon, null);
        var group = new AccountGroup(Samples.NewId(), "", Samples.Noon, null);
        var tenant = Samples.NewTenant() with { Name = "" };
        await _apps.TryAddAsync(app, default);
        await _developers.TryAddAsync(developer, default);
        await _groups.TryAddAsync(group, default);
        await _tenants.TryAddAsync(tenant, default);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await _apps.ChangeAsync(app.Id, one => one with { Name = one.Name + "x" }, default);
            await _developers.ChangeAsync(developer.Id, one => one with { Name = one.Name + "x" }, default);
            await _groups.ChangeAsync(group.Id, one => one with { Name = one.Name + "x" }, default);
            await _tenants.ChangeAsync(tenant.Id, one => one with { Name = one.Name + "x" }, default);
        })));

        Assert.Equal("xxxxxxxx", (await _apps.FindAsync(app.Id, default))!.Name);
        Assert.Equal("xxxxxxxx", (await _developers.FindAsync(developer.Id, default))!.Name);
        Assert.Equal("xxxxxxxx", (await _groups.FindAsync(group.Id, default))!.Name);
        Assert.Equal("xxxxxxxx", (await _tenants.FindAsync(tenant.Id, default))!.Name);
        Assert.Null(await _apps.ChangeAsync(app.Id, _ => null, default));
        Assert.Null(await _apps.ChangeAsync(Samples.NewId(), one => one, default));
        Assert.Null(await _developers.ChangeAsync(Samples.NewId(), one => one, default));
        Assert.Null(await _groups.ChangeAsync(Samples.NewId(), one => one, default));
        Assert.Null(await _tenants.ChangeAsync(Samples.NewId(), one => one, default));
    }

    private static Account NewAccount(string name) => new()
    {
        Id = Samples.NewId(),
        Name = name,
        PasswordHash = "hash",
        Region = "CN",
        CreatedAt = Samples.Noon,
    };
}
