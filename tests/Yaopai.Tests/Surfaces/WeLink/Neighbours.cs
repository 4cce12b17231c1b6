using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Events;
using Yaopai.Server.Messages;
using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Queues;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.WeLink.Knowledge;
using Yaopai.Tests.Surfaces.WeLink.Marketplace;

namespace Yaopai.Tests.Surfaces.WeLink;

/// <summary>Two organisations that have something of everything, on one server.</summary>
public sealed class Neighbours : ServerFixture, IAsyncLifetime
{
    protected override (string Key, string Value)[] Settings =>
        [("Provisioning:Concurrency", "0"), ("Quotas:AddressPerMinute", "0"), ("Quotas:AppPerMinute", "100000")];

    private IReadOnlyList<string> _tables = [];

    internal Neighbour First { get; private set; } = null!;

    internal Neighbour Second { get; private set; } = null!;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        First = await Neighbour.SettleAsync(this, "first", numbersFrom: 500_000_000);
        Second = await Neighbour.SettleAsync(this, "second", numbersFrom: 2_000);
        Assert.True(await Server.Get<ISubscriptionStore>().TrySubscribeAsync(
            Second.Tenant.Id, First.App.ClientId, Samples.Noon, default));
        _tables = await TablesAsync();
        foreach (var table in _tables)
            await Engine.ExecuteAsync($"CREATE TABLE kept_{table} AS SELECT * FROM {table} WHERE tenant_id = {Second.Tenant.Id}");
    }

    /// <summary>The second one as it was, whatever was done to it.</summary>
    internal Task RestoreAsync() => Engine.ExecuteAsync($"BEGIN IMMEDIATE; {string.Concat(_tables.Select(table =>
        $"DELETE FROM {table} WHERE tenant_id = {Second.Tenant.Id}; INSERT INTO {table} SELECT * FROM kept_{table};"))} COMMIT");

    /// <summary>Every row of a tenant, a text each, by table.</summary>
    internal async Task<SortedDictionary<string, List<string>>> DumpAsync(long tenantId)
    {
        var all = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in _tables)
        {
            // how far an event got is between the server and its receiver
            var columns = table is "security_event" ? "app_id, id, account_id, kind, scopes, occurred_at, subjects" : "*";
            all[table] = await RowsAsync($"SELECT {columns} FROM {table} WHERE tenant_id = {tenantId}");
        }

        var accounts = $"(SELECT account_id FROM member WHERE tenant_id = {tenantId})";
        var apps = $"(SELECT app_id FROM app_tenancy WHERE tenant_id = {tenantId})";
        foreach (var (table, where) in new[]
        {
            ("tenant", $"id = {tenantId}"), ("account", $"id IN {accounts}"), ("phone_number", $"account_id IN {accounts}"),
            ("app", $"id IN {apps}"), ("purchase", $"app_id IN {apps}"), ("purchase_order", $"app_id IN {apps}"),
            ("market_key", $"app_id IN {apps}"),
        })
        {
            all[table] = await RowsAsync($"SELECT * FROM {table} WHERE {where}");
        }

        return all;
    }

    /// <summary>All changes of contacts that wait, to their end.</summary>
    internal async Task WorkAsync(long tenantId)
    {
        var queue = Server.Get<IProvisioningQueue>();
        while (await queue.LeaseAsync(
            tenantId, new LeaseTerms(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(10), TimeSpan.MaxValue, TimeSpan.FromMinutes(1)), 100,
            default) is { } batch)
        {
            await queue.ApplyAsync(batch, only: null, DateTimeOffset.UtcNow, default);
        }
    }

    private Task<List<string>> TablesAsync() => RowsAsync(
        """
        SELECT name
          FROM sqlite_master
         WHERE type = 'table' AND name NOT LIKE 'kept_%'
           AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_master.name) AS one WHERE one.name = 'tenant_id')
        """);

    private async Task<List<string>> RowsAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={((OnSqlite)Engine).Path};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(
                column => reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(column)}")));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}

/// <summary>One of the two.</summary>
internal sealed class Neighbour(Neighbours town, string name)
{
    private const string Message = "Create todo_task successfully.";

    /// <summary>Stands in every text of it that is no id.</summary>
    public string Mark { get; } = $"{name}-secret-{Guid.NewGuid():n}";

    public Tenant Tenant { get; private set; } = null!;

    public DemoData.DemoApp App { get; private set; } = null!;

    public Member Admin { get; private set; } = null!;

    public Member Closed { get; private set; } = null!;

    public Dictionary<string, string> Ids { get; } = [];

    private TestServer Server => town.Server;

    public static async Task<Neighbour> SettleAsync(Neighbours town, string name, int numbersFrom)
    {
        var neighbour = new Neighbour(town, name);
        await neighbour.SettleAsync(numbersFrom);
        return neighbour;
    }

    public Task<WeLinkCaller> OfAppAsync() => WeLinkCaller.OfAppAsync(Server, App);

    public WeLinkCaller OfMember(Member member) => OfMember(member, App);

    /// <summary>Of another app that it has.</summary>
    public WeLinkCaller OfMember(Member member, DemoData.DemoApp app) => Server.CallerOf(app, member.AccountId!.Value, Tenant.Id);

    /// <inheritdoc cref="OfMember(Member, DemoData.DemoApp)"/>
    public WeLinkCaller OfApp(DemoData.DemoApp app)
    {
        var now = DateTimeOffset.UtcNow;
        var tokens = Server.Get<CredentialIssuer>().AppTokens(
            Server.Get<WeLinkProfile>().Credentials, app.ClientId, string.Join(' ', WeLinkProfile.AppScopes),
            new IssuedOn(Server.Get<HybridClock>().Now, now), Tenant.Id);
        return new WeLinkCaller(Server, app) { Token = tokens.AccessToken };
    }

    private async Task SettleAsync(int numbersFrom)
    {
        Tenant = Samples.NewTenant() with { Name = Mark, NameEn = Mark, ContactName = Mark };
        Assert.True(await Server.Get<ITenantStore>().TryAddAsync(Tenant, default));
        await town.Engine.ExecuteAsync($"UPDATE tenant SET last_number = {numbersFrom} WHERE id = {Tenant.Id}");
        Ids["tenantId"] = TenantIds.Write(Tenant.Id);
        await AddAppAsync();
        var caller = await OfAppAsync();
        await AddPeopleAsync(caller);
        await AddMessagesAsync(caller);
        await AddKnowledgeAsync(caller);
        await AddRestAsync();
        await town.WorkAsync(Tenant.Id);
    }

    private async Task AddAppAsync()
    {
        var model = DemoData.Apps[0];
        var app = (await Server.Get<IAppStore>().FindAsync(model.ClientId, default))! with { Id = Samples.NewId(), Name = Mark };
        app = app with
        {
            EventCallback = "http://127.0.0.1:9/", // nobody listens there
            EventKinds = Server.GetAll<IEventWriter>().Single(writer => writer.Surface is "welink").Kinds,
            EventSurface = "welink",
        };
        app = app with { SigningSecrets = [Server.Get<SigningSecrets>().Seal(app.Id, model.ClientSecret)] };
        Assert.True(await Server.Get<IAppStore>().TryAddAsync(app, default));
        Assert.True(await Server.Get<ISubscriptionStore>().TryAddHomeAsync(
            new AppTenancy(app.Id, Tenant.Id, IsIsv: true), app.CreatedAt, default));
        App = model with { ClientId = app.Id };
        (Ids["appId"], Ids["secret"]) = ($"{app.Id}", model.ClientSecret);
        await town.Engine.ExecuteAsync($"INSERT INTO registered_app (tenant_id, name, app_id) VALUES ({Tenant.Id}, '{Mark}', {app.Id})");
    }

    private async Task AddPeopleAsync(WeLinkCaller caller)
    {
        var group = (await Server.Get<IDepartmentStore>().PutAsync(NewDepartment("root"), default)).Number;
        Ids["deptCode"] = $"{group}";
        Ids["corpDeptCode"] = $"{name}-dept-root";
        Admin = await AddMemberAsync("admin", group, MemberState.Open, isAdmin: true);
        Closed = await AddMemberAsync("closed", group, MemberState.Closed, isAdmin: false);
        var gone = await AddMemberAsync("gone", group, MemberState.Open, isAdmin: false);
        await Server.Get<IMemberStore>().ChangeMobileAsync(Tenant.Id, Admin.UserId, Company.NewNumber(), DateTimeOffset.UtcNow, default);
        await Server.Get<IMemberStore>().DeleteAsync(Tenant.Id, gone.UserId, Samples.Noon, default);
        Admin = (await Server.Get<IMemberStore>().FindAsync(Tenant.Id, MemberKey.UserId, Admin.UserId, default))!;
        (Ids["userId"], Ids["corpUserId"], Ids["mobile"], Ids["mail"]) = (Admin.UserId, Admin.CorpUserId, Admin.Mobile!, Admin.Email!);
        Ids["groupId"] = await DataAsync(
            caller.PostAsync("/api/contact/v1/rolegroup/create", new { roleGroupNameCn = Mark }), "roleGroupId");
        Ids["roleId"] = await DataAsync(
            caller.PostAsync("/api/contact/v1/role/create", new { roleGroupId = Ids["groupId"], roleNameCn = Mark }), "roleId");
        await town.Engine.ExecuteAsync(
            $"INSERT INTO member_role (tenant_id, role, user_id) VALUES ({Tenant.Id}, {Ids["roleId"]}, '{Admin.UserId}')");
        Ids["jobId"] = await DataAsync(
            caller.PostAsync(
                "/api/contact/v1/user/batch/update", new { personInfos = new[] { new { corpUserId = "none", remark = Mark } } }), "jobId");
        Ids["code"] = Server.CodeOf(App, Admin.AccountId!.Value, Tenant.Id);
    }

    private async Task AddMessagesAsync(WeLinkCaller caller)
    {
        Ids["publicAccId"] = $"{name}-news";
        await Server.Get<IPublicAccountStore>().TryAddAsync(new(Tenant.Id, Ids["publicAccId"], Mark, Samples.Noon), default);
        await Server.Get<IFollowStore>().TryAddAsync(new(Tenant.Id, Ids["publicAccId"], Admin.UserId, Samples.Noon), default);
        var card = new Dictionary<string, object> { ["msgTitle"] = Mark, ["msgContent"] = Mark, ["toUserList"] = new[] { Admin.UserId } };
        Ids["itemId"] = (await (await caller.PostAsync("/api/messages/v1/card/common", card)).ShouldServeWeLinkAsync())
            .GetProperty("itemId").GetString()!;
        card["departmentList"] = new[] { Ids["deptCode"] };
        await (await caller.PostAsync("/api/messages/v1/card/common", card)).ShouldServeWeLinkAsync();
        Ids["taskId"] = $"{name}-task";
        Ids["uuid"] = (await (await caller.PostAsync("/api/todo/v1/addtask", new
        {
            taskId = Ids["taskId"],
            taskTitle = Mark,
            taskDesc = Mark,
            userId = Admin.UserId,
            detailsUrl = "https://app.example/1",
            appName = Mark,
            applicantUserId = Admin.UserId,
            applicantUserNameCn = Mark,
            applicantUserNameEn = Mark,
        })).ShouldServeWeLinkAsync(message: Message)).GetProperty("data").GetProperty("uuid").GetString()!;
    }

    private async Task AddKnowledgeAsync(WeLinkCaller caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{WeLinkCaller.Root}{KnowledgeScene.Upload}")
        {
            Content = KnowledgeScene.Form(Encoding.UTF8.GetBytes(Mark), "a.txt"),
        };
        request.Headers.TryAddWithoutValidation("x-wlk-Authorization", caller.Token);
        Ids["fileId"] = await DataAsync(Server.Http.SendAsync(request), "fileId");
        Ids["fileUrl"] = $"{Server.Address}welink/api/knowledge/v1/file/download?fileId={Ids["fileId"]}";
        var url = new Uri(await DataAsync(
            caller.PostAsync("/api/clouddrive/v1/files/preupload", new
            {
                name = "a",
                size = 1,
                md5 = Convert.ToHexStringLower(MD5.HashData("a"u8)),
            }), "upload_url"));
        var query = System.Web.HttpUtility.ParseQueryString(url.Query);
        (Ids["announcedId"], Ids["key"]) = (query["file_sn"]!, query["key"]!);
        (Ids["source"], Ids["articleId"]) = ($"{name}_source", $"{name}_article");
        (Ids["component"], Ids["category"]) = ($"{name}-part", $"{name}-cate");
        await (await caller.PostAsync(KnowledgeScene.Add, new
        {
            sourceName = Ids["source"],
            sourceArticleId = Ids["articleId"],
            title = Mark,
            content = Mark,
            excerpt = Mark,
            contentType = "1",
            userId = Admin.UserId,
            componentName = Ids["component"],
            cateName = Ids["category"],
            isAutoCreateCate = "1",
            uploadedDocumentIds = new[] { Ids["fileId"] },
            permission = new { userIds = new[] { Admin.UserId } },
        })).ShouldServeWeLinkAsync();
        var components = (await (await caller.GetAsync("/api/knowledge/v1/component/list")).ShouldServeWeLinkAsync()).GetProperty("data");
        Ids["componentId"] = components[0].TryGetProperty("componentId", out var id) ? $"{id}" : $"{components[0].GetProperty("id")}";
    }

    private async Task AddRestAsync()
    {
        await (await OfMember(Admin).PostAsync("/api/attendance/v1/checkin", new { address = Mark, remark = Mark }))
            .ShouldServeWeLinkAsync(Yaopai.Errors.WeLinkErrors.Attendance.Ok);
        var now = DateTimeOffset.UtcNow;
        Ids["from"] = $"{now.AddHours(-1).ToUnixTimeMilliseconds()}";
        Ids["until"] = $"{now.AddHours(1).ToUnixTimeMilliseconds()}";
        var market = await MarketCaller.OfAsync(Server, App.ClientId);
        Ids["instanceId"] = await market.BuyAsync($"{name}-order", $"{name}-customer", Tenant.Id);
    }

    private Department NewDepartment(string code) => new()
    {
        TenantId = Tenant.Id,
        Parent = Department.Root,
        CorpCode = $"{name}-dept-{code}",
        Name = Mark,
        NameEn = Mark,
        Position = 1,
        CreatedAt = Samples.Noon,
        ChangedAt = Samples.Noon,
    };

    private async Task<Member> AddMemberAsync(string who, long department, MemberState state, bool isAdmin)
    {
        var account = Samples.NewAccount() with
        {
            Phones = [new PhoneNumber(Samples.NewId(), "86", $"139{Samples.NewId():00000000}", "CN", IsBound: true, Samples.Noon)],
        };
        Assert.True(await Server.Get<IAccountStore>().TryAddAsync(account, default));
        var member = new Member
        {
            TenantId = Tenant.Id,
            UserId = Member.UserIdOf($"{name}-{who}", Tenant.Domain),
            CorpUserId = $"{name}-{who}",
            Name = Mark,
            NameEn = Mark,
            Mobile = $"+86-138{Samples.NewId():00000000}",
            Email = $"{name}-{who}@company.example",
            State = state,
            IsAdmin = isAdmin,
            AccountId = account.Id,
            Memberships = [new Membership(department, 1)],
            Details = new() { Remark = Mark, Address = Mark, Job = Mark },
            CreatedAt = Samples.Noon,
            ChangedAt = Samples.Noon,
        };
        Assert.Equal(MemberOutcome.Done, await Server.Get<IMemberStore>().PutAsync(member, default));
        return member;
    }

    private static async Task<string> DataAsync(Task<HttpResponseMessage> call, string member)
    {
        var value = (await (await call).ShouldServeWeLinkAsync()).GetProperty("data").GetProperty(member);
        return value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }
}
