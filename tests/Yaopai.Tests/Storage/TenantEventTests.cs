using Yaopai.Server.Apps;
using Yaopai.Server.Events;
using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Queues;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Events;
using Yaopai.Server.Storage.Sql.Organisations;
using Yaopai.Server.Storage.Sql.Provisioning;

namespace Yaopai.Tests.Storage;

public sealed class SqliteTenantEventTests(OnSqlite engine) : TenantEventContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresTenantEventTests(OnPostgres engine) : TenantEventContract(engine), IClassFixture<OnPostgres>;

/// <summary>What happens in organisations is told to the apps that they have, and written with what happened.</summary>
public abstract class TenantEventContract(Engine engine) : IAsyncLifetime
{
    private static readonly SqlOutbox s_outbox =
        new(new WallClock(TimeProvider.System), new EventSignal(), new EventPolicy(new EventWriters([new TenantWriter()])));

    private readonly Engine _engine = engine;
    private readonly SqlEventStore _events = new(engine.Database);
    private readonly SqlAppStore _apps = new(engine.Database);
    private readonly SqlTenantStore _tenants = new(engine.Database);
    private readonly SqlSubscriptionStore _subscriptions = new(engine.Database, s_outbox);
    private readonly SqlMemberStore _members = new(engine.Database, s_outbox);
    private readonly SqlDepartmentStore _departments = new(engine.Database, s_outbox);
    private readonly Tenant _home = Samples.NewTenant();
    private readonly Tenant _buyer = Samples.NewTenant();
    private long _app;

    public async ValueTask InitializeAsync()
    {
        Assert.True(await _tenants.TryAddAsync(_home, default) && await _tenants.TryAddAsync(_buyer, default));
        _app = await NewAppAsync([.. SecurityEventKinds.OfTenants]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_subscription_is_told_to_its_app_and_so_is_its_end()
    {
        Assert.True(await _subscriptions.TrySubscribeAsync(_buyer.Id, _app, Samples.Noon, default));
        Assert.False(await _subscriptions.TrySubscribeAsync(_buyer.Id, _app, Samples.Noon, default)); // and says nothing
        Assert.True(await _subscriptions.TryUnsubscribeAsync(_buyer.Id, _app, default));
        Assert.False(await _subscriptions.TryUnsubscribeAsync(_buyer.Id, _app, default));

        var told = await ToldAsync(_app);
        Assert.Equal(
            [SecurityEventKind.TenantSubscribed, SecurityEventKind.TenantUnsubscribed], told.Select(happened => happened.Kind).Order());
        Assert.All(told, happened => Assert.Equal((_buyer.Id, 0), (happened.TenantId, happened.AccountId)));
        Assert.All(told, happened => Assert.Empty(happened.Subjects));
    }

    [Fact]
    public async Task What_happens_to_members_is_told_to_the_apps_that_their_organisation_has()
    {
        var stranger = await NewAppAsync([.. SecurityEventKinds.OfTenants]);
        await _subscriptions.TrySubscribeAsync(_buyer.Id, _app, Samples.Noon, default);

        await HappenAsync(SecurityEventKind.MemberDeleted, "zhangsan@domain", "李四@domain");

        var told = Assert.Single(await ToldAsync(_app), happened => happened.Kind is SecurityEventKind.MemberDeleted);
        Assert.Equal(_buyer.Id, told.TenantId);
        Assert.Equal(["zhangsan@domain", "李四@domain"], told.Subjects);
        Assert.Empty(await ToldAsync(stranger));
        Assert.Equal(told.Subjects, (await LeaseAsync(_app, SecurityEventKind.MemberDeleted)).Subjects);
    }

    [Fact]
    public async Task The_stores_of_members_and_departments_tell_what_they_did_and_nothing_else()
    {
        await _subscriptions.TrySubscribeAsync(_buyer.Id, _app, Samples.Noon, default);
        var department = new Department
        {
            TenantId = _buyer.Id,
            Name = "研发部",
            NameEn = "Research",
            CreatedAt = Samples.Noon,
            ChangedAt = Samples.Noon,
        };
        var (_, number) = await _departments.PutAsync(department, default);
        var member = new Member
        {
            TenantId = _buyer.Id,
            UserId = $"zhangsan@{_buyer.Domain}",
            CorpUserId = "zhangsan",
            Name = "张三",
            Memberships = [new(number, 1)],
            CreatedAt = Samples.Noon,
            ChangedAt = Samples.Noon,
        };
        Assert.Equal(MemberOutcome.Done, await _members.PutAsync(member, default));
        Assert.Equal(MemberOutcome.Done, await _members.ChangeMobileAsync(
            _buyer.Id, member.UserId, MobileNumber.Write("86", "13800138000"), Samples.Noon, default));
        Assert.Equal(MemberOutcome.Missing, await _members.DeleteAsync(_buyer.Id, "nobody", Samples.Noon, default));
        Assert.Equal(MemberOutcome.Done, await _members.DeleteAsync(_buyer.Id, member.UserId, Samples.Noon, default));
        Assert.Equal(DepartmentOutcome.Done, await _departments.DeleteAsync(_buyer.Id, number, default));
        Assert.Equal(DepartmentOutcome.Missing, await _departments.DeleteAsync(_buyer.Id, number, default));

        (SecurityEventKind, string)[] expected =
        [
            (SecurityEventKind.MemberChanged, member.UserId), (SecurityEventKind.MemberChanged, member.UserId),
            (SecurityEventKind.MemberDeleted, member.UserId),
            (SecurityEventKind.DepartmentChanged, $"{number}"), (SecurityEventKind.DepartmentDeleted, $"{number}"),
        ];
        Assert.Equal(expected, (await ToldAsync(_app)).Where(happened => happened.Subjects.Count > 0)
            .Select(happened => (happened.Kind, Assert.Single(happened.Subjects))).Order());
    }

    [Fact]
    public async Task Many_members_are_told_a_hundred_together()
    {
        await _subscriptions.TrySubscribeAsync(_buyer.Id, _app, Samples.Noon, default);
        string[] ids = [.. Enumerable.Range(0, 250).Select(i => $"user{i:000}@domain")];

        await HappenAsync(SecurityEventKind.MemberChanged, ids);

        var told = (await ToldAsync(_app)).Where(happened => happened.Kind is SecurityEventKind.MemberChanged).ToArray();
        Assert.Equal([50, 100, 100], told.Select(happened => happened.Subjects.Count).Order());
        Assert.Equal(ids, told.SelectMany(happened => happened.Subjects).Order());
    }

    [Fact]
    public async Task An_app_is_told_what_it_wants_to_hear_and_nothing_without_a_callback()
    {
        var choosy = await NewAppAsync(SecurityEventKind.DepartmentDeleted);
        var silent = await NewAppAsync([.. SecurityEventKinds.OfTenants], callback: null);
        foreach (var app in new[] { choosy, silent })
            await _subscriptions.TrySubscribeAsync(_buyer.Id, app, Samples.Noon, default);

        await HappenAsync(SecurityEventKind.DepartmentChanged, "1003");
        await HappenAsync(SecurityEventKind.DepartmentDeleted, "1004");
        await HappenAsync(SecurityEventKind.DepartmentDeleted);

        Assert.Equal(["1004"], Assert.Single(await ToldAsync(choosy)).Subjects);
        Assert.Empty(await ToldAsync(silent));
    }

    [Fact]
    public async Task What_did_not_happen_is_not_told()
    {
        await _subscriptions.TrySubscribeAsync(_buyer.Id, _app, Samples.Noon, default);
        await _engine.Database.TryWriteAsync(async session =>
        {
            await s_outbox.AddAsync(session, _buyer.Id, SecurityEventKind.MemberChanged, ["zhangsan@domain"]);
            return false;
        }, default);

        Assert.DoesNotContain(await ToldAsync(_app), happened => happened.Kind is SecurityEventKind.MemberChanged);
    }

    [Fact]
    public async Task What_provisioning_does_is_told_with_what_it_did_and_nothing_else()
    {
        await _subscriptions.TrySubscribeAsync(_buyer.Id, _app, Samples.Noon, default);
        var store = new SqlProvisioningStore(_engine.Database, new ProvisioningSignal(), s_outbox);

        await ApplyAsync(ItemAction.Create, department: new("research") { Name = "研发部" });
        await ApplyAsync(ItemAction.Put, new("zhangsan") { Name = "张三" });
        await ApplyAsync(ItemAction.Create, new("zhangsan") { Name = "张三" }); // there already: fails
        await ApplyAsync(ItemAction.Delete, new("nobody"));
        await ApplyAsync(ItemAction.Delete, new("zhangsan"));

        (SecurityEventKind, string)[] expected =
        [
            (SecurityEventKind.MemberChanged, $"zhangsan@{_buyer.Domain}"), (SecurityEventKind.MemberDeleted, $"zhangsan@{_buyer.Domain}"),
        ];
        var told = (await ToldAsync(_app)).Where(happened => happened.Subjects.Count > 0).ToArray();
        Assert.Equal(expected, told.Where(happened => happened.Kind is SecurityEventKind.MemberChanged or SecurityEventKind.MemberDeleted)
            .Select(happened => (happened.Kind, Assert.Single(happened.Subjects))).Order());
        Assert.Single(told, happened => happened.Kind is SecurityEventKind.DepartmentChanged);

        Task ApplyAsync(ItemAction action, MemberChange? member = null, DepartmentChange? department = null) => store.ApplyNowAsync(
            _buyer.Id, Samples.NewId(), new ItemChange(action, department, member), Samples.Noon, default);
    }

    private async Task<long> NewAppAsync(SecurityEventKind[] kinds, string? callback = "https://app.example/events")
    {
        var app = Samples.NewApp(1) with { EventCallback = callback, EventKinds = kinds };
        Assert.True(await _apps.TryAddAsync(app, default));
        Assert.True(await _subscriptions.TryAddHomeAsync(new AppTenancy(app.Id, _home.Id, IsIsv: true), Samples.Noon, default));
        return app.Id;
    }

    private Task<long> NewAppAsync(SecurityEventKind kind) => NewAppAsync([kind]);

    private Task<bool> HappenAsync(SecurityEventKind kind, params string[] subjects) => _engine.Database.WriteAsync(async session =>
    {
        await s_outbox.AddAsync(session, _buyer.Id, kind, subjects);
        return true;
    }, default);

    private async Task<SecurityEvent[]> ToldAsync(long app) =>
        [.. (await _events.ListAsync(app, state: null, 100, default)).Select(stored => stored.Event)];

    private async Task<SecurityEvent> LeaseAsync(long app, SecurityEventKind kind)
    {
        while (await _events.LeaseAsync(
            app, new LeaseTerms(Samples.Noon, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), TimeSpan.FromHours(1)), default) is { } leased)
        {
            if (leased.Event.Kind == kind)
                return leased.Event;
        }

        throw new InvalidOperationException($"No event {kind} is due.");
    }

    private sealed class TenantWriter : IEventWriter
    {
        public string Surface => "sample";

        public IReadOnlyList<SecurityEventKind> Kinds => SecurityEventKinds.OfTenants;

        public bool ShowsPhone(IEnumerable<string> scopes) => false;

        public ValueTask<EventMessage> WriteAsync(SecurityEvent happened, App app, CancellationToken ct) =>
            throw new NotSupportedException();
    }
}
