using Yaopai.Server.Provisioning;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Storage.Sql.Provisioning;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Provisioning;

public sealed class SqliteProvisioningCrashTests() : ProvisioningCrashContract(new OnSqlite());

public sealed class PostgresProvisioningCrashTests() : ProvisioningCrashContract(new OnPostgres());

/// <summary>The process that applies changes is killed in the middle of them, and another takes them up.</summary>
public abstract class ProvisioningCrashContract(Engine engine) : IAsyncLifetime
{
    private const long Tenant = DemoOrganisations.Welink;
    private const int Jobs = 16, ItemsOfJob = 50;

    private static readonly (string, string)[] s_settings =
        [("YAOPAI_Provisioning__Batch", "7"), ("YAOPAI_Provisioning__Lease", "00:00:05")];

    private SqlProvisioningStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        await engine.InitializeAsync();
        _store = new(engine.Database, new ProvisioningSignal());
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Every_item_is_applied_and_none_twice()
    {
        var before = await CountAsync("member");
        for (var job = 1; job <= Jobs; job++)
            await _store.SubmitAsync(Tenant, job, [.. Enumerable.Range(0, ItemsOfJob).Select(item => New(job, item))], default);

        await using (var first = await ServerProcess.StartAsync(engine, s_settings))
        {
            await Eventually.HoldsAsync(async () => (await StatesAsync()).Count(state => state is ItemState.Opened) > 20);
            await first.KillAsync();
        }

        Assert.Contains(await StatesAsync(), state => state is not ItemState.Opened); // else it was killed too late to show anything

        await using var second = await ServerProcess.StartAsync(engine, s_settings);
        await Eventually.HoldsAsync(async () => (await StatesAsync()).All(state => state > ItemState.Opening));

        // Each was to be made, and not to be changed: a second time would have failed.
        Assert.All(await StatesAsync(), state => Assert.Equal(ItemState.Opened, state));
        Assert.Equal(before + (Jobs * ItemsOfJob), await CountAsync("member"));
    }

    private static ItemChange New(int job, int item) => ItemChange.Of(
        ItemAction.Create,
        new MemberChange($"m{job}-{item}") { Name = "x", Mobile = $"+86-137{job:0000}{item:0000}", OpensAccount = true });

    /// <summary>In one statement: asking for each job would keep the database from the work that is waited for.</summary>
    private async Task<IReadOnlyList<ItemState>> StatesAsync() => [.. (await engine.Database.ReadAsync(
        session => session.ListAsync<long>("SELECT state FROM provisioning_item WHERE tenant_id = @Tenant", new { Tenant }), default))
        .Select(state => (ItemState)state)];

    private async Task<long> CountAsync(string table) => (await engine.Database.ReadAsync(
        session => session.ListAsync<long>($"SELECT COUNT(*) FROM {table}"), default))[0];
}
