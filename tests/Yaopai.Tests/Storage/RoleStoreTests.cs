using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Sql.Organisations;

namespace Yaopai.Tests.Storage;

public sealed class SqliteRoleStoreTests(OnSqlite engine) : RoleStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresRoleStoreTests(OnPostgres engine) : RoleStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class RoleStoreContract(Engine engine) : IAsyncLifetime
{
    private readonly SqlRoleGroupStore _groups = new(engine.Database);
    private readonly SqlRoleStore _roles = new(engine.Database);
    private readonly Tenant _tenant = Samples.NewTenant();

    public async ValueTask InitializeAsync() => Assert.True(await new SqlTenantStore(engine.Database).TryAddAsync(_tenant, default));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Groups_and_roles_read_back()
    {
        var group = NewGroup("组") with { Number = await AddAsync(NewGroup("组")) };
        var role = NewRole(group.Number, "角色") with { Number = await AddAsync(NewRole(group.Number, "角色")) };

        Assert.Equal(group, await _groups.FindAsync(_tenant.Id, group.Number, default));
        Assert.Equal([group], await _groups.ListAsync(_tenant.Id, default));
        Assert.Equal(role, await _roles.FindAsync(_tenant.Id, role.Number, default));
        Assert.Equal([role], await _roles.ListAsync(_tenant.Id, default));

        var other = Samples.NewTenant().Id;
        Assert.Null(await _groups.FindAsync(other, group.Number, default));
        Assert.Null(await _roles.FindAsync(other, role.Number, default));
        Assert.Empty(await _roles.ListAsync(other, default));
    }

    [Fact]
    public async Task A_name_is_one_groups_or_one_roles_of_a_group()
    {
        var (group, other) = (await AddAsync(NewGroup("a")), await AddAsync(NewGroup("b")));
        await AddAsync(NewRole(group, "x"));
        var second = await AddAsync(NewRole(group, "y"));

        Assert.Equal(RoleOutcome.NameTaken, (await _groups.PutAsync(NewGroup("a"), default)).Outcome);
        Assert.Equal(RoleOutcome.NameTaken, (await _groups.PutAsync(NewGroup("a") with { Number = other }, default)).Outcome);
        Assert.Equal(RoleOutcome.NameTaken, (await _roles.PutAsync(NewRole(group, "x") with { Number = second }, default)).Outcome);
        Assert.Equal(RoleOutcome.Done, (await _roles.PutAsync(NewRole(other, "x"), default)).Outcome);
        Assert.Equal(RoleOutcome.Done, (await _roles.PutAsync(NewRole(group, "z") with { Number = second }, default)).Outcome);
        Assert.Equal("z", (await _roles.FindAsync(_tenant.Id, second, default))!.Name);
    }

    [Fact]
    public async Task What_is_not_there_is_refused_and_a_group_with_roles_stays()
    {
        var group = await AddAsync(NewGroup("a"));
        var role = await AddAsync(NewRole(group, "x"));

        Assert.Equal(RoleOutcome.Missing, (await _groups.PutAsync(NewGroup("c") with { Number = 99 }, default)).Outcome);
        Assert.Equal(RoleOutcome.Missing, (await _roles.PutAsync(NewRole(99, "c"), default)).Outcome);
        Assert.Equal(RoleOutcome.Missing, (await _roles.PutAsync(NewRole(group, "c") with { Number = 99 }, default)).Outcome);
        Assert.Equal(RoleOutcome.NotEmpty, await _groups.DeleteAsync(_tenant.Id, group, default));
        Assert.Equal(RoleOutcome.Done, await _roles.DeleteAsync(_tenant.Id, role, default));
        Assert.Equal(RoleOutcome.Missing, await _roles.DeleteAsync(_tenant.Id, role, default));
        Assert.Equal(RoleOutcome.Done, await _groups.DeleteAsync(_tenant.Id, group, default));
        Assert.Equal(RoleOutcome.Missing, await _groups.DeleteAsync(_tenant.Id, group, default));
    }

    [Fact]
    public async Task Members_have_the_roles_that_they_were_given_last()
    {
        var group = await AddAsync(NewGroup("a"));
        var (one, other) = (await AddAsync(NewRole(group, "x")), await AddAsync(NewRole(group, "y")));

        Assert.Equal(RoleOutcome.Done, await AssignAsync("u", one, other));
        Assert.Equal([one, other], (await _roles.OfMembersAsync(_tenant.Id, ["u", "v"], default))["u"]);
        Assert.Equal(RoleOutcome.Missing, await AssignAsync("u", one, 99));
        Assert.Equal(RoleOutcome.Done, await AssignAsync("u", other));
        Assert.Equal([other], (await _roles.OfMembersAsync(_tenant.Id, ["u"], default))["u"]);

        await _roles.DeleteAsync(_tenant.Id, other, default);
        Assert.Empty((await _roles.OfMembersAsync(_tenant.Id, ["u"], default))["u"]);
    }

    private RoleGroup NewGroup(string name) => new(_tenant.Id, 0, name, "", Samples.Noon, Samples.Noon);

    private Role NewRole(long group, string name) => new(_tenant.Id, 0, group, name, "", Samples.Noon, Samples.Noon);

    private async Task<long> AddAsync(RoleGroup group)
    {
        var (outcome, number) = await _groups.PutAsync(group, default);
        Assert.Equal(RoleOutcome.Done, outcome);
        return number;
    }

    private async Task<long> AddAsync(Role role)
    {
        var (outcome, number) = await _roles.PutAsync(role, default);
        Assert.Equal(RoleOutcome.Done, outcome);
        return number;
    }

    private Task<RoleOutcome> AssignAsync(string userId, params long[] roles) =>
        engine.Database.WriteAsync(session => RoleRows.AssignAsync(session, _tenant.Id, userId, roles), default);
}
