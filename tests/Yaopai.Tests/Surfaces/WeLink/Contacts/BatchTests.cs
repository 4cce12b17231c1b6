using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Tests.Http;
using C = Yaopai.Errors.WeLinkErrors.Contact;
using P = Yaopai.Errors.WeLinkErrors.Provisioning;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

/// <summary>Changes of the second generation: single ones that are done at once, and jobs that are asked for later.</summary>
public sealed class BatchTests(IdleServer idle) : IClassFixture<IdleServer>
{
    private static readonly string s_long = new('a', 65);
    private static readonly int[] s_manyRoles = [.. Enumerable.Range(1, 51)];

    /// <summary>One mistake in a change that is otherwise good. Null leaves the member out.</summary>
    public static TheoryData<string, string, object?, string> Mistakes { get; } = new()
    {
        { "user/create",       "corpUserId",      null,                "ParameterMissing" },
        { "user/create",       "userNameCn",      null,                "ParameterMissing" },
        { "user/create",       "corpUserId",      "a b",               "ParameterMalformed" },
        { "user/create",       "userNameCn",      s_long,              "ParameterMalformed" },
        { "user/create",       "mobileNumber",    "1",                 "ParameterMalformed" },
        { "user/create",       "deptCodes",       new[] { "x" },       "ParameterMalformed" },
        { "user/create",       "corpDeptCodes",   new[] { "a b" },     "ParameterMalformed" },
        { "user/create",       "roleIds",         new[] { "x" },       "ParameterMalformed" },
        { "user/create",       "roleIds",         s_manyRoles,         "ParameterMalformed" },
        { "user/create",       "mainDeptCode",    "main",              "ParameterMalformed" },
        { "user/create",       "userEmail",       "x",                 "ParameterMalformed" },
        { "user/create",       "phoneNumber",     new[] { "1" },       "ParameterMalformed" },
        { "user/create",       "extAttr",         "x",                 "ParameterMalformed" },
        { "user/create",       "sex",             "X",                 "ParameterValueUnsupported" },
        { "user/create",       "isNotify",        "2",                 "ParameterValueUnsupported" },
        { "user/create",       "personType",      100,                 "ParameterValueUnsupported" },
        { "user/create",       "mainCorpDept",    "elsewhere",         "ValidationFailed" },
        { "user/update",       "corpUserId",      null,                "ParameterMissing" },
        { "user/update",       "corpUserId",      s_long,              "ParameterMalformed" },
        { "user/delete",       "corpUserId",      null,                "ParameterMissing" },
        { "user/delete",       "isDeleteUser",    "2",                 "ParameterValueUnsupported" },
        { "user/updatemobile", "mobileNumber",    null,                "ParameterMissing" },
        { "user/updatemobile", "mobileNumber",    "+86 13800000000",   "ParameterMalformed" },
        { "user/updatecorpuid", "userId",         null,                "ParameterMissing" },
        { "user/updatecorpuid", "userId",         "a b",               "ParameterMalformed" },
        { "department/create", "corpDeptCode",    null,                "ParameterMissing" },
        { "department/create", "deptNameCn",      "",                  "ParameterMissing" },
        { "department/create", "corpParentCode",  null,                "ParameterMissing" },
        { "department/create", "corpParentCode",  "a b",               "ParameterMalformed" },
        { "department/create", "orderNo",         "x",                 "ParameterMalformed" },
        { "department/create", "visibleRange",    "9",                 "ParameterValueUnsupported" },
        { "department/create", "corpDeptCode",    "0",                 "ValidationFailed" },
        { "department/update", "corpDeptCode",    null,                "ParameterMissing" },
        { "department/delete", "corpDeptCode",    null,                "ParameterMissing" },
        { "department/updatecorpdept", "deptCode", "x",                "ParameterMalformed" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string operation, string member, object? value, string expected)
    {
        var caller = await idle.CallerAsync();
        var (room, verb) = (operation.Split('/')[0], operation.Split('/')[1]);
        var item = (room is "user" ? Person() : Department()).With((member, value));
        if (verb is not ("updatecorpuid" or "updatecorpdept"))
            item = item.With(("userId", null), ("deptCode", null));

        await (await caller.PostAsync($"/api/contact/v1/{room}/batch/{verb}", Batch(room, item)))
            .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
        if (verb is "create" or "update" or "delete")
        {
            await (await caller.PostAsync($"/api/contact/v1/{room}/{verb}", item))
                .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
        }
    }

    [Fact]
    public async Task A_job_has_at_most_a_hundred_items()
    {
        var caller = await idle.CallerAsync();
        await (await caller.PostAsync(
            "/api/contact/v1/user/batch/sync", Batch("user", [.. Enumerable.Range(0, 101).Select(_ => Person())])))
            .ShouldBeAsync(C.QueryTooLarge);
        await (await caller.PostAsync("/api/contact/v1/user/batch/sync", Batch("user"))).ShouldBeAsync(C.ParameterMissing);
        await (await caller.PostAsync("/api/contact/v2/department/batch/sync", new { deptInfos = "x" }))
            .ShouldBeAsync(C.ParameterMalformed);
    }

    [Fact]
    public async Task A_job_tells_its_items_and_how_many_of_them_are_done()
    {
        await idle.WorkAsync();
        var caller = await idle.CallerAsync();
        Dictionary<string, object?> first = Person(), second = Person(("corpDeptCodes", new[] { "gone" }));
        var job = await JobAsync(caller, "user/batch/create", Batch("user", first, second, first));

        var json = await ResultAsync(caller, job);
        Assert.Equal(("1", "user/create", "3", "33"), Summary(json));
        Assert.Equal([P.Queued.Code, P.Queued.Code, P.AlreadyQueued.Code], Codes(json));
        var batch = await idle.TakeAsync();
        Assert.Equal([P.Processing.Code, P.Processing.Code, P.AlreadyQueued.Code], Codes(await ResultAsync(caller, job)));
        await idle.ApplyAsync(batch);
        await idle.WorkAsync();

        json = await ResultAsync(caller, job);
        Assert.Equal(("2", "user/create", "3", "100"), Summary(json));
        Assert.Equal([P.AccountOpened.Code, P.ParentDepartmentUnknown.Code, P.AlreadyQueued.Code], Codes(json));
        Assert.Equal(first["corpUserId"], json.GetProperty("data")[0].GetProperty("corpUserId").GetString());
    }

    [Theory]
    [InlineData(null, "ParameterMissing"), InlineData("", "ParameterMissing"), InlineData("x", "ParameterMalformed")]
    [InlineData("1234567890123456789", "ParameterMalformed"), InlineData("7", "DataMissing")]
    public async Task A_job_has_to_be_one(string? jobId, string expected) =>
        await (await (await idle.CallerAsync()).GetAsync("/api/contact/v1/batch/result", ("jobId", jobId)))
            .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));

    [Fact]
    public async Task A_job_of_another_organisation_is_none()
    {
        var job = await JobAsync(await idle.CallerAsync(), "user/batch/sync", Batch("user", Person()));
        var stranger = await WeLinkCaller.OfAppAsync(idle.Server, Yaopai.Server.Sandbox.DemoData.Apps[2]);

        await (await stranger.GetAsync("/api/contact/v1/batch/result", ("jobId", job))).ShouldBeAsync(C.DataMissing);
    }

    [Fact]
    public async Task A_person_is_made_changed_and_removed_at_once()
    {
        var caller = await idle.CallerAsync();
        var person = Person();
        var id = person["corpUserId"];
        await ServeAsync(caller, "user/create", person);
        await caller.PostAsync("/api/contact/v1/users/status", Items.People(new { corpUserId = id })).ShouldSayOfItemAsync(P.AccountOpened);

        await RefuseAsync(caller, "user/create", person, C.ValidationFailed); // is there
        await RefuseAsync(caller, "user/create", Person(("mobileNumber", person["mobileNumber"])), C.MobileNumberTaken);
        await RefuseAsync(caller, "user/create", Person(("corpDeptCodes", new[] { "gone" })), P.ParentDepartmentUnknown);
        await RefuseAsync(caller, "user/create", Person(("deptCodes", new[] { 987654321 })), P.ParentDepartmentUnknown);
        await RefuseAsync(caller, "user/create", Person(("corpSecretary", Items.NewId())), P.SecretaryUnknown);
        await RefuseAsync(caller, "user/update", new() { ["corpUserId"] = Items.NewId(), ["remark"] = "x" }, P.AccountUnknown);

        await ServeAsync(caller, "user/update", new() { ["userId"] = $"{id}@welink", ["position"] = "工程师" });
        for (var i = 0; i < 3; i++)
            await ServeAsync(caller, "user/update", new() { ["corpUserId"] = id, ["mobileNumber"] = Items.NewMobile() });
        await RefuseAsync(
            caller, "user/update", new() { ["corpUserId"] = id, ["mobileNumber"] = Items.NewMobile() }, C.MobileNumberChangesThrottled);

        var job = await JobAsync(caller, "user/batch/update",
            Batch("user", new Dictionary<string, object?> { ["corpUserId"] = id, ["remark"] = "x" }));
        await RefuseAsync(caller, "user/delete", new() { ["corpUserId"] = id }, P.AlreadyQueued);
        var batch = await idle.TakeAsync();
        await RefuseAsync(caller, "user/delete", new() { ["corpUserId"] = id }, P.AlreadyProcessing);
        await idle.ApplyAsync(batch);
        await idle.WorkAsync();
        Assert.Equal([P.AccountOpened.Code], Codes(await ResultAsync(caller, job)));

        await ServeAsync(caller, "user/delete", new() { ["corpUserId"] = id, ["isDeleteUser"] = "0" });
        await ServeAsync(caller, "user/delete", new() { ["corpUserId"] = id });
        await RefuseAsync(caller, "user/delete", new() { ["corpUserId"] = id }, P.AccountUnknown);
        await RefuseAsync(caller, "user/create", person, C.ValidationFailed); // an id is not given again
    }

    [Fact]
    public async Task A_person_has_the_roles_that_were_sent_last_and_those_stay_that_are_not_sent()
    {
        await idle.WorkAsync();
        var caller = await idle.CallerAsync();
        var (one, other) = (await RoleAsync(caller), await RoleAsync(caller));
        var person = Person(("roleIds", new[] { one, other }));
        var id = person["corpUserId"];
        await ServeAsync(caller, "user/create", person);
        Assert.Equal([one, other], (await RolesAsync()).Order());

        await ServeAsync(caller, "user/update", new() { ["corpUserId"] = id, ["remark"] = "x" });
        await ServeAsync(caller, "user/update", new() { ["corpUserId"] = id, ["roleIds"] = Array.Empty<string>() });
        Assert.Equal([one, other], (await RolesAsync()).Order());

        var change = new Dictionary<string, object?> { ["corpUserId"] = id, ["roleIds"] = new[] { other } };
        var job = await JobAsync(caller, "user/batch/update", Batch("user", change));
        await idle.WorkAsync();
        Assert.Equal([P.AccountOpened.Code], Codes(await ResultAsync(caller, job)));
        Assert.Equal([other], await RolesAsync());

        async Task<IEnumerable<string?>> RolesAsync() => (await DetailAsync(caller, id))
            .GetProperty("roleIds").EnumerateArray().Select(role => role.GetString());
    }

    [Fact]
    public async Task An_unknown_role_fails_its_item_and_nothing_of_it_is_changed()
    {
        await idle.WorkAsync();
        var caller = await idle.CallerAsync();
        var role = await RoleAsync(caller);
        Dictionary<string, object?> person = Person(("roleIds", new[] { role })), good = Person();
        var id = person["corpUserId"];
        await ServeAsync(caller, "user/create", person);
        var change = new Dictionary<string, object?>
        {
            ["corpUserId"] = id,
            ["userNameCn"] = "赵六",
            ["mobileNumber"] = Items.NewMobile(),
            ["roleIds"] = new[] { role, "987654321" },
        };

        await RefuseAsync(caller, "user/update", change, C.ValidationFailed);
        var job = await JobAsync(caller, "user/batch/sync", Batch("user", change, good));
        await idle.WorkAsync();

        var result = await ResultAsync(caller, job);
        Assert.Equal([P.AccountOpeningFailed.Code, P.AccountOpened.Code], Codes(result));
        Assert.EndsWith("：角色不存在", result.GetProperty("data")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        var json = await DetailAsync(caller, id);
        Assert.Equal(person["userNameCn"], Text(json, "userNameCn"));
        Assert.Equal(person["mobileNumber"], Text(json, "mobileNumber"));
        Assert.Equal(role, Assert.Single(json.GetProperty("roleIds").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_department_is_made_changed_and_removed_at_once()
    {
        var caller = await idle.CallerAsync();
        Dictionary<string, object?> parent = Department(), child = Department(("corpParentCode", parent["corpDeptCode"]));
        await ServeAsync(caller, "department/create", parent);
        await ServeAsync(caller, "department/create", child);
        await RefuseAsync(caller, "department/create", child, C.ValidationFailed);
        await RefuseAsync(caller, "department/create", Department(("corpParentCode", "gone")), P.ParentDepartmentUnknown);
        await RefuseAsync(
            caller, "department/update",
            new() { ["corpDeptCode"] = parent["corpDeptCode"], ["corpParentCode"] = child["corpDeptCode"] }, C.ValidationFailed);
        await RefuseAsync(caller, "department/delete", new() { ["corpDeptCode"] = parent["corpDeptCode"] }, C.ValidationFailed);
        await RefuseAsync(caller, "department/delete", new() { ["deptCode"] = 987654321 }, C.DataMissing);

        await ServeAsync(caller, "department/update", new() { ["corpDeptCode"] = child["corpDeptCode"], ["parentCode"] = "0" });
        await ServeAsync(caller, "department/delete", new() { ["corpDeptCode"] = parent["corpDeptCode"] });
        await ServeAsync(caller, "department/delete", new() { ["corpDeptCode"] = child["corpDeptCode"] });
    }

    [Fact]
    public async Task All_jobs_do_what_they_are_called()
    {
        await idle.WorkAsync();
        var caller = await idle.CallerAsync();
        Dictionary<string, object?> person = Person(), department = Department();
        var id = person["corpUserId"];
        var (newId, newCode) = (Items.NewId(), Items.NewId("d"));
        await DoneAsync("department", "sync", department);
        await DoneAsync("department", "update", new() { ["corpDeptCode"] = department["corpDeptCode"], ["deptNameCn"] = "x" });
        await DoneAsync("department", "create", Department(("corpParentCode", department["corpDeptCode"])));
        await DoneAsync("department", "delete", new() { ["corpDeptCode"] = department["corpDeptCode"] }, P.AccountOpeningFailed);
        await DoneAsync(
            "department", "updatecorpdept", new() { ["deptCode"] = "987654321", ["corpDeptCode"] = newCode }, P.AccountOpeningFailed);

        await DoneAsync("user", "sync", person);
        await DoneAsync("user", "sync", person);
        await DoneAsync("user", "create", person, P.AccountOpeningFailed);
        await DoneAsync("user", "update", new() { ["corpUserId"] = id, ["position"] = "x" });
        await DoneAsync("user", "updatemobile", new() { ["corpUserId"] = id, ["mobileNumber"] = Items.NewMobile() });
        await DoneAsync("user", "updatecorpuid", new() { ["userId"] = $"{id}@welink", ["corpUserId"] = newId });
        await DoneAsync("user", "delete", new() { ["corpUserId"] = id }, P.AccountUnknown);
        await DoneAsync("user", "delete", new() { ["corpUserId"] = newId });

        async Task DoneAsync(string room, string verb, Dictionary<string, object?> item, ErrorDefinition? expected = null)
        {
            foreach (var version in room is "user" ? new[] { "v1" } : ["v2", "v1"])
            {
                var response = await caller.PostAsync($"/api/contact/{version}/{room}/batch/{verb}", Batch(room, item));
                var job = (await response.ShouldServeWeLinkAsync()).GetProperty("data").GetProperty("jobId").GetString()!;
                if (version is "v2" && verb is "create")
                    item = Department();
                await idle.WorkAsync();
                var json = await ResultAsync(caller, job);
                Assert.Equal($"{room}/{verb}", json.GetProperty("type").GetString());
                Assert.Equal([(expected ?? P.AccountOpened).Code], Codes(json));
            }
        }
    }

    private static Dictionary<string, object?> Person(params (string Name, object? Value)[] changes) => new Dictionary<string, object?>
    {
        ["corpUserId"] = Items.NewId(),
        ["userId"] = $"{Items.NewId()}@welink",
        ["userNameCn"] = "王五",
        ["mobileNumber"] = Items.NewMobile(),
        ["phoneNumber"] = new[] { "+86-13900000000" },
        ["sex"] = "M",
        ["corpDeptCodes"] = new[] { "0" },
        ["extAttr"] = new Dictionary<string, object> { ["seat"] = 7 },
    }.With(changes);

    private static Dictionary<string, object?> Department(params (string Name, object? Value)[] changes) => new Dictionary<string, object?>
    {
        ["corpDeptCode"] = Items.NewId("d"),
        ["deptCode"] = "987654321",
        ["corpParentCode"] = "0",
        ["deptNameCn"] = "市场部",
        ["deptNameEn"] = "Marketing",
        ["orderNo"] = 3,
    }.With(changes);

    private static Dictionary<string, object> Batch(string room, params Dictionary<string, object?>[] items) =>
        new() { [room is "user" ? "personInfos" : "deptInfos"] = items };

    private static async Task<string> JobAsync(WeLinkCaller caller, string path, object body) =>
        (await (await caller.PostAsync($"/api/contact/v1/{path}", body)).ShouldServeWeLinkAsync())
            .GetProperty("data").GetProperty("jobId").GetString()!;

    private static async Task<string> RoleAsync(WeLinkCaller caller)
    {
        var group = await MakeAsync("rolegroup", new { roleGroupNameCn = Items.NewId() });
        return await MakeAsync("role", new { roleGroupId = group, roleNameCn = Items.NewId() });

        async Task<string> MakeAsync(string what, object body) =>
            (await (await caller.PostAsync($"/api/contact/v1/{what}/create", body)).ShouldServeWeLinkAsync())
                .GetProperty("data").GetProperty(what is "role" ? "roleId" : "roleGroupId").GetString()!;
    }

    private static async Task<JsonElement> DetailAsync(WeLinkCaller caller, object? corpUserId) =>
        (await (await caller.PostAsync("/api/contact/v2/user/detail", new { corpUserId })).ShouldServeWeLinkAsync()).GetProperty("data");

    private static async Task<JsonElement> ResultAsync(WeLinkCaller caller, string job) =>
        await (await caller.GetAsync("/api/contact/v1/batch/result", ("jobId", job))).ShouldServeWeLinkAsync();

    private static async Task ServeAsync(WeLinkCaller caller, string path, Dictionary<string, object?> item) =>
        await (await caller.PostAsync($"/api/contact/v1/{path}", item)).ShouldServeWeLinkAsync();

    private static async Task RefuseAsync(
        WeLinkCaller caller, string path, Dictionary<string, object?> item, ErrorDefinition expected) =>
        await (await caller.PostAsync($"/api/contact/v1/{path}", item)).ShouldBeAsync(expected);

    private static (string?, string?, string?, string?) Summary(JsonElement json) =>
        (Text(json, "status"), Text(json, "type"), Text(json, "total"), Text(json, "percentage"));

    private static IEnumerable<string?> Codes(JsonElement json) =>
        json.GetProperty("data").EnumerateArray().Select(line => Text(line, "code"));

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
