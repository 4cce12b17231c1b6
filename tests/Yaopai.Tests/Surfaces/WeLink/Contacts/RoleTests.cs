using Yaopai.Tests.Http;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

public sealed class RoleTests(Company company) : IClassFixture<Company>
{
    private const string Groups = "/api/contact/v1/rolegroup", Roles = "/api/contact/v1/role";

    /// <summary>An operation, what is sent, and what it earns; G is a group's id, and R that of a role in it.</summary>
    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        { $"{Groups}/create", """{}""",                                                   nameof(C.ParameterMissing) },
        { $"{Groups}/create", """{"roleGroupNameCn":""}""",                               nameof(C.ParameterMissing) },
        { $"{Groups}/create", """{"roleGroupNameCn":[]}""",                               nameof(C.ParameterMalformed) },
        { $"{Groups}/create", """{"roleGroupNameCn":"  "}""",                             nameof(C.ParameterMalformed) },
        { $"{Groups}/create", $$"""{"roleGroupNameCn":"{{new string('x', 65)}}"}""",      nameof(C.ParameterMalformed) },
        { $"{Groups}/create", $$"""{"roleGroupNameCn":"a","roleGroupNameEn":"{{new string('x', 65)}}"}""", nameof(C.ParameterMalformed) },
        { $"{Groups}/create", """{"roleGroupNameCn":"taken"}""",                          nameof(C.ValidationFailed) },
        { $"{Groups}/create", "[]",                                                       nameof(C.ParameterMalformed) },
        { $"{Groups}/update", """{"roleGroupNameCn":"a"}""",                              nameof(C.ParameterMissing) },
        { $"{Groups}/update", """{"roleGroupId":"x","roleGroupNameCn":"a"}""",            nameof(C.ParameterMalformed) },
        { $"{Groups}/update", """{"roleGroupId":"G"}""",                                  nameof(C.ParameterMissing) },
        { $"{Groups}/update", """{"roleGroupId":"x"}""",                                  nameof(C.ParameterMissing) },
        { $"{Groups}/update", """{"roleGroupId":7,"roleGroupNameCn":"a"}""",              nameof(C.DataMissing) },
        { $"{Groups}/update", """{"roleGroupId":"O","roleGroupNameCn":"taken"}""",        nameof(C.ValidationFailed) },
        { $"{Groups}/delete", """{}""",                                                   nameof(C.ParameterMissing) },
        { $"{Groups}/delete", """{"roleGroupId":{}}""",                                   nameof(C.ParameterMalformed) },
        { $"{Groups}/delete", """{"roleGroupId":"7"}""",                                  nameof(C.DataMissing) },
        { $"{Groups}/delete", """{"roleGroupId":"G"}""",                                  nameof(C.ValidationFailed) },
        { $"{Roles}/create",  """{"roleNameCn":"a"}""",                                   nameof(C.ParameterMissing) },
        { $"{Roles}/create",  """{"roleGroupId":"x","roleNameCn":"a"}""",                 nameof(C.ParameterMalformed) },
        { $"{Roles}/create",  """{"roleGroupId":"G"}""",                                  nameof(C.ParameterMissing) },
        { $"{Roles}/create",  """{"roleGroupId":"x"}""",                                  nameof(C.ParameterMissing) },
        { $"{Roles}/create",  """{"roleGroupId":"G","roleNameCn":" "}""",                 nameof(C.ParameterMalformed) },
        { $"{Roles}/create",  """{"roleGroupId":"7","roleNameCn":"a"}""",                 nameof(C.DataMissing) },
        { $"{Roles}/create",  """{"roleGroupId":"G","roleNameCn":"taken"}""",             nameof(C.ValidationFailed) },
        { $"{Roles}/update",  """{"roleNameCn":"a"}""",                                   nameof(C.ParameterMissing) },
        { $"{Roles}/update",  """{"roleId":"x","roleNameCn":"a"}""",                      nameof(C.ParameterMalformed) },
        { $"{Roles}/update",  """{"roleId":"R"}""",                                       nameof(C.ParameterMissing) },
        { $"{Roles}/update",  """{"roleId":"x"}""",                                       nameof(C.ParameterMissing) },
        { $"{Roles}/update",  """{"roleId":"7","roleNameCn":"a"}""",                      nameof(C.DataMissing) },
        { $"{Roles}/delete",  """{}""",                                                   nameof(C.ParameterMissing) },
        { $"{Roles}/delete",  """{"roleId":"x"}""",                                       nameof(C.ParameterMalformed) },
        { $"{Roles}/delete",  """{"roleId":"7"}""",                                       nameof(C.DataMissing) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string path, string body, string expected)
    {
        var caller = await company.CallerAsync();
        var (group, other) = (await GroupAsync(caller, "taken"), await GroupAsync(caller, "other"));
        var role = await RoleAsync(caller, group, "taken");
        var sent = body.Replace("\"G\"", $"\"{group}\"").Replace("\"O\"", $"\"{other}\"").Replace("\"R\"", $"\"{role}\"");

        await (await caller.PostAsync(path, sent)).ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
    }

    [Theory]
    [InlineData($"{Groups}/detail", "roleGroupId"), InlineData($"{Roles}/detail", "roleId")]
    public async Task Each_mistake_about_one_earns_its_own_error(string path, string name)
    {
        var caller = await company.CallerAsync();

        await (await caller.GetAsync(path)).ShouldBeAsync(C.ParameterMissing);
        await (await caller.GetAsync(path, (name, "x"))).ShouldBeAsync(C.ParameterMalformed);
        await (await caller.GetAsync(path, (name, "7"))).ShouldBeAsync(C.DataMissing);
    }

    [Fact]
    public async Task Groups_and_roles_are_made_changed_listed_and_removed()
    {
        var caller = await company.CallerAsync();
        var group = await GroupAsync(caller, "组");
        var role = await RoleAsync(caller, group, "角色");

        await (await caller.PostAsync($"{Groups}/update", new { roleGroupId = group, roleGroupNameCn = "新组", roleGroupNameEn = "New" }))
            .ShouldServeWeLinkAsync();
        await (await caller.PostAsync($"{Roles}/update", new { roleId = role, roleNameCn = "新角色" })).ShouldServeWeLinkAsync();

        var one = (await (await caller.GetAsync($"{Groups}/detail", ("roleGroupId", group))).ShouldServeWeLinkAsync()).GetProperty("data");
        Assert.Equal(("新组", "New", role), (
            one.GetProperty("roleGroupNameCn").GetString(), one.GetProperty("roleGroupNameEn").GetString(),
            one.GetProperty("roles")[0].GetProperty("roleId").GetString()));
        var read = (await (await caller.GetAsync($"{Roles}/detail", ("roleId", role))).ShouldServeWeLinkAsync()).GetProperty("data");
        Assert.Equal(("新角色", "新组"), (read.GetProperty("roleNameCn").GetString(), read.GetProperty("roleGroupNameCn").GetString()));
        foreach (var (path, name, id) in new[]
        {
            ($"{Groups}/list", "roleGroupId", group), ($"{Groups}/simplelist", "roleGroupId", group),
            ($"{Roles}/simplelist", "roleId", role),
        })
        {
            var all = (await (await caller.GetAsync(path)).ShouldServeWeLinkAsync()).GetProperty("data");
            Assert.Contains(id, all.EnumerateArray().Select(entry => entry.GetProperty(name).GetString()));
        }

        await (await caller.PostAsync($"{Roles}/delete", new { roleId = role })).ShouldServeWeLinkAsync();
        await (await caller.PostAsync($"{Groups}/delete", new { roleGroupId = group })).ShouldServeWeLinkAsync();
        await (await caller.PostAsync($"{Groups}/delete", new { roleGroupId = group })).ShouldBeAsync(C.DataMissing);
    }

    /// <summary>The id of the group of this name, which is made where there is none.</summary>
    private static async Task<string> GroupAsync(WeLinkCaller caller, string name) =>
        await KnownAsync(caller, $"{Groups}/simplelist", "roleGroup", name)
        ?? await MadeAsync(caller, $"{Groups}/create", "roleGroupId", new { roleGroupNameCn = name });

    private static async Task<string> RoleAsync(WeLinkCaller caller, string group, string name) =>
        await KnownAsync(caller, $"{Roles}/simplelist", "role", name)
        ?? await MadeAsync(caller, $"{Roles}/create", "roleId", new { roleGroupId = group, roleNameCn = name });

    private static async Task<string?> KnownAsync(WeLinkCaller caller, string path, string thing, string name) =>
        (await (await caller.GetAsync(path)).ShouldServeWeLinkAsync()).GetProperty("data").EnumerateArray()
            .Where(one => one.GetProperty($"{thing}NameCn").GetString() == name)
            .Select(one => one.GetProperty($"{thing}Id").GetString())
            .FirstOrDefault();

    private static async Task<string> MadeAsync(WeLinkCaller caller, string path, string id, object body) =>
        (await (await caller.PostAsync(path, body)).ShouldServeWeLinkAsync()).GetProperty("data").GetProperty(id).GetString()!;
}
