using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using C = Yaopai.Errors.WeLinkErrors.Contact;
using P = Yaopai.Errors.WeLinkErrors.Provisioning;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

/// <summary>How far changes of contacts got, while another node holds them, and when it is done with them.</summary>
public sealed class ProvisioningTests(IdleServer idle) : IClassFixture<IdleServer>
{
    private const string Bulk = "/api/contact/v2/users/bulk", Status = "/api/contact/v1/users/status";

    [Fact]
    public async Task A_person_waits_is_processed_and_gets_an_account()
    {
        await idle.WorkAsync();
        var caller = await idle.CallerAsync();
        var person = Items.PersonV2();
        var id = (string)person["corpUserId"]!;

        await StatusAsync().ShouldSayOfItemAsync(P.AccountUnknown, id);
        await SubmitAsync().ShouldSayOfItemAsync(P.Queued, id);
        await StatusAsync().ShouldSayOfItemAsync(P.Queued, id);
        await SubmitAsync().ShouldSayOfItemAsync(P.AlreadyQueued, id);

        var batch = await idle.TakeAsync();
        await StatusAsync().ShouldSayOfItemAsync(P.Processing, id);
        await SubmitAsync().ShouldSayOfItemAsync(P.AlreadyProcessing, id);
        await idle.ApplyAsync(batch);
        await StatusAsync().ShouldSayOfItemAsync(P.AccountOpening, id);
        await idle.WorkAsync();
        await StatusAsync().ShouldSayOfItemAsync(P.AccountOpened, id);
        await StatusAsync("mobileNumber").ShouldSayOfItemAsync(P.AccountOpened, id);
        await StatusAsync("userEmail").ShouldSayOfItemAsync(P.AccountOpened, id);
        await SubmitAsync().ShouldSayOfItemAsync(P.Queued, id);
        await idle.WorkAsync();
        await StatusAsync().ShouldSayOfItemAsync(P.AccountOpened, id);

        Task<HttpResponseMessage> SubmitAsync() => caller.PostAsync(Bulk, Items.People(person));
        Task<HttpResponseMessage> StatusAsync(string by = "corpUserId") =>
            caller.PostAsync(Status, Items.People(new Dictionary<string, object?> { [by] = person[by] }));
    }

    [Fact]
    public async Task Who_is_to_have_no_account_is_saved_only() =>
        await EndsAsync(Items.PersonV2(("isOpenAccount", 0))).ShouldSayOfItemAsync(P.SavedWithoutAccount);

    [Fact]
    public async Task A_secretary_has_to_be_there_or_to_come()
    {
        await EndsAsync(Items.PersonV2(("corpSecretary", Items.NewId()))).ShouldSayOfItemAsync(P.SecretaryUnknown);

        var secretary = Items.PersonV2();
        var person = Items.PersonV2(("corpSecretary", secretary["corpUserId"]));
        await (await (await idle.CallerAsync()).PostAsync(Bulk, Items.People(person, secretary))).ShouldServeWeLinkAsync();
        await EndsAsync(person).ShouldSayOfItemAsync(P.AccountOpened);
    }

    [Fact]
    public async Task A_department_has_to_be_there_or_to_come()
    {
        var caller = await idle.CallerAsync();
        await EndsAsync(Items.PersonV2(("corpDeptCode", new[] { "gone" }), ("mainCorpDept", "gone"), ("orderInDepts", null)))
            .ShouldSayOfItemAsync(P.ParentDepartmentUnknown);

        string branch = Items.NewId("d"), leaf = Items.NewId("d");
        var person = Items.PersonV2(("corpDeptCode", new[] { leaf }), ("mainCorpDept", leaf), ("orderInDepts", null));
        await (await caller.PostAsync(Bulk, Items.People(person))).ShouldServeWeLinkAsync();
        await (await caller.PostAsync(
            "/api/contact/v2/departments/bulk",
            Items.Departments(
                Items.Department(("corpDeptCode", leaf), ("corpParentCode", branch), ("deptLevel", 2)),
                Items.Department(("corpDeptCode", branch))))).ShouldServeWeLinkAsync();
        await EndsAsync(person).ShouldSayOfItemAsync(P.AccountOpened);
    }

    [Fact]
    public async Task An_account_whose_number_is_taken_is_not_opened_and_says_why()
    {
        var first = Items.PersonV2();
        await EndsAsync(first).ShouldSayOfItemAsync(P.AccountOpened);

        await EndsAsync(Items.PersonV2(("mobileNumber", first["mobileNumber"])))
            .ShouldSayOfItemAsync(P.AccountOpeningFailed, reason: "手机号已被占用");
    }

    [Fact]
    public async Task Who_is_not_there_cannot_be_updated()
    {
        var caller = await idle.CallerAsync();
        var id = Items.NewId();
        foreach (var version in new[] { "v1", "v2" })
        {
            await caller.SendAsync(
                HttpMethod.Put, $"/api/contact/{version}/users/update", Items.People(new { corpUserId = id, remark = "x" }))
                .ShouldSayOfItemAsync(P.Queued, id);
            await idle.WorkAsync();
            await caller.PostAsync(Status, Items.People(new { corpUserId = id })).ShouldSayOfItemAsync(P.AccountUnknown, id);
        }
    }

    [Fact]
    public async Task Departments_tell_how_far_they_got()
    {
        var caller = await idle.CallerAsync();
        await idle.WorkAsync();
        var department = Items.Department();
        var code = (string)department["corpDeptCode"]!;

        await StatusAsync(code).ShouldSayOfItemAsync(P.AccountUnknown, code);
        await SubmitAsync(department).ShouldSayOfItemAsync(P.Queued, code);
        await SubmitAsync(department).ShouldSayOfItemAsync(P.AlreadyQueued, code);
        var batch = await idle.TakeAsync();
        await StatusAsync(code).ShouldSayOfItemAsync(P.Processing, code);
        await idle.ApplyAsync(batch);
        await StatusAsync(code).ShouldSayOfItemAsync(P.AccountOpened, code);

        var orphan = Items.Department(("corpParentCode", Items.NewId("d")), ("deptLevel", 2));
        await SubmitAsync(orphan).ShouldSayOfItemAsync(P.Queued);
        await caller.SendAsync(
            HttpMethod.Put, "/api/contact/v2/departments/update", Items.Departments(new { corpDeptCode = code, valid = 0 }))
            .ShouldSayOfItemAsync(P.Queued, code);
        await idle.WorkAsync();
        await StatusAsync((string)orphan["corpDeptCode"]!).ShouldSayOfItemAsync(P.ParentDepartmentUnknown);
        await StatusAsync(code).ShouldSayOfItemAsync(P.AccountOpened, code);

        await caller.SendAsync(
            HttpMethod.Put, "/api/contact/v2/departments/update", Items.Departments(new { corpDeptCode = code, deptNameCn = "x" }))
            .ShouldSayOfItemAsync(P.Queued, code);
        await idle.WorkAsync();
        await StatusAsync(code).ShouldSayOfItemAsync(P.AccountOpeningFailed, code, "部门不存在");

        Task<HttpResponseMessage> SubmitAsync(object item) =>
            caller.PostAsync("/api/contact/v2/departments/bulk", Items.Departments(item));
        Task<HttpResponseMessage> StatusAsync(string code) =>
            caller.PostAsync("/api/contact/v2/departments/status", Items.Departments(new { corpDeptCode = code }));
    }

    [Fact]
    public async Task What_storage_does_not_take_was_not_submitted()
    {
        var caller = await idle.CallerAsync();
        var person = Items.Person();
        await using (await idle.BreakAsync(new { target = "welink.bulkUsers", fault = "storage-error" }))
            await (await caller.PostAsync("/api/contact/v1/users/bulk", Items.People(person))).ShouldBeAsync(C.SubmissionFailed);

        await caller.PostAsync(Status, Items.People(new { corpUserId = person["corpUserId"] })).ShouldSayOfItemAsync(P.AccountUnknown);
    }

    [Fact]
    public async Task An_app_that_may_not_synchronise_submits_nothing()
    {
        var app = await idle.Server.NewAppAsync(app => app with { ApprovedScopes = ["contact_read"] });
        var caller = await WeLinkCaller.OfAppAsync(idle.Server, app);
        await (await caller.PostAsync(Bulk, Items.People(Items.PersonV2()))).ShouldBeAsync(C.SyncForbidden);
        await (await caller.PostAsync(Status, Items.People(new { corpUserId = "a" }))).ShouldBeAsync(C.SyncForbidden);
    }

    [Fact]
    public async Task Another_organisation_knows_nothing_of_it()
    {
        var person = Items.PersonV2();
        await EndsAsync(person).ShouldSayOfItemAsync(P.AccountOpened);

        var stranger = await WeLinkCaller.OfAppAsync(idle.Server, Yaopai.Server.Sandbox.DemoData.Apps[2]);
        foreach (var name in new[] { "corpUserId", "mobileNumber", "userEmail" })
        {
            await stranger.PostAsync(Status, Items.People(new Dictionary<string, object?> { [name] = person[name] }))
                .ShouldSayOfItemAsync(P.AccountUnknown);
        }
    }

    /// <summary>What is said of a person after all work is done.</summary>
    private async Task<HttpResponseMessage> EndsAsync(Dictionary<string, object?> person)
    {
        var caller = await idle.CallerAsync();
        await (await caller.PostAsync(Bulk, Items.People(person))).ShouldServeWeLinkAsync();
        await idle.WorkAsync();
        return await caller.PostAsync(Status, Items.People(new { corpUserId = person["corpUserId"] }));
    }
}

/// <summary>The same with a server that works by itself.</summary>
public sealed class ProvisioningByItselfTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task What_is_submitted_is_done_in_a_moment()
    {
        var caller = await WeLinkCaller.OfAppAsync(fixture.Server);
        object[] people = [.. Enumerable.Range(0, 10).Select(_ => Items.PersonV2())];
        await (await caller.PostAsync("/api/contact/v2/users/bulk", Items.People(people))).ShouldServeWeLinkAsync();

        await Eventually.HoldsAsync(async () =>
        {
            var json = await (await caller.PostAsync(
                "/api/contact/v1/users/status",
                Items.People([.. people.Select(one => new { corpUserId = ((Dictionary<string, object?>)one)["corpUserId"] })])))
                .ShouldServeWeLinkAsync();
            return json.GetProperty("data").EnumerateArray().All(line => line.GetProperty("code").GetString() == P.AccountOpened.Code);
        });
    }
}
