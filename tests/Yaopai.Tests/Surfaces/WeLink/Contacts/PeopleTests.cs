using System.Text.Json;
using Yaopai.Tests.Http;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

/// <summary>Reading contacts in the words of the second generation.</summary>
public sealed class PeopleTests(Company company) : IClassFixture<Company>
{
    private const string Detail = "/api/contact/v2/user/detail", DepartmentDetail = "/api/contact/v2/department/detail",
        DepartmentList = "/api/contact/v2/department/list", DepartmentParent = "/api/contact/v2/department/parent";

    private static readonly string[] s_lists =
        ["/api/contact/v1/user/list", "/api/contact/v2/user/list", "/api/contact/v1/user/simplelist"];

    [Theory]
    [InlineData("{}", nameof(C.ParameterMissing)), InlineData("""{"userId":""}""", nameof(C.ParameterMissing))]
    [InlineData("""{"userId":[]}""", nameof(C.ParameterMalformed)), InlineData("""{"mobileNumber":"1"}""", nameof(C.ParameterMalformed))]
    [InlineData("{", nameof(C.ParameterMalformed)), InlineData("""{"userId":"nobody"}""", nameof(C.DataMissing))]
    [InlineData("""{"userId":"mainland@welink"}""", nameof(C.DataMissing))]
    public async Task Each_mistake_about_a_person_earns_its_own_error(string body, string expected)
    {
        foreach (var path in new[] { Detail, "/api/contact/v1/user/detail" })
            await (await (await company.CallerAsync()).PostAsync(path, body)).ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
    }

    [Theory, MemberData(nameof(DepartmentTests.UserMistakes), MemberType = typeof(DepartmentTests))]
    public async Task Each_mistake_in_a_list_of_people_earns_its_own_error(string name, string? value, string expected)
    {
        foreach (var path in s_lists)
            await ShouldBeAsync(path, expected, name, value);
    }

    [Theory, MemberData(nameof(DepartmentTests.ListMistakes), MemberType = typeof(DepartmentTests))]
    public async Task Each_mistake_in_a_list_of_departments_earns_its_own_error(string name, string? value, string expected) =>
        await ShouldBeAsync(DepartmentList, expected, name, value);

    [Theory]
    [InlineData(null, nameof(C.DepartmentCodeMissing)), InlineData("", nameof(C.DepartmentCodeMissing))]
    [InlineData("x", nameof(C.ParameterMalformed)), InlineData("99", nameof(C.DataMissing))]
    public async Task Each_mistake_about_a_department_earns_its_own_error(string? value, string expected)
    {
        await ShouldBeAsync(DepartmentDetail, expected, "deptCode", value);
        await (await (await company.CallerAsync()).PostAsync(DepartmentParent, new { deptCode = value }))
            .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
    }

    [Fact]
    public async Task A_person_is_told_of_with_the_customers_own_codes()
    {
        var json = await (await (await company.CallerAsync()).PostAsync(Detail, new { corpUserId = "zhang" })).ShouldServeWeLinkAsync();

        var data = json.GetProperty("data");
        Assert.Equal(company.Zhang.UserId, data.GetProperty("userId").GetString());
        Assert.Equal([$"{company.Research}", $"{company.Sales}"], Texts(data, "deptCodes"));
        Assert.Equal(["research", "sales"], Texts(data, "corpDeptCodes"));
        Assert.Equal(["0755-88888888"], Texts(data, "phoneNumber"));
        Assert.Equal(($"{company.Research}", "research", "li", "42"), (
            data.GetProperty("mainDeptCode").GetString(), data.GetProperty("mainCorpDeptCode").GetString(),
            data.GetProperty("corpSecretary").GetString(), data.GetProperty("extAttr").GetProperty("尺码").GetString()));
    }

    [Fact]
    public async Task The_people_of_a_department_are_listed()
    {
        var caller = await company.CallerAsync();
        foreach (var path in s_lists)
        {
            var json = await (await caller.GetAsync(path, ("deptCode", $"{company.Backend}"))).ShouldServeWeLinkAsync();

            Assert.Equal(2, json.GetProperty("total").GetInt32());
            Assert.Equal(["li", "wang"],
                json.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("corpUserId").GetString()));
            Assert.Equal(!path.EndsWith("simplelist"), json.GetProperty("data")[0].TryGetProperty("corpDeptCodes", out _));
        }
    }

    [Fact]
    public async Task Departments_are_told_of()
    {
        var caller = await company.CallerAsync();

        var backend = await (await caller.GetAsync(DepartmentDetail, ("deptCode", $"{company.Backend}"))).ShouldServeWeLinkAsync();
        var root = await (await caller.GetAsync(DepartmentDetail, ("deptCode", "0"))).ShouldServeWeLinkAsync();
        var below = await (await caller.GetAsync(DepartmentList, ("deptCode", "0"), ("recursiveflag", "1"))).ShouldServeWeLinkAsync();
        var way = await (await caller.PostAsync(DepartmentParent, new { deptCode = company.Backend })).ShouldServeWeLinkAsync();

        Assert.Equal(("backend", "2"), (
            backend.GetProperty("data").GetProperty("corpDeptCode").GetString(),
            backend.GetProperty("data").GetProperty("deptLevel").GetString()));
        Assert.Equal("-1", root.GetProperty("data").GetProperty("parentCode").GetString());
        Assert.Equal(3, below.GetProperty("data").GetArrayLength());
        Assert.Equal($"{company.Research}>>{company.Backend}", way.GetProperty("data")[0].GetProperty("deptAllCode").GetString());
    }

    private static IEnumerable<string?> Texts(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateArray().Select(one => one.GetString());

    private async Task ShouldBeAsync(string path, string expected, string name, string? value)
    {
        var query = new Dictionary<string, string?> { ["deptCode"] = $"{company.Backend}", [name] = value };

        await (await (await company.CallerAsync()).GetAsync(path, [.. query.Select(one => (one.Key, one.Value))]))
            .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
    }
}
