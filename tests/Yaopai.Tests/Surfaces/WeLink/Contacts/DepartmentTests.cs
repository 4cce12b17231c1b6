using Yaopai.Server.Surfaces.WeLink.Contacts;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

public sealed class DepartmentTests(Company company) : IClassFixture<Company>
{
    private const string V2 = "/api/contact/v2/departments/list", V3 = "/api/contact/v3/departments/list",
        Detail = "/api/contact/v1/departments/", Parent = "/api/contact/v1/department/parent",
        Users = "/api/contact/v1/user/users", UsersV2 = "/api/contact/v2/user/users", UserIds = "/api/contact/v2/user/userid";

    /// <summary>One mistake in the query of a list of what is below a department; null leaves the parameter out.</summary>
    public static TheoryData<string, string?, string> ListMistakes { get; } = new()
    {
        { "deptCode",      null,        nameof(C.DepartmentCodeMissing) },
        { "deptCode",      "",          nameof(C.DepartmentCodeMissing) },
        { "deptCode",      "abc",       nameof(C.ParameterMalformed) },
        { "deptCode",      "-1",        nameof(C.ParameterMalformed) },
        { "deptCode",      "99999999999999999999", nameof(C.ParameterMalformed) },
        { "offset",        "0",         nameof(C.ParameterMalformed) },
        { "offset",        "x",         nameof(C.ParameterMalformed) },
        { "offset",        "1000001",   nameof(C.ParameterMalformed) },
        { "limit",         "0",         nameof(C.ParameterMalformed) },
        { "limit",         "x",         nameof(C.ParameterMalformed) },
        { "recursiveflag", "2",         nameof(C.ParameterValueUnsupported) },
        { "recursiveflag", "true",      nameof(C.ParameterValueUnsupported) },
        { "limit",         "101",       nameof(C.QueryTooLarge) },
        { "deptCode",      "99",        nameof(C.DataMissing) },
    };

    /// <summary>The same of a list of the people of a department.</summary>
    public static TheoryData<string, string?, string> UserMistakes { get; } = new()
    {
        { "deptCode",      null,        nameof(C.DepartmentCodeMissing) },
        { "deptCode",      "",          nameof(C.DepartmentCodeMissing) },
        { "deptCode",      "abc",       nameof(C.ParameterMalformed) },
        { "pageNo",        "0",         nameof(C.ParameterMalformed) },
        { "pageNo",        "-1",        nameof(C.ParameterMalformed) },
        { "pageSize",      "0",         nameof(C.ParameterMalformed) },
        { "pageSize",      "x",         nameof(C.ParameterMalformed) },
        { "pageSize",      "51",        nameof(C.QueryTooLarge) },
        { "deptCode",      "99",        nameof(C.DataMissing) },
        { "deptCode",      "0",         nameof(C.DataMissing) }, // nobody is right below the root
        { "pageNo",        "2",         nameof(C.DataMissing) },
    };

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        // what is not there, and what has nothing below it, which has a test of its own
        ListMistakes.Select(row => row.Data.Item3).ShouldBreak(
            DepartmentsBelow.Rules(C.SubmissionFailed), [.. ContactAskerTests.Errors, nameof(C.SubmissionFailed)]);
        UserMistakes.Select(row => row.Data.Item3).ShouldBreak(DepartmentUsers.Rules, ContactAskerTests.Errors);
    }

    [Theory, MemberData(nameof(ListMistakes))]
    public async Task Each_mistake_in_a_list_of_departments_earns_its_own_error(string name, string? value, string expected)
    {
        foreach (var path in new[] { V2, V3 })
            await ShouldBeAsync(path, expected, name, value);
    }

    [Theory, MemberData(nameof(UserMistakes))]
    public async Task Each_mistake_in_a_list_of_people_earns_its_own_error(string name, string? value, string expected)
    {
        foreach (var path in new[] { Users, UsersV2, UserIds })
            await ShouldBeAsync(path, expected, name, value);
    }

    [Theory]
    [InlineData(null, nameof(C.DepartmentCodeMissing)), InlineData("", nameof(C.DepartmentCodeMissing))]
    [InlineData("x", nameof(C.ParameterMalformed)), InlineData("99", nameof(C.DataMissing))]
    public async Task Each_mistake_in_a_question_for_the_way_down_earns_its_own_error(string? value, string expected) =>
        await ShouldBeAsync(Parent, expected, "deptCode", value);

    [Theory]
    [InlineData("x", nameof(C.ParameterMalformed)), InlineData("-1", nameof(C.ParameterMalformed)), InlineData("99", nameof(C.DataMissing))]
    public async Task Each_mistake_in_a_question_for_one_department_earns_its_own_error(string value, string expected) =>
        await (await (await company.CallerAsync()).GetAsync(Detail + value)).ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));

    [Fact]
    public async Task Of_two_mistakes_the_earlier_is_told()
    {
        var caller = await company.CallerAsync();

        await (await caller.GetAsync(V2, ("deptCode", ""), ("limit", "101"))).ShouldBeAsync(C.DepartmentCodeMissing);
        await (await caller.GetAsync(V2, ("deptCode", "99"), ("limit", "101"))).ShouldBeAsync(C.QueryTooLarge);
        await (await caller.GetAsync(Users, ("deptCode", "x"), ("pageSize", "x"))).ShouldBeAsync(C.ParameterMalformed);
    }

    [Fact]
    public async Task A_department_with_nothing_below_it_is_told_by_either_version_in_its_way()
    {
        var caller = await company.CallerAsync();

        await (await caller.GetAsync(V2, ("deptCode", $"{company.Backend}"))).ShouldBeAsync(C.SubmissionFailed);
        await (await caller.GetAsync(V3, ("deptCode", $"{company.Backend}"))).ShouldBeAsync(C.DataMissing);
    }

    [Theory]
    [InlineData(V2), InlineData(V3)]
    public async Task Departments_are_listed_right_below_another_or_all_below(string path)
    {
        var caller = await company.CallerAsync();

        var right = await (await caller.GetAsync(path, ("deptCode", "0"))).ShouldServeWeLinkAsync();
        Assert.Equal((2, 1, 10), (
            right.GetProperty("totalCount").GetInt32(), right.GetProperty("offset").GetInt32(), right.GetProperty("limit").GetInt32()));
        var first = right.GetProperty("departmentInfo")[0];
        Assert.Equal(($"{company.Research}", "研发部", "Research", "0", "1", "research"), (
            first.GetProperty("deptCode").GetString(), first.GetProperty("deptNameCn").GetString(),
            first.GetProperty("deptNameEn").GetString(), first.GetProperty("fatherCode").GetString(),
            first.GetProperty("deptLevel").GetString(), first.GetProperty("corpDeptCode").GetString()));
        Assert.Equal((1, 1), (first.GetProperty("orderNo").GetInt32(), first.GetProperty("hasChildDept").GetInt32()));

        var all = await (await caller.GetAsync(path, ("deptCode", "0"), ("recursiveflag", "1"), ("offset", "2"), ("limit", "2")))
            .ShouldServeWeLinkAsync();
        Assert.Equal(3, all.GetProperty("totalCount").GetInt32());
        var low = all.GetProperty("departmentInfo").EnumerateArray().Single();
        Assert.Equal(($"{company.Backend}", "2"), (low.GetProperty("deptCode").GetString(), low.GetProperty("deptLevel").GetString()));
    }

    [Fact]
    public async Task A_department_is_told_of_and_the_root_is_the_organisation()
    {
        var caller = await company.CallerAsync();

        var research = await (await caller.GetAsync($"{Detail}{company.Research}")).ShouldServeWeLinkAsync();
        Assert.Equal(("research", "研发部", "0", company.Zhang.UserId), (
            research.GetProperty("corpDeptCode").GetString(), research.GetProperty("deptNameCn").GetString(),
            research.GetProperty("parentCode").GetString(), research.GetProperty("managerAccount").GetString()));

        var root = await (await caller.GetAsync($"{Detail}0")).ShouldServeWeLinkAsync();
        Assert.Equal(("0", "一家公司", "-1"), (
            root.GetProperty("deptCode").GetString(), root.GetProperty("deptNameCn").GetString(),
            root.GetProperty("parentCode").GetString()));
    }

    [Fact]
    public async Task The_way_down_to_a_department_is_told()
    {
        var caller = await company.CallerAsync();

        Assert.Equal($"{company.Research}>>{company.Backend}", await WayAsync($"{company.Backend}"));
        Assert.Equal("0", await WayAsync("0"));

        async Task<string?> WayAsync(string code) => (await (await caller.GetAsync(Parent, ("deptCode", code))).ShouldServeWeLinkAsync())
            .GetProperty("data")[0].GetProperty("deptAllCode").GetString();
    }

    [Fact]
    public async Task The_people_of_a_department_are_listed_page_by_page()
    {
        var caller = await company.CallerAsync();
        var query = new (string, string?)[] { ("deptCode", $"{company.Backend}"), ("pageSize", "1"), ("pageNo", "2") };
        foreach (var path in new[] { Users, UsersV2, UserIds })
        {
            var json = await (await caller.GetAsync(path, query)).ShouldServeWeLinkAsync();

            Assert.Equal((2, 2, 1, 2), (
                json.GetProperty("pageNo").GetInt32(), json.GetProperty("pages").GetInt32(), json.GetProperty("pageSize").GetInt32(),
                json.GetProperty("total").GetInt32()));
            var wang = json.GetProperty("data").EnumerateArray().Single();
            Assert.Equal(company.Wang.UserId, wang.GetProperty("userId").GetString());
            Assert.Equal(path is not UserIds, wang.TryGetProperty("userStatus", out _));
        }
    }

    private async Task ShouldBeAsync(string path, string expected, string name, string? value)
    {
        var query = new Dictionary<string, string?> { ["deptCode"] = $"{company.Backend}", [name] = value };

        await (await (await company.CallerAsync()).GetAsync(path, [.. query.Select(one => (one.Key, one.Value))]))
            .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
    }
}
