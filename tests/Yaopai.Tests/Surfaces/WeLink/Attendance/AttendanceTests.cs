using System.Text.Json;
using Yaopai.Server.Attendance;
using Yaopai.Server.Credentials;
using Yaopai.Server.Organisations;
using Yaopai.Server.Surfaces.WeLink.Attendance;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;
using Yaopai.Tests.Surfaces.WeLink.Knowledge;
using E = Yaopai.Errors.WeLinkErrors.Attendance;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink.Attendance;

public sealed class AttendanceTests(KnowledgeScene scene) : IClassFixture<KnowledgeScene>
{
    private const string CheckIn = "/api/attendance/v1/checkin", V2 = "/api/attendance/v2/records", V3 = "/api/attendance/v3/records";

    /// <summary>One mistake in a request that is otherwise good, in the order of the rules. Null leaves the member out; the names of
    /// the time are those of the second generation.</summary>
    public static TheoryData<string, object?, string> Mistakes { get; } = new()
    {
        { "userIdList", null,                                      "ParameterMalformed" },
        { "dateFrom",   null,                                      "ParameterMalformed" },
        { "dateTo",     "",                                        "ParameterMalformed" },
        { "userIdList", "a@example",                               "ParameterMalformed" },
        { "userIdList", new[] { new[] { "a" } },                   "ParameterMalformed" },
        { "dateFrom",   "yesterday",                               "ParameterMalformed" },
        { "dateFrom",   new[] { "2026-03-01 00:00:00" },           "ParameterMalformed" },
        { "dateTo",     "2026-13-01 00:00:00",                     "ParameterMalformed" },
        { "offset",     "first",                                   "ParameterMalformed" },
        { "offset",     -1,                                        "ParameterMalformed" },
        { "offset",     new[] { 0 },                               "ParameterMalformed" },
        { "limit",      "all",                                     "ParameterMalformed" },
        { "limit",      new { a = 1 },                             "ParameterMalformed" },
        { "dateFrom",   "2026-03-09 00:00:00",                     "ParameterMalformed" },
        { "userIdList", Array.Empty<string>(),                     "ParameterMalformed" },
        { "userIdList", new[] { "" },                              "ParameterMalformed" },
        { "userIdList", "{many}",                                  "ParameterMalformed" },
        { "dateFrom",   "2026-02-28 23:59:59",                     "ParameterMalformed" },
        { "limit",      0,                                         "ParameterMalformed" },
        { "limit",      101,                                       "ParameterMalformed" },
        { "offset",     3_000_000_000,                             "ParameterMalformed" },
        { "userIdList", new[] { "nobody@welink" },                 "DataMissing" },
        { "offset",     "100000",                                  "DataMissing" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string member, object? value, string expected)
    {
        value = value is "{many}" ? Enumerable.Range(0, 51).Select(i => $"u{i}").ToArray() : value;
        var error = E.All.Single(one => one.Name == expected);
        await (await scene.Caller.PostAsync(V2, Request((member, value)))).ShouldBeAsync(error);
        var later = Request((member, value));
        foreach (var (old, name) in new[] { ("dateFrom", "startTime"), ("dateTo", "endTime") })
        {
            if (later.Remove(old, out var instant))
                later[name] = instant;
        }

        await (await scene.Caller.PostAsync(V3, later)).ShouldBeAsync(error);
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Mistakes.Select(row => row.Data.Item3).ShouldBreak(Records.Rules);

    [Fact]
    public async Task A_member_checks_in_and_is_listed()
    {
        var member = await NewMemberAsync();
        var data = (await (await scene.CallerOf(member).PostAsync(CheckIn, new { address = "一号楼", remark = "早" }))
            .ShouldServeWeLinkAsync(E.Ok)).GetProperty("data");
        Assert.Equal(member.UserId, data.GetProperty("userId").GetString());

        var now = DateTimeOffset.UtcNow;
        var second = await ListAsync(V2, "records", Request(
            ("userIdList", new[] { member.UserId }), ("dateFrom", InChina(now.AddHours(-1))), ("dateTo", InChina(now.AddHours(1)))));
        Assert.Equal(data.ToString(), Assert.Single(second).ToString());
        Assert.Equal("一号楼", second[0].GetProperty("address").GetString());

        foreach (var (from, until) in new (object, object)[]
        {
            (now.AddHours(-1).ToUnixTimeMilliseconds(), now.AddHours(1).ToUnixTimeMilliseconds()),
            ($"{now.AddHours(-1).ToUnixTimeMilliseconds()}", InChina(now.AddHours(1))),
        })
        {
            var third = await ListAsync(V3, "data", new()
            {
                ["userIdList"] = new[] { member.UserId },
                ["startTime"] = from,
                ["endTime"] = until,
            });
            Assert.True(long.TryParse(Assert.Single(third).GetProperty("checkTime").GetString(), out _));
        }
    }

    [Fact]
    public async Task Records_are_paged()
    {
        var member = await NewMemberAsync();
        for (var i = 0; i < 3; i++)
            await AddAsync(member, Samples.Noon.AddMinutes(i));

        var json = await (await scene.Caller.PostAsync(V2, Request(
            ("userIdList", new[] { member.UserId }), ("offset", 1), ("limit", "1")))).ShouldServeWeLinkAsync(E.Ok);
        Assert.Equal((3, 1, 1), (
            json.GetProperty("totalCount").GetInt32(), json.GetProperty("limit").GetInt32(), json.GetProperty("offset").GetInt32()));
        var record = Assert.Single(json.GetProperty("records").EnumerateArray());
        Assert.Equal("2026-03-01 20:01:00", record.GetProperty("checkTime").GetString());
    }

    [Fact]
    public async Task Another_organisation_sees_no_records()
    {
        var member = await NewMemberAsync();
        await AddAsync(member, Samples.Noon);
        var request = Request(("userIdList", new[] { member.UserId }));
        await (await scene.Caller.PostAsync(V2, request)).ShouldServeWeLinkAsync(E.Ok);
        await (await (await WeLinkCaller.OfAppAsync(scene.Server)).PostAsync(V2, request)).ShouldBeAsync(E.DataMissing);
    }

    [Theory]
    [InlineData("address"), InlineData("remark")]
    public async Task What_a_check_in_says_is_a_short_text(string name)
    {
        foreach (var value in new object[] { new string('x', 201), new[] { "a" } })
        {
            await (await scene.CallerOf(scene.Author).PostAsync(CheckIn, new Dictionary<string, object> { [name] = value }))
                .ShouldBeAsync(E.ParameterMalformed);
        }
    }

    [Fact]
    public async Task Only_members_check_in()
    {
        await (await scene.Caller.PostAsync(CheckIn, "{}")).ShouldBeAsync(E.AuthenticationFailed);
        await (await scene.CallerOf(scene.Closed).PostAsync(CheckIn, "{}")).ShouldBeAsync(E.AuthenticationFailed);
        await (await scene.CallerOf(scene.Stranger).PostAsync(CheckIn, "{}")).ShouldBeAsync(E.AuthenticationFailed);
    }

    [Fact]
    public async Task A_day_has_so_many_check_ins_of_a_member()
    {
        var member = await NewMemberAsync();
        var now = DateTimeOffset.UtcNow;
        for (var i = 0; i < CheckIns.MostOfDay; i++)
            await AddAsync(member, now);

        await (await scene.CallerOf(member).PostAsync(CheckIn, "{}")).ShouldBeAsync(E.ParameterMalformed);
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null"), InlineData("{\"a\":1,\"a\":2}")]
    public async Task What_is_no_JSON_object_is_malformed(string body)
    {
        await (await scene.Caller.PostAsync(V2, body)).ShouldBeAsync(E.ParameterMalformed);
        await (await scene.Caller.PostAsync(CheckIn, body)).ShouldBeAsync(E.ParameterMalformed);
    }

    [Fact]
    public async Task A_token_is_there_and_alive_and_for_attendance()
    {
        var caller = await scene.NewCallerAsync();
        await (await new WeLinkCaller(scene.Server).PostAsync(V2, Request())).ShouldBeAsync(E.AuthenticationFailed);
        var closed = await scene.NewCallerAsync(app => app with { ApprovedScopes = ["todo"] });
        await (await closed.PostAsync(V2, Request())).ShouldBeAsync(G.AccessForbidden);
        await scene.Server.Get<Revoker>().RevokeAppAsync(caller.App.ClientId, default);
        await (await caller.PostAsync(V2, Request())).ShouldBeAsync(E.AuthenticationFailed);
    }

    private static string InChina(DateTimeOffset instant) => instant.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss");

    private Dictionary<string, object?> Request(params (string Name, object? Value)[] changes)
    {
        var body = new Dictionary<string, object?>
        {
            ["userIdList"] = new[] { scene.Author.UserId },
            ["dateFrom"] = "2026-03-01 00:00:00",
            ["dateTo"] = "2026-03-02 00:00:00",
        };
        foreach (var (name, value) in changes)
            body[name] = value;
        return body.Where(one => one.Value is not null).ToDictionary();
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path, string list, Dictionary<string, object?> request) =>
        [.. (await (await scene.Caller.PostAsync(path, request)).ShouldServeWeLinkAsync(E.Ok)).GetProperty(list).EnumerateArray()];

    private Task<Member> NewMemberAsync() =>
        scene.AddMemberAsync($"m{Guid.NewGuid():n}", scene.Tenant.Id, scene.Tenant.Domain, Department.Root);

    private async Task AddAsync(Member member, DateTimeOffset at) => Assert.NotNull(await scene.Server.Get<CheckIns>().AddAsync(
        scene.Tenant.Id, member.UserId, scene.Caller.App.ClientId, at, "", "", default));
}
