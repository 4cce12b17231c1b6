using System.Text.Json;
using Yaopai.Server.Surfaces.WeLink.Contacts;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

public sealed class FindUserTests(Company company) : IClassFixture<Company>
{
    private const string Detail = "/api/contact/v1/users", DetailV3 = "/api/contact/v3/users";

    private static readonly string[] s_read =
        [Detail, "/api/contact/v1/users/simple", "/api/contact/v1/users/email", "/api/contact/v1/user/parent"];

    private static readonly string[] s_posted = [DetailV3, "/api/contact/v3/users/simple"];

    /// <summary>What is sent, with the organisation's domain for D, and what it earns.</summary>
    public static TheoryData<string?, string?, string?, string, string> Mistakes { get; } = new()
    {
        // userId, corpUserId, mobileNumber
        { null,                 null,                 null,                   nameof(C.ParameterMissing), "nothing" },
        { "",                   "",                   "",                     nameof(C.ParameterMissing), "empty" },
        { new string('a', 129), null,                 null,                   nameof(C.ParameterMalformed), "too long" },
        { null,                 new string('a', 129), null,                   nameof(C.ParameterMalformed), "too long" },
        { "a\nb",               null,                 null,                   nameof(C.ParameterMalformed), "a control character" },
        { null,                 null,                 "123",                  nameof(C.ParameterMalformed), "no number" },
        { null,                 null,                 "13900000000",          nameof(C.ParameterMalformed), "no calling code" },
        { null,                 null,                 new string('1', 200),   nameof(C.ParameterMalformed), "too long" },
        { new string('a', 129), "nobody",             null,                   nameof(C.ParameterMalformed), "two mistakes" },
        { "nobody@D",           null,                 null,                   nameof(C.DataMissing), "nobody" },
        { "zhang",              null,                 null,                   nameof(C.DataMissing), "the other id" },
        { "mainland@welink",    null,                 null,                   nameof(C.DataMissing), "of another organisation" },
        { null,                 "nobody",             null,                   nameof(C.DataMissing), "nobody" },
        { null,                 "mainland",           null,                   nameof(C.DataMissing), "of another organisation" },
        { null,                 null,                 "+86-11136000008",      nameof(C.DataMissing), "of another organisation" },
        { "zhang@D",            "nobody",             null,                   nameof(C.DataMissing), "one of two" },
        { "zhang@D",            "li",                 null,                   nameof(C.UserIdsMismatch), "two people" },
    };

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Mistakes.Select(row => row.Data.Item4).ShouldBreak(FindUser.Rules, ContactAskerTests.Errors);

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(
        string? userId, string? corpUserId, string? mobileNumber, string expected, string because)
    {
        Assert.NotEmpty(because);
        var caller = await company.CallerAsync();
        userId = userId?.Replace("@D", $"@{company.Tenant.Domain}");

        foreach (var path in s_read)
        {
            await (await caller.GetAsync(path, ("userId", userId), ("corpUserId", corpUserId), ("mobileNumber", mobileNumber)))
                .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
        }

        foreach (var path in s_posted)
        {
            await (await caller.PostAsync(path, new { userId, corpUserId, mobileNumber }))
                .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
        }
    }

    [Theory]
    [InlineData("{"), InlineData("[]"), InlineData(""), InlineData("""{"userId":["a"]}"""), InlineData("""{"mobileNumber":{}}""")]
    public async Task What_is_sent_is_an_object_of_texts(string body)
    {
        foreach (var path in s_posted)
            await (await (await company.CallerAsync()).PostAsync(path, body)).ShouldBeAsync(C.ParameterMalformed);
    }

    [Fact]
    public async Task A_person_is_told_of_by_each_name()
    {
        var caller = await company.CallerAsync();
        var zhang = company.Zhang;
        foreach (var (name, value) in new[] { ("userId", zhang.UserId), ("corpUserId", "zhang"), ("mobileNumber", zhang.Mobile) })
        {
            var json = await (await caller.GetAsync(Detail, (name, value))).ShouldServeWeLinkAsync();

            ShouldBeZhang(json);
            Assert.Equal(zhang.Mobile, json.GetProperty("mobileNumber").GetString());
        }
    }

    [Fact]
    public async Task The_third_version_tells_of_all_departments_and_of_fields_of_the_customers_own()
    {
        var json = await (await (await company.CallerAsync()).PostAsync(DetailV3, new { corpUserId = "zhang" })).ShouldServeWeLinkAsync();

        ShouldBeZhang(json);
        Assert.Equal("经理", json.GetProperty("position").GetString());
        Assert.Equal([$"{company.Research}", $"{company.Sales}"],
            json.GetProperty("deptInfo").EnumerateArray().Select(one => one.GetProperty("deptCode").GetString()));
        var own = json.GetProperty("extInfo").EnumerateArray().Single();
        Assert.Equal(("尺码", "42"), (own.GetProperty("keyNameCn").GetString(), own.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task A_hidden_number_is_told_to_its_person_and_to_the_app()
    {
        Assert.Equal("", await NumberAsync(company.CallerOf(company.Li.AccountId!.Value)));
        Assert.Equal(company.Zhang.Mobile, await NumberAsync(company.CallerOf(company.Zhang.AccountId!.Value)));
        Assert.Equal(company.Zhang.Mobile, await NumberAsync(await company.CallerAsync()));

        async Task<string?> NumberAsync(WeLinkCaller caller) =>
            (await (await caller.GetAsync(Detail, ("corpUserId", "zhang"))).ShouldServeWeLinkAsync())
                .GetProperty("mobileNumber").GetString();
    }

    [Fact]
    public async Task A_closed_person_is_told_of_as_closed()
    {
        var json = await (await (await company.CallerAsync()).GetAsync(Detail, ("corpUserId", "wang"))).ShouldServeWeLinkAsync();

        Assert.Equal(("4", 0), (json.GetProperty("userStatus").GetString(), json.GetProperty("isActivated").GetInt32()));
    }

    [Fact]
    public async Task Less_is_told_where_less_is_asked()
    {
        var caller = await company.CallerAsync();
        var simple = await (await caller.GetAsync("/api/contact/v1/users/simple", ("corpUserId", "zhang"))).ShouldServeWeLinkAsync();
        var email = await (await caller.GetAsync("/api/contact/v1/users/email", ("corpUserId", "zhang"))).ShouldServeWeLinkAsync();
        var simpleV3 = await (await caller.PostAsync("/api/contact/v3/users/simple", new { corpUserId = "zhang" }))
            .ShouldServeWeLinkAsync();

        Assert.Equal("张三", simple.GetProperty("userNameCn").GetString());
        Assert.Equal("张三", simpleV3.GetProperty("userNameCn").GetString());
        Assert.False(simple.TryGetProperty("mobileNumber", out _));
        Assert.Equal("zhang@example.com", email.GetProperty("userEmail").GetString());
    }

    [Fact]
    public async Task The_ways_down_to_a_person_are_told()
    {
        var json = await (await (await company.CallerAsync()).GetAsync("/api/contact/v1/user/parent", ("corpUserId", "li")))
            .ShouldServeWeLinkAsync();

        var path = json.GetProperty("data").EnumerateArray().Single();
        Assert.Equal(($"{company.Research}>>{company.Backend}", "研发部>>后端组", "Research>>Backend"), (
            path.GetProperty("deptAllCode").GetString(), path.GetProperty("deptAllNameCn").GetString(),
            path.GetProperty("deptAllNameEn").GetString()));
    }

    private void ShouldBeZhang(JsonElement json)
    {
        var expected = new Dictionary<string, string>
        {
            ["userStatus"] = "3",
            ["userId"] = company.Zhang.UserId,
            ["corpUserId"] = "zhang",
            ["deptCode"] = $"{company.Research}",
            ["userNameCn"] = "张三",
            ["userNameEn"] = "Zhang San",
            ["sex"] = "M",
            ["phoneNumber"] = "0755-88888888",
            ["userEmail"] = "zhang@example.com",
            ["secretary"] = company.Li.UserId,
            ["address"] = "深圳",
            ["remark"] = "欢迎",
            ["creationTime"] = "2026-03-01 20:00:00",
        };
        Assert.All(expected, one => Assert.Equal(one.Value, json.GetProperty(one.Key).GetString()));
        Assert.Equal(1, json.GetProperty("isActivated").GetInt32());
    }
}
