using System.Text.RegularExpressions;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.WeLinkErrors;

namespace Yaopai.Tests.Surfaces.WeLink;

/// <summary>Organisations never meet (contract, decision 15): every path is called with a stranger's token and another organisation's
/// ids in every place that has any.</summary>
public sealed partial class IsolationTests(Neighbours town) : IClassFixture<Neighbours>
{
    /// <summary>What nobody has, of the same form.</summary>
    private static readonly Dictionary<string, string> s_nobodys = new()
    {
        ["tenantId"] = "7FFFFFFF00000001",
        ["userId"] = "nobody-admin@nowhere",
        ["corpUserId"] = "nobody-admin",
        ["mobile"] = "+86-13977770001",
        ["mail"] = "nobody-admin@company.example",
        ["deptCode"] = "900001",
        ["corpDeptCode"] = "nobody-dept-root",
        ["groupId"] = "900002",
        ["roleId"] = "900003",
        ["jobId"] = "900004900004",
        ["code"] = "no-such-code",
        ["publicAccId"] = "nobody-news",
        ["itemId"] = "900005900005",
        ["taskId"] = "nobody-task",
        ["uuid"] = "900006900006",
        ["fileId"] = new string('0', 32),
        ["announcedId"] = new string('1', 32),
        ["key"] = new string('2', 32),
        ["source"] = "nobody_source",
        ["articleId"] = "nobody_article",
        ["component"] = "nobody-part",
        ["category"] = "nobody-cate",
        ["componentId"] = "900007900007",
        ["instanceId"] = new string('3', 32),
        ["appId"] = "99999999",
    };

    private WeLinkSurface Surface => (WeLinkSurface)town.Server.GetAll<ISurface>().Single(surface => surface.Slug == "welink");

    public static TheoryData<string> Paths { get; } = [.. RouteCases.All.Keys];

    [Fact]
    public void Every_path_has_its_case() => Assert.Equal(Surface.Paths.Names.Order(), RouteCases.All.Keys.Order());

    [Fact]
    public async Task There_is_something_of_everything()
    {
        var empty = (await town.DumpAsync(town.First.Tenant.Id)).Where(table => table.Value.Count == 0).Select(table => table.Key);

        Assert.Empty(empty);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Another_organisations_ids_are_those_that_nobody_has(string path)
    {
        var before = await town.DumpAsync(town.First.Tenant.Id);
        var (app, member) = (await town.Second.OfAppAsync(), town.Second.OfMember(town.Second.Admin));
        var (same, memberOfSame) = (town.Second.OfApp(town.First.App), town.Second.OfMember(town.Second.Admin, town.First.App));
        foreach (var (who, caller) in new[] { ("app", app), ("member", member), ("same app", same), ("member by it", memberOfSame) })
        {
            foreach (var text in RouteCases.All[path])
            {
                var strange = await AskAsync(caller, path, text, town.First.Ids);
                var unknown = await AskAsync(caller, path, text, Nobodys());
                Assert.True(strange == unknown, $"{who} {path} {text}\n{strange}\n{unknown}");
                Assert.DoesNotContain(town.First.Mark, strange, StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.Equal(before, await town.DumpAsync(town.First.Tenant.Id));
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Who_left_the_organisation_gets_in_nowhere(string path)
    {
        var operation = Surface.Paths.Find(path.Replace("*", "1", StringComparison.Ordinal))!;
        if (RowOf(operation.Name, path) is not { } row)
            return; // no token is shown there

        var caller = town.First.OfMember(town.First.Closed);
        foreach (var text in RouteCases.All[path].Where(text => !text.Contains("tenant", StringComparison.OrdinalIgnoreCase)))
        {
            using var response = await RouteCases.SendAsync(town.Server, caller, operation.Methods[0], path, text, IdsWith(Nobodys()));
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(body.Contains($"\"code\":\"{row.Code}\"", StringComparison.Ordinal), $"{path} {text} {body}");
        }
    }

    private static ErrorDefinition? RowOf(string operation, string path) => operation switch
    {
        "AppTicket" or "Ticket" or "Authorize" or "Token" or "RegisterApp" or "MarketCallback" or "SendFile" => null,
        _ when path.StartsWith("/api/contact/", StringComparison.Ordinal) => E.Contact.CurrentUserInvalid,
        _ when path.StartsWith("/api/messages/", StringComparison.Ordinal) => E.Message.UserNotSignedIn,
        _ when path.StartsWith("/api/todo/", StringComparison.Ordinal) => E.Todo.AuthenticationFailed,
        _ when path.StartsWith("/api/knowledge/", StringComparison.Ordinal) => E.Knowledge.UserUnknown,
        _ when path.StartsWith("/api/clouddrive/", StringComparison.Ordinal) => E.Knowledge.UserUnknown,
        _ when path.StartsWith("/api/attendance/", StringComparison.Ordinal) => E.Attendance.AuthenticationFailed,
        _ when path.StartsWith("/api/aiservice/", StringComparison.Ordinal) => E.Recognition.AccessForbidden,
        "MarketTenant" => E.Marketplace.CurrentUserUnavailable,
        _ => E.Auth.UserInfoUnavailable,
    };

    /// <summary>What is said, with the ids that were asked for under their names, and without what is made anew for each call.</summary>
    private async Task<string> AskAsync(WeLinkCaller caller, string path, string text, Dictionary<string, string> ids)
    {
        var method = Surface.Paths.Find(path.Replace("*", "1", StringComparison.Ordinal))!.Methods[0];
        await town.RestoreAsync();
        var all = IdsWith(ids);
        using var response = await RouteCases.SendAsync(town.Server, caller, method, path, text, all);
        var body = await response.Content.ReadAsStringAsync();
        await town.WorkAsync(town.Second.Tenant.Id);
        var named = town.First.Ids.Where(id => text.Contains("$" + id.Key, StringComparison.Ordinal)).Select(id => id.Value).ToArray();
        Assert.All(
            town.First.Ids.Where(id => id.Value.Length > 5 && id.Key is not ("secret" or "from" or "until")
                && !named.Any(name => name.Contains(id.Value, StringComparison.Ordinal))),
            id => Assert.DoesNotContain(id.Value, body, StringComparison.Ordinal));
        var theirs = all.Where(id => !id.Key.StartsWith("my_", StringComparison.Ordinal));
        foreach (var (name, id) in theirs.OrderByDescending(id => id.Value.Length))
            body = body.Replace(id, "$" + name, StringComparison.Ordinal);
        return $"{(int)response.StatusCode} {Anew.Replace(body, "\"$1\":…")}";
    }

    private Dictionary<string, string> Nobodys() => new(s_nobodys)
    {
        ["fileUrl"] = $"{town.Server.Address}welink/api/knowledge/v1/file/download?fileId={s_nobodys["fileId"]}",
        ["from"] = town.First.Ids["from"],
        ["until"] = town.First.Ids["until"],
    };

    private Dictionary<string, string> IdsWith(Dictionary<string, string> ids)
    {
        var all = new Dictionary<string, string>(ids) { ["new"] = $"{Guid.NewGuid():n}", ["name"] = $"{Guid.NewGuid():n}" };
        foreach (var (name, id) in town.Second.Ids)
            all["my_" + name] = id;
        return all;
    }

    [GeneratedRegex("\"(uuid|itemId|jobId|access_token|ticket|upload_url|file_sn|fileId|file_id|roleId|roleGroupId|id|checkTime"
        + "|creationTime|lastUpdatedTime|lastModifyTime"
        + "|createTime|updateTime|createdTime|expires_in|deptCode|url)\":(\"(?!\\$)[^\"]*\"|[0-9]+)")]
    private static partial Regex Anew { get; }
}
