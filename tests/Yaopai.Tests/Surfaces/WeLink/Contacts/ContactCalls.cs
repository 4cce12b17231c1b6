using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

/// <summary>For each operation on contacts and roles a call that succeeds.</summary>
internal static class ContactCalls
{
    private const string Root = "/api/contact";

    /// <summary>Departments of the demo data: research, and backend below it.</summary>
    private const string Research = "1001", Backend = "1002";

    private static readonly (string, string?)[] s_person = [("userId", "hongkong@welink")];

    public static IReadOnlyList<GoodCall> All { get; } =
    [
        Get("GetUser",               "/v1/users",             "member",     s_person),
        Get("GetUserSimple",         "/v1/users/simple",      "member",     s_person),
        Get("GetUserEmail",          "/v1/users/email",       "member",     s_person),
        Get("GetUserPaths",          "/v1/user/parent",       "member",     s_person),
        Get("ListDepartmentUsers",   "/v1/user/users",        "membership", ("deptCode", Backend)),
        Get("ListDepartmentUserIds", "/v2/user/userid",       "membership", ("deptCode", Backend)),
        Get("ListDepartments",       "/v2/departments/list",  "department", ("deptCode", Research)),
        Get("ListSubDepartments",    "/v3/departments/list",  "department", ("deptCode", Research)),
        Get("GetDepartment",         "/v1/departments/1001",  "department"),
        Get("GetDepartmentPath",     "/v1/department/parent", "department", ("deptCode", Backend)),
        Get("GetDepartmentDetail",   "/v2/department/detail", "department", ("deptCode", Backend)),
        Get("ListDepartmentsBelow",  "/v2/department/list",   "department", ("deptCode", Research)),
        Get("ListPeople",            "/v2/user/list",         "membership", ("deptCode", Backend)),
        Get("ListPeopleSimple",      "/v1/user/simplelist",   "membership", ("deptCode", Backend)),
        Get("ListRoleGroups",        "/v1/rolegroup/list",    "role_group"),
        Get("ListRoleGroupsSimple",  "/v1/rolegroup/simplelist", "role_group"),
        Get("ListRolesSimple",       "/v1/role/simplelist",   "role"),
        Post("FindUserDetail",       "/v3/users",             "member",     new { userId = "hongkong@welink" }),
        Post("FindUserSimple",       "/v3/users/simple",      "member",     new { userId = "hongkong@welink" }),
        Post("ListAccounts",         "/v1/users/accounts",    "member",     new { corpUserId = new[] { "hongkong" } }),
        Post("GetPerson",            "/v2/user/detail",       "member",     new { userId = "hongkong@welink" }),
        Post("FindDepartmentPath",   "/v2/department/parent", "department", new { deptCode = Backend }),
        Made("ChangeMobileNumber", "member", (caller, _) => caller.SendAsync(
            HttpMethod.Put, $"{Root}/v1/user/mobilenumber", new { userId = "hongkong@welink", mobileNumber = "+852-61234567" })),
        Made("CreateRoleGroup", "role_group", (caller, _) => CreateGroupAsync(caller)),
        Made("UpdateRoleGroup", "role_group", (caller, made) => caller.PostAsync(
            $"{Root}/v1/rolegroup/update", new { roleGroupId = made.Group, roleGroupNameCn = NewName() })),
        Made("GetRoleGroup", "role_group", (caller, made) => caller.GetAsync($"{Root}/v1/rolegroup/detail", ("roleGroupId", made.Group))),
        Made("DeleteRoleGroup", "role_group", (caller, made) => caller.PostAsync(
            $"{Root}/v1/rolegroup/delete", new { roleGroupId = made.Empty })) with { IsGoodOnce = true },
        Made("CreateRole", "role", (caller, made) => CreateRoleAsync(caller, made.Group)),
        Made("UpdateRole", "role", (caller, made) => caller.PostAsync(
            $"{Root}/v1/role/update", new { roleId = made.Role, roleNameCn = NewName() })),
        Made("GetRole", "role", (caller, made) => caller.GetAsync($"{Root}/v1/role/detail", ("roleId", made.Role))),
        Made("DeleteRole", "role", (caller, made) => caller.PostAsync(
            $"{Root}/v1/role/delete", new { roleId = made.Role })) with { IsGoodOnce = true },
    ];

    private static string NewName() => $"{Guid.NewGuid():n}";

    private static GoodCall Get(string name, string path, string table, params (string, string?)[] query) =>
        Of(name, table, caller => Task.FromResult(() => caller.GetAsync(Root + path, query)));

    private static GoodCall Post(string name, string path, string table, object body) =>
        Of(name, table, caller => Task.FromResult(() => caller.PostAsync(Root + path, body)));

    /// <summary>One that may stand on a group, a role in it, and a group without roles.</summary>
    private static GoodCall Made(
        string name, string table, Func<WeLinkCaller, (string Group, string Role, string Empty), Task<HttpResponseMessage>> callAsync) =>
        Of(name, table, async caller =>
        {
            var group = await IdAsync(await CreateGroupAsync(caller), "roleGroupId");
            var empty = await IdAsync(await CreateGroupAsync(caller), "roleGroupId");
            var role = await IdAsync(await CreateRoleAsync(caller, group), "roleId");
            return () => callAsync(caller, (group, role, empty));
        });

    private static GoodCall Of(string name, string table, Func<WeLinkCaller, Task<Func<Task<HttpResponseMessage>>>> prepareAsync) =>
        new(name, async (server, app) => await prepareAsync(await WeLinkCaller.OfAppAsync(server, app)))
        {
            Target = $"welink.{char.ToLowerInvariant(name[0])}{name[1..]}",
            Tables = [table],
        };

    private static Task<HttpResponseMessage> CreateGroupAsync(WeLinkCaller caller) =>
        caller.PostAsync($"{Root}/v1/rolegroup/create", new { roleGroupNameCn = NewName() });

    private static Task<HttpResponseMessage> CreateRoleAsync(WeLinkCaller caller, string group) =>
        caller.PostAsync($"{Root}/v1/role/create", new { roleGroupId = group, roleNameCn = NewName() });

    private static async Task<string> IdAsync(HttpResponseMessage response, string name) =>
        (await response.ShouldServeWeLinkAsync()).GetProperty("data").GetProperty(name).GetString()!;
}
