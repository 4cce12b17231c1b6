using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

/// <summary>Good calls that change contacts, at once or in the background.</summary>
internal static class ProvisioningCalls
{
    private const string Root = "/api/contact/";

    public static GoodCall[] All { get; } =
    [
        Of("BulkUsers", "v1/users/bulk", () => Items.People(Items.Person())),
        Of("BulkUsersV2", "v2/users/bulk", () => Items.People(Items.PersonV2())),
        Of("UpdateUsers", "v2/users/update", () => Items.People(new { corpUserId = Items.NewId(), remark = "x" }), "PUT"),
        Of("UsersStatus", "v1/users/status", () => Items.People(new { corpUserId = "a" })),
        Of("BulkDepartments", "v2/departments/bulk", () => Items.Departments(Items.Department())),
        Of("UpdateDepartments", "v2/departments/update",
            () => Items.Departments(new { corpDeptCode = Items.NewId("d"), deptNameCn = "x" }), "PUT"),
        Of("DepartmentsStatus", "v2/departments/status", () => Items.Departments(new { corpDeptCode = "a" })),
        Of("CreateUser", "v1/user/create", NewPerson),
        OfOne("UpdateUser", "user", "update", NewPerson, once: false),
        OfOne("DeleteUser", "user", "delete", NewPerson, once: true),
        Of("CreateUsers", "v1/user/batch/create", () => Persons(NewPerson())),
        Of("ChangeUsers", "v1/user/batch/update", () => Persons(new { corpUserId = Items.NewId(), remark = "x" })),
        Of("DeleteUsers", "v1/user/batch/delete", () => Persons(new { corpUserId = Items.NewId() })),
        Of("SyncUsers", "v1/user/batch/sync", () => Persons(NewPerson())),
        Of("ChangeMobiles", "v1/user/batch/updatemobile",
            () => Persons(new { corpUserId = Items.NewId(), mobileNumber = Items.NewMobile() })),
        Of("ChangeCorpUserIds", "v1/user/batch/updatecorpuid",
            () => Persons(new { userId = $"{Items.NewId()}@welink", corpUserId = Items.NewId() })),
        Of("CreateDepartment", "v1/department/create", NewDepartment),
        OfOne("UpdateDepartment", "department", "update", NewDepartment, once: false),
        OfOne("DeleteDepartment", "department", "delete", NewDepartment, once: true),
        Of("CreateDepartments", "v1/department/batch/create", () => Departments(NewDepartment())),
        Of("ChangeDepartments", "v1/department/batch/update", () => Departments(new { corpDeptCode = Items.NewId("d"), deptNameCn = "x" })),
        Of("DeleteDepartments", "v1/department/batch/delete", () => Departments(new { corpDeptCode = Items.NewId("d") })),
        Of("SyncDepartments", "v1/department/batch/sync", () => Departments(NewDepartment())),
        Of("ChangeCorpDeptCodes", "v1/department/batch/updatecorpdept",
            () => Departments(new { deptCode = "987654321", corpDeptCode = Items.NewId("d") })),
        new("BatchResult", async (server, app) =>
        {
            var caller = await WeLinkCaller.OfAppAsync(server, app);
            var response = await caller.PostAsync(Root + "v1/user/batch/delete", Persons(new { corpUserId = Items.NewId() }));
            var job = (await response.JsonAsync()).GetProperty("data").GetProperty("jobId").GetString();
            return () => caller.GetAsync(Root + "v1/batch/result", ("jobId", job));
        })
        {
            Target = "welink.batchResult", Tables = ["provisioning_item"],
        },
    ];

    /// <param name="body">Of each call another.</param>
    private static GoodCall Of(string name, string path, Func<object> body, string method = "POST") => WeLinkCalls.OfApp(
        name, caller => caller.SendAsync(new HttpMethod(method), Root + path, body()), "provisioning_item");

    /// <summary>Of what was made for it.</summary>
    private static GoodCall OfOne(string name, string room, string verb, Func<Dictionary<string, object?>> make, bool once) =>
        new(name, async (server, app) =>
        {
            var caller = await WeLinkCaller.OfAppAsync(server, app);
            var made = make();
            await (await caller.PostAsync($"{Root}v1/{room}/create", made)).ShouldServeWeLinkAsync();
            return () => caller.PostAsync($"{Root}v1/{room}/{verb}", made);
        })
        {
            Target = WeLinkCalls.TargetOf(name),
            IsGoodOnce = once,
            Tables = ["provisioning_item"],
        };

    private static Dictionary<string, object?> NewPerson() => new() { ["corpUserId"] = Items.NewId(), ["userNameCn"] = "王五" };

    private static Dictionary<string, object?> NewDepartment() =>
        new() { ["corpDeptCode"] = Items.NewId("d"), ["deptNameCn"] = "市场部", ["corpParentCode"] = "0" };

    private static object Persons(params object[] items) => new { personInfos = items };

    private static object Departments(params object[] items) => new { deptInfos = items };
}
