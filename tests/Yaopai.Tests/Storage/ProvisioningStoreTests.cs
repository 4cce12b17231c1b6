using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Apps;
using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Queues;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Organisations;
using Yaopai.Server.Storage.Sql.Provisioning;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class SqliteProvisioningStoreTests(OnSqlite engine) : ProvisioningStoreContract(engine), IClassFixture<OnSqlite>
{
    private readonly OnSqlite _engine = engine;

    [Theory]
    [InlineData("SELECT MIN(tenant_id) FROM provisioning_item WHERE bucket IS NULL AND tenant_id > 7", "provisioning_item_")]
    [InlineData(
        "SELECT job_id FROM provisioning_item WHERE tenant_id = 7 AND subject = 1 AND bucket IS NULL ORDER BY created_at, ordinal",
        "provisioning_item_waiting")]
    [InlineData(
        "SELECT created_at FROM provisioning_item WHERE tenant_id = 7 AND subject = 1 AND bucket IS NULL AND NOT (lease_until <= 5) "
        + "ORDER BY created_at, ordinal LIMIT 1",
        "provisioning_item_waiting")]
    [InlineData(
        "UPDATE provisioning_item SET lease_id = 8 WHERE tenant_id = 7 AND subject = 1 AND bucket IS NULL "
        + "AND created_at BETWEEN 1 AND 4 AND lease_id = 8 AND lease_until > 0 RETURNING job_id",
        "provisioning_item_waiting (tenant_id=? AND subject=? AND created_at>? AND created_at<?)")]
    [InlineData(
        "SELECT state FROM provisioning_item WHERE tenant_id = 7 AND subject = 1 AND item_key = 'a' AND bucket IS NULL",
        "provisioning_item_pending")]
    [InlineData(
        "SELECT state FROM provisioning_item WHERE tenant_id = 7 AND subject = 1 AND item_key = 'a' ORDER BY created_at DESC LIMIT 1",
        "provisioning_item_key")]
    [InlineData("SELECT state FROM provisioning_item WHERE tenant_id = 7 AND mobile = 'a' ORDER BY created_at DESC",
        "provisioning_item_mobile")]
    [InlineData("SELECT state FROM provisioning_item WHERE tenant_id = 7 AND email = 'a' ORDER BY created_at DESC",
        "provisioning_item_email")]
    public async Task Items_are_found_by_an_index_range_and_in_its_order(string select, string index)
    {
        var plan = await _engine.Database.ReadAsync(session => session.ListAsync<Step>($"EXPLAIN QUERY PLAN {select}"), default);

        var step = Assert.Single(plan).Detail;
        Assert.StartsWith("SEARCH", step, StringComparison.Ordinal);
        Assert.Contains(index, step, StringComparison.Ordinal);
    }

    private sealed class Step
    {
        public string Detail { get; init; } = "";
    }
}

public sealed class PostgresProvisioningStoreTests(OnPostgres engine) : ProvisioningStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class ProvisioningStoreContract(Engine engine) : IAsyncLifetime
{
    private static readonly LeaseTerms s_terms =
        new(Samples.Noon, TimeSpan.FromMinutes(1), TimeSpan.MaxValue, TimeSpan.FromMinutes(1));

    private readonly long _tenant = Samples.NewId();
    private readonly Dictionary<string, string> _mobiles = [];
    private readonly FakeTimeProvider _time = new(Samples.Noon);
    private Database _database = null!;
    private SqlProvisioningStore _store = null!;
    private SqlProvisioningQueue _queue = null!;

    public async ValueTask InitializeAsync()
    {
        _database = engine.Open(clock: _time);
        _store = new(_database, new ProvisioningSignal());
        _queue = new(_database);
        await AddTenantAsync(_tenant);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_item_waits_is_applied_and_has_its_account_opened()
    {
        var job = await SubmitAsync(Member("ada"), Member("bob") with { OpensAccount = false });
        Assert.Equal([ItemState.Queued, ItemState.Queued], await StatesAsync(job));

        var batch = await LeaseAsync();
        Assert.Equal([ItemState.Processing, ItemState.Processing], await StatesAsync(job));
        await ApplyAsync(batch);
        Assert.Equal([ItemState.Opening, ItemState.Saved], await StatesAsync(job));
        await ApplyAsync(await LeaseAsync());
        Assert.Equal([ItemState.Opened, ItemState.Saved], await StatesAsync(job));

        Assert.Null(await TryLeaseAsync());
        Assert.Equal(["ada:Open", "bob:WithoutAccount"], await AppliedAsync());
        Assert.Equal(ItemState.Opened, (await _store.FindLatestAsync(_tenant, ItemLookup.Member, "ada", default))!.State);
        Assert.Equal("ada", (await _store.FindLatestAsync(_tenant, ItemLookup.Mobile, Mobile("ada"), default))!.Key);
        Assert.Equal("bob", (await _store.FindLatestAsync(_tenant, ItemLookup.Email, "BOB@X.example", default))!.Key);
    }

    [Fact]
    public async Task What_waits_or_is_being_applied_is_not_queued_again()
    {
        var first = await SubmitAsync(Member("ada"), Member("ada"));
        Assert.Equal([ItemState.Queued, ItemState.AlreadyQueued], await StatesAsync(first));
        Assert.Equal([ItemState.AlreadyQueued], await StatesAsync(await SubmitAsync(Member("ada"))));

        var batch = await LeaseAsync();
        Assert.Equal([ItemState.AlreadyProcessing], await StatesAsync(await SubmitAsync(Member("ada"))));
        Assert.Equal(ItemState.AlreadyProcessing, (await ApplyNowAsync(Member("ada"))).State);
        await ApplyAsync(batch);
        Assert.Equal([ItemState.AlreadyProcessing], await StatesAsync(await SubmitAsync(Member("ada")))); // its account is opening
        Assert.Equal(ItemState.Opening, (await _store.FindLatestAsync(_tenant, ItemLookup.Member, "ada", default))!.State);
        await ApplyAsync(await LeaseAsync());

        Assert.Equal([ItemState.Queued], await StatesAsync(await SubmitAsync(Member("ada"))));
        Assert.Equal(ItemState.AlreadyQueued, (await ApplyNowAsync(Member("ada"))).State);
        Assert.Equal(["ada:Open"], await AppliedAsync());
    }

    [Fact]
    public async Task Of_ten_that_submit_the_same_one_has_it_queued()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => _store.SubmitAsync(_tenant, Samples.NewId(), [ItemChange.Of(ItemAction.Put, Member("ada"))], default)));

        Assert.Single(states, state => state[0] is ItemState.Queued);
        Assert.Equal(9, states.Count(state => state[0] is ItemState.AlreadyQueued));
    }

    [Fact]
    public async Task Nothing_is_taken_before_what_it_waits_for()
    {
        var job = await SubmitAsync(
            ItemChange.Of(ItemAction.Put, Member("ada") with { Secretary = "bob" }),
            ItemChange.Of(ItemAction.Put, Member("bob")),
            Department("leaf", "branch"), Department("branch", "trunk"), Department("trunk", DepartmentChange.Root));

        var taken = new List<string>();
        while (await TryLeaseAsync() is { } batch)
        {
            taken.AddRange(batch.Items.Select(item => item.Ordinal.ToString()));
            await ApplyAsync(batch);
        }

        Assert.Equal(["4", "3", "2", "1"], taken[..4]);
        Assert.Equal(["0", "0", "1"], taken[4..].Order());
        Assert.Equal(
            [ItemState.Opened, ItemState.Opened, ItemState.Done, ItemState.Done, ItemState.Done], await StatesAsync(job));
    }

    [Fact]
    public async Task What_is_neither_there_nor_queued_is_missing()
    {
        var job = await SubmitAsync(
            Department("leaf", "nowhere"), ItemChange.Of(ItemAction.Put, Member("ada") with { Secretary = "nobody" }));

        await WorkAsync();

        Assert.Equal([ItemState.ParentMissing, ItemState.SecretaryMissing], await StatesAsync(job));
    }

    [Fact]
    public async Task What_waits_for_each_other_does_not_wait_for_ever()
    {
        var job = await SubmitAsync(Department("hen", "egg"), Department("egg", "hen"), Department("self", "self"));

        await WorkAsync();

        Assert.Equal([ItemState.ParentMissing, ItemState.ParentMissing, ItemState.ParentMissing], await StatesAsync(job));
    }

    [Fact]
    public async Task Ten_nodes_share_the_work_and_apply_each_item_once()
    {
        const int Many = 300;
        await SubmitAsync([.. Enumerable.Range(0, Many).Select(number => Member($"m{number:000}") with { OpensAccount = false })]);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            await using var database = engine.Open(clock: _time);
            var node = new SqlProvisioningQueue(database);
            while ((await _queue.WaitingTenantsAsync(default)).Contains(_tenant))
            {
                if (await node.LeaseAsync(_tenant, s_terms, 7, default) is { } batch)
                    await node.ApplyAsync(batch, only: null, Samples.Noon, default);
            }
        }));

        Assert.Equal(Enumerable.Range(0, Many).Select(number => $"m{number:000}:WithoutAccount"), await AppliedAsync());
    }

    [Fact]
    public async Task What_a_dead_node_held_is_taken_after_its_lease_and_its_late_work_counts_for_nothing()
    {
        var job = await SubmitAsync(Member("ada") with { OpensAccount = false });
        var dead = await LeaseAsync();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(await TryLeaseAsync());
        Assert.Equal([ItemState.Processing], await StatesAsync(job));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([ItemState.Queued], await StatesAsync(job));
        var heir = await LeaseAsync();
        await ApplyAsync(dead);
        await _queue.PutOffAsync(dead, dead.Items[0], nextTryAt: null, default);
        Assert.Empty(await AppliedAsync());
        await ApplyAsync(heir);
        await ApplyAsync(heir);

        Assert.Equal(["ada:WithoutAccount"], await AppliedAsync());
        Assert.Equal([ItemState.Saved], await StatesAsync(job));
        Assert.Equal(2, heir.Items[0].Tries);
    }

    [Fact]
    public async Task An_item_that_cannot_be_applied_fails_alone_after_its_tries()
    {
        var job = await SubmitAsync(Member("ada"), Member("eve"), Member("bob"));
        await engine.ExecuteAsync($"UPDATE provisioning_item SET change = '{{' WHERE tenant_id = {_tenant} AND item_key = 'eve'");

        await WorkAsync();
        Assert.Equal([ItemState.Opened, ItemState.Queued, ItemState.Opened], await StatesAsync(job));
        for (var at = Samples.Noon; at < Samples.Noon.AddMinutes(5); at += TimeSpan.FromSeconds(10))
            await WorkAsync(at);

        Assert.Equal([ItemState.Opened, ItemState.Failed, ItemState.Opened], await StatesAsync(job));
        Assert.Equal(ItemFault.Broken, (await _store.ListAsync(_tenant, job, default))[1].Fault);
        Assert.Equal(["ada:Open", "bob:Open"], await AppliedAsync());
    }

    [Fact]
    public async Task An_item_that_stops_every_node_is_taken_alone_and_then_given_up()
    {
        var job = await SubmitAsync(Member("ada"), Member("bob"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(2, (await LeaseAsync()).Items.Count);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(0, Assert.Single((await LeaseAsync()).Items).Ordinal);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        await WorkAsync();
        Assert.Equal([ItemState.Failed, ItemState.Opened], await StatesAsync(job));
    }

    [Fact]
    public async Task A_change_that_is_not_queued_is_applied_with_its_account_before_it_is_answered()
    {
        Assert.Equal(ItemState.Opened, (await ApplyNowAsync(Member("ada"))).State);
        Assert.Equal(ItemState.SecretaryMissing, (await ApplyNowAsync(Member("bob") with { Secretary = "nobody" })).State);

        Assert.Equal(["ada:Open"], await AppliedAsync());
        Assert.Equal(ItemState.SecretaryMissing, (await _store.FindLatestAsync(_tenant, ItemLookup.Member, "bob", default))!.State);
        Assert.Null(await TryLeaseAsync());
    }

    [Fact]
    public async Task Roles_are_looked_at_before_anything_of_the_member_is_written()
    {
        var role = await AddRoleAsync();
        var job = await SubmitAsync(Member("ada") with { Roles = [role, role] }, Member("bob") with { Roles = [role, role + 1] });
        await WorkAsync();

        Assert.Equal([ItemState.Opened, ItemState.Failed], await StatesAsync(job));
        Assert.Equal(ItemFault.RoleMissing, (await _store.ListAsync(_tenant, job, default))[1].Fault);
        Assert.Equal(["ada:Open"], await AppliedAsync());
        Assert.Equal(ItemFault.RoleMissing, (await ApplyNowAsync(Member("ada") with { Mobile = Mobile("eve"), Roles = [role + 1] })).Fault);
        var ada = (await new SqlMemberStore(_database).FindAsync(_tenant, MemberKey.CorpUserId, "ada", default))!;
        Assert.Equal(Mobile("ada"), ada.Mobile);
        Assert.Equal([role], (await new SqlRoleStore(_database).OfMembersAsync(_tenant, [ada.UserId], default))[ada.UserId]);
    }

    [Fact]
    public async Task Another_tenant_has_no_part_in_it()
    {
        var job = await SubmitAsync(Member("ada"));
        var other = Samples.NewId();
        await AddTenantAsync(other);

        Assert.Empty(await _store.ListAsync(other, job, default));
        Assert.Null(await _store.FindLatestAsync(other, ItemLookup.Member, "ada", default));
        Assert.Null(await _queue.LeaseAsync(other, s_terms, 9, default));
        Assert.Equal([ItemState.Queued], await _store.SubmitAsync(other, job, [ItemChange.Of(ItemAction.Put, Member("ada"))], default));
        Assert.Equal([_tenant, other], (await _queue.WaitingTenantsAsync(default)).Intersect([_tenant, other]));
    }

    [Fact]
    public async Task What_came_of_an_item_can_be_asked_for_thirty_days_and_what_waits_is_never_forgotten()
    {
        var purge = new SqlPurge(_database);
        var job = await SubmitAsync(Member("ada") with { OpensAccount = false });
        await WorkAsync();
        var waiting = await SubmitAsync(Member("bob"));

        await purge.RunAsync(Samples.Noon.AddDays(30).AddMinutes(-1), default);
        Assert.Single(await StatesAsync(job));
        await purge.RunAsync(Samples.Noon.AddDays(30).AddMinutes(10), default);
        Assert.Empty(await StatesAsync(job));
        Assert.Equal([ItemState.Queued], await StatesAsync(waiting));
    }

    private MemberChange Member(string key) =>
        new(key) { Name = key, Mobile = Mobile(key), Email = $"{key}@x.example", OpensAccount = true };

    /// <summary>Numbers belong to one account in all of the installation.</summary>
    private string Mobile(string key) => _mobiles.TryGetValue(key, out var mobile)
        ? mobile
        : _mobiles[key] = $"+86-139{Samples.NewId():00000000}";

    private async Task<long> AddRoleAsync()
    {
        var (_, group) = await new SqlRoleGroupStore(_database).PutAsync(new(_tenant, 0, "a", "", Samples.Noon, Samples.Noon), default);
        return (await new SqlRoleStore(_database).PutAsync(new(_tenant, 0, group, "x", "", Samples.Noon, Samples.Noon), default)).Number;
    }

    private static ItemChange Department(string key, string parent) =>
        ItemChange.Of(ItemAction.Put, new DepartmentChange(key, parent) { Name = key });

    private Task<long> SubmitAsync(params MemberChange[] members) =>
        SubmitAsync([.. members.Select(member => ItemChange.Of(ItemAction.Put, member))]);

    private async Task<long> SubmitAsync(params ItemChange[] changes)
    {
        var job = Samples.NewId();
        var states = await _store.SubmitAsync(_tenant, job, changes, default);
        Assert.Equal(states, await StatesAsync(job));
        return job;
    }

    private Task<ItemResult> ApplyNowAsync(MemberChange member) =>
        _store.ApplyNowAsync(_tenant, Samples.NewId(), ItemChange.Of(ItemAction.Put, member), Samples.Noon, default);

    private async Task<IEnumerable<ItemState>> StatesAsync(long job) =>
        (await _store.ListAsync(_tenant, job, default)).Select(item => item.State);

    private Task<LeasedBatch?> TryLeaseAsync() => _queue.LeaseAsync(_tenant, s_terms, 100, default);

    private async Task<LeasedBatch> LeaseAsync() => Assert.IsType<LeasedBatch>(await TryLeaseAsync());

    private Task ApplyAsync(LeasedBatch batch) => _queue.ApplyAsync(batch, only: null, Samples.Noon, default);

    /// <summary>As a node does, until nothing is due.</summary>
    private async Task WorkAsync(DateTimeOffset? now = null)
    {
        using var worker = new ProvisioningWorker(
            _queue, new ProvisioningSignal(), new Readiness(), new WallClock(new FakeTimeProvider(now ?? Samples.Noon)), _time,
            Options.Create(new ProvisioningOptions()), NullLogger<ProvisioningWorker>.Instance);
        while (await worker.ServeNextAsync(_tenant, default) is not Turn.Nothing)
        {
        }
    }

    /// <summary>The members by their ids, with what became of them.</summary>
    private async Task<IEnumerable<string>> AppliedAsync() => (await _database.ReadAsync(
        session => session.ListAsync<Applied>(
            "SELECT corp_user_id, state FROM member WHERE tenant_id = @_tenant ORDER BY corp_user_id", new { _tenant }), default))
        .Select(row => $"{row.CorpUserId}:{(MemberState)row.State}");

    private async Task AddTenantAsync(long id) => Assert.True(await new SqlTenantStore(_database).TryAddAsync(
        new()
        {
            Id = id,
            Name = "公司",
            NameEn = "Company",
            Domain = $"company{id}",
            CreatedAt = Samples.Noon,
            ChangedAt = Samples.Noon,
        }, default));

    private sealed class Applied
    {
        public string CorpUserId { get; init; } = "";
        public long State { get; init; }
    }
}
