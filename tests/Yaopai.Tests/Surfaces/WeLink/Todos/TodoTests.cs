using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Server.Surfaces.WeLink.Todos;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;
using Yaopai.Tests.Surfaces.WeLink.Messages;
using T = Yaopai.Errors.WeLinkErrors.Todo;

namespace Yaopai.Tests.Surfaces.WeLink.Todos;

public sealed class TodoTests(MessageScene scene) : IClassFixture<MessageScene>
{
    private const string V1 = "/api/todo/v1/addtask", V2 = "/api/todo/v2/addtask", V3 = "/api/todo/v3/addtask",
        UpdateV1 = "/api/todo/v1/updatetask", UpdateV2 = "/api/todo/v2/updatetask", Remove = "/api/todo/v1/deltask",
        List = "/api/todo/v1/tasks";

    /// <summary>One mistake in a task that is otherwise good, in the order of the rules. Null leaves the member out.</summary>
    public static TheoryData<string, object?, string> Mistakes { get; } = new()
    {
        { "taskId",                  null,                    "ParameterMissing" },
        { "taskId",                  "",                      "ParameterMissing" },
        { "taskId",                  new[] { "a" },           "ParameterMissing" },
        { "taskTitle",               null,                    "ParameterMissing" },
        { "taskTitle",               new { a = 1 },           "ParameterMissing" },
        { "userId",                  null,                    "ParameterMissing" },
        { "userNameCn",              null,                    "ParameterMissing" },
        { "userNameEn",              "",                      "ParameterMissing" },
        { "detailsUrl",              null,                    "ParameterMissing" },
        { "appName",                 null,                    "ParameterMissing" },
        { "applicantUserId",         null,                    "ParameterMissing" },
        { "applicantUserNameCn",     null,                    "ParameterMissing" },
        { "applicantUserNameEn",     null,                    "ParameterMissing" },
        { "applicantId",             null,                    "ParameterMissing" },
        { "taskId",                  "a b",                   "ParameterMalformed" },
        { "taskId",                  "{long}",                "ParameterMalformed" },
        { "userId",                  "a b",                   "ParameterMalformed" },
        { "userId",                  "{long}",                "ParameterMalformed" },
        { "taskTitle",               "{long}",                "ParameterMalformed" },
        { "taskDesc",                "{long}",                "ParameterMalformed" },
        { "taskDesc",                new[] { "a" },           "ParameterMalformed" },
        { "detailsUrl",              "nowhere",               "ParameterMalformed" },
        { "detailsUrl",              "javascript:alert(1)",   "ParameterMalformed" },
        { "detailsUrl",              "{long}",                "ParameterMalformed" },
        { "appName",                 "{long}",                "ParameterMalformed" },
        { "userNameCn",              "{long}",                "ParameterMalformed" },
        { "applicantId",             "{long}",                "ParameterMalformed" },
        { "isMsg",                   "2",                     "ParameterMalformed" },
        { "isMsg",                   new { a = 1 },           "ParameterMalformed" },
        { "isShowApplicantUserName", "perhaps",               "ParameterMalformed" },
        { "detailsUrlPc",            "h5://app/1",            "ParameterMalformed" },
        { "businessCode",            "B-1",                   "ParameterMalformed" },
        { "businessCode",            "{long}",                "ParameterMalformed" },
        { "userId",                  "nobody@welink",         "CreationFailed" },
        { "userId",                  "{closed}",              "CreationFailed" },
        { "userId",                  "{stranger}",            "CreationFailed" },
        { "taskId",                  "{taken}",               "CreationFailed" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string member, object? value, string expected)
    {
        var body = New((member, await ValueOfAsync(value)));

        await ShouldBeAsync(V3, body, expected);
        if (member is "detailsUrlPc" or "businessCode")
            return;

        await ShouldBeAsync(V2, body, expected);
        // the first version asks for a description, and for no names
        if (member is "taskDesc" && value is string[])
            await ShouldBeAsync(V1, body, "ParameterMissing");
        else if (member is not ("userNameCn" or "userNameEn" or "applicantId") || expected is not "ParameterMissing")
            await ShouldBeAsync(V1, body, expected);
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Mistakes.Select(row => row.Data.Item3).ShouldBreak(AddRules.Rules);

    [Fact]
    public async Task Of_two_mistakes_the_earlier_is_told()
    {
        var pairs = Mistakes.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3);
        Assert.NotEmpty(pairs);
        foreach (var (earlier, later) in pairs)
        {
            var body = New((earlier.Item1, await ValueOfAsync(earlier.Item2)), (later.Item1, await ValueOfAsync(later.Item2)));
            await ShouldBeAsync(V3, body, earlier.Item3);
        }
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null"), InlineData("{\"a\":1,\"a\":2}")]
    public async Task What_is_no_JSON_object_is_malformed(string body) =>
        await (await scene.Caller.PostAsync(V2, body)).ShouldBeAsync(T.ParameterMalformed);

    [Fact]
    public async Task A_task_is_made_read_done_and_removed()
    {
        var member = await scene.Server.NewMemberAsync();
        var body = New(("userId", member.UserId));
        var id = (string)body["taskId"]!;

        var data = await ServeAsync(await scene.Caller.PostAsync(V3, body), "Create todo_task successfully.");
        Assert.Equal((id, TenantIds.Write(DemoOrganisations.Welink), "鲍勃", "B1", 1), (
            TextOf(data, "taskId"), TextOf(data, "tenantId"), TextOf(data, "applicantUserNameCn"), TextOf(data, "businessCode"),
            data.GetProperty("status").GetInt32()));
        Assert.Equal(id, TextOf(Assert.Single(await ListAsync(member)), "taskId"));

        Assert.True((await ServeAsync(
            await scene.Caller.SendAsync(HttpMethod.Put, UpdateV1, "{}", ("taskId", id), ("userId", member.UserId)),
            "Update todo task successfully.")).GetBoolean());
        Assert.Empty(await ListAsync(member));
        data = await ServeAsync(
            await scene.Caller.SendAsync(HttpMethod.Put, UpdateV2, "null",
                ("taskId", id), ("userId", member.UserId), ("userNameCn", "艾达"), ("userNameEn", "Ada L.")),
            "Update todo task successfully.");
        Assert.Equal(("Ada L.", 2), (TextOf(data, "userNameEn"), data.GetProperty("status").GetInt32()));

        var removed = await ServeAsync(
            await scene.Caller.SendAsync(HttpMethod.Delete, Remove, "{}", ("taskId", id)), "Delete todo task successfully.");
        Assert.Equal(TextOf(data, "uuid"), TextOf(removed, "uuid"));
        await (await scene.Caller.SendAsync(HttpMethod.Delete, Remove, null, ("taskId", id))).ShouldBeAsync(T.DeletionFailed);
    }

    [Fact]
    public async Task The_address_may_have_its_old_name_and_numbers_stand_for_texts() =>
        await ServeAsync(
            await scene.Caller.PostAsync(V1, New(
                ("detailsUrl", null), ("detailUrl", "https://app.example/1"), ("taskId", Samples.NewId()), ("isMsg", false))),
            "Create todo_task successfully.");

    [Fact]
    public async Task A_member_is_told_of_a_task_where_that_is_asked_for()
    {
        var member = await scene.Server.NewMemberAsync();

        await ServeAsync(await scene.Caller.PostAsync(V2, New(("userId", member.UserId), ("isMsg", 0))), "Create todo_task successfully.");
        Assert.Empty(await scene.InboxAsync(member));

        await ServeAsync(await scene.Caller.PostAsync(V2, New(("userId", member.UserId), ("isMsg", 1))), "Create todo_task successfully.");
        var item = Assert.Single(await scene.InboxAsync(member));
        Assert.Equal("Sign it", item.GetProperty("msgTitle").GetProperty("CN").GetString());
        Assert.Equal("https://app.example/1", TextOf(item.GetProperty("details"), "urlPath"));
    }

    [Theory]
    [InlineData("""{"CN":"\ud800"}"""), InlineData("""{"CN":"\u0000"}"""), InlineData("""{"CN":1}""")]
    public async Task A_member_is_told_of_a_task_whatever_its_title_looks_like(string title)
    {
        var member = await scene.Server.NewMemberAsync();

        await ServeAsync(
            await scene.Caller.PostAsync(V2, New(("userId", member.UserId), ("isMsg", 1), ("taskTitle", title))),
            "Create todo_task successfully.");

        Assert.Equal(title, TextOf(Assert.Single(await scene.InboxAsync(member)).GetProperty("msgTitle"), "CN"));
    }

    public static TheoryData<string, string?, string> UpdateMistakes { get; } = new()
    {
        { "taskId",     null,              "ParameterMissing" },
        { "userId",     "",                "ParameterMissing" },
        { "userNameCn", null,              "ParameterMissing" },
        { "userNameEn", null,              "ParameterMissing" },
        { "taskId",     "a b",             "ParameterMalformed" },
        { "userId",     "a\tb",            "ParameterMalformed" },
        { "userNameCn", "a\nb",            "ParameterMalformed" },
        { "userNameEn", "{long}",          "ParameterMalformed" },
        { "taskId",     "none",            "UpdateFailed" },
        { "userId",     "nobody@welink",   "UpdateFailed" },
        { "taskId",     "{another}",       "OperationForbidden" },
    };

    [Theory, MemberData(nameof(UpdateMistakes))]
    public async Task Each_mistake_in_an_update_earns_its_own_error(string name, string? value, string expected)
    {
        var query = new Dictionary<string, string?>
        {
            ["taskId"] = await TakenAsync(scene.Caller),
            ["userId"] = scene.Other.UserId,
            ["userNameCn"] = "艾达",
            ["userNameEn"] = "Ada",
        };
        query[name] = value is "{another}" ? await TakenAsync(await AnotherAppAsync()) : (string?)scene.ValueOf(value);
        (string, string?)[] all = [.. query.Select(one => (one.Key, one.Value))];

        await (await scene.Caller.SendAsync(HttpMethod.Put, UpdateV2, null, all)).ShouldBeAsync(Named(expected));
        if (name is "taskId" or "userId")
            await (await scene.Caller.SendAsync(HttpMethod.Put, UpdateV1, null, all)).ShouldBeAsync(Named(expected));
    }

    [Theory]
    [InlineData(UpdateV1, JsonValueKind.False), InlineData(UpdateV2, JsonValueKind.String)]
    public async Task An_update_of_no_task_says_so_in_data(string path, JsonValueKind expected)
    {
        var response = await scene.Caller.SendAsync(
            HttpMethod.Put, path, null, ("taskId", "none"), ("userId", scene.Other.UserId), ("userNameCn", "艾达"), ("userNameEn", "Ada"));

        await response.ShouldBeAsync(T.UpdateFailed);
        Assert.Equal(expected, (await response.JsonAsync()).GetProperty("data").ValueKind);
    }

    [Fact]
    public void Every_rule_of_an_update_is_broken_by_some_mistake_in_the_same_order() =>
        UpdateMistakes.Select(row => row.Data.Item3).ShouldBreak(FinishRequest.Rules[..^1]);

    [Theory]
    [InlineData(null, "ParameterMissing"), InlineData("", "ParameterMissing"), InlineData("a b", "ParameterMalformed")]
    [InlineData("{long}", "ParameterMalformed"), InlineData("none", "DeletionFailed"), InlineData("{another}", "OperationForbidden")]
    public async Task Each_mistake_in_a_removal_earns_its_own_error(string? value, string expected)
    {
        var id = value is "{another}" ? await TakenAsync(await AnotherAppAsync()) : (string?)scene.ValueOf(value);
        await (await scene.Caller.SendAsync(HttpMethod.Delete, Remove, "{}", ("taskId", id))).ShouldBeAsync(Named(expected));
    }

    [Fact]
    public async Task Another_organisation_finds_no_task_of_this_one()
    {
        var id = await TakenAsync(scene.Caller);
        var stranger = await WeLinkCaller.OfAppAsync(scene.Server, await scene.Server.NewAppAsync(DemoData.Apps[2]));

        await (await stranger.SendAsync(HttpMethod.Delete, Remove, null, ("taskId", id))).ShouldBeAsync(T.DeletionFailed);
        await (await stranger.SendAsync(HttpMethod.Put, UpdateV1, null, ("taskId", id), ("userId", scene.Other.UserId)))
            .ShouldBeAsync(T.UpdateFailed);
    }

    [Fact]
    public async Task Only_a_member_has_a_list()
    {
        await (await scene.Caller.GetAsync(List)).ShouldBeAsync(T.AuthenticationFailed);
        await (await scene.Server.CallerOf(scene.App, scene.Closed.AccountId).GetAsync(List)).ShouldBeAsync(T.AuthenticationFailed);
        foreach (var (name, value) in new[] { ("pageSize", "0"), ("pageSize", "101"), ("pageSize", "x"), ("before", "x") })
        {
            await (await scene.Server.CallerOf(scene.App, scene.Other.AccountId).GetAsync(List, (name, value)))
                .ShouldBeAsync(T.ParameterMalformed);
        }
    }

    [Fact]
    public async Task An_app_without_the_permission_and_a_call_without_a_token_are_refused()
    {
        var app = await scene.Server.NewAppAsync(app => app with { ApprovedScopes = ["message"] });

        await (await (await WeLinkCaller.OfAppAsync(scene.Server, app)).PostAsync(V2, New())).ShouldBeAsync(T.OperationForbidden);
        await (await new WeLinkCaller(scene.Server, app).PostAsync(V2, New())).ShouldBeAsync(T.AuthenticationFailed);
    }

    private static ErrorDefinition Named(string name) => WeLinkCaller.Named($"Todo.{name}");

    private static string? TextOf(JsonElement json, string name) => json.GetProperty(name).GetString();

    private async Task ShouldBeAsync(string path, object body, string expected) =>
        await (await scene.Caller.PostAsync(path, body)).ShouldBeAsync(Named(expected));

    private static async Task<JsonElement> ServeAsync(HttpResponseMessage response, string message) =>
        (await response.ShouldServeWeLinkAsync(message: message)).GetProperty("data");

    private async Task<JsonElement[]> ListAsync((string UserId, long AccountId) member)
    {
        var json = await (await scene.Server.CallerOf(scene.App, member.AccountId).GetAsync(List)).ShouldServeWeLinkAsync();
        return [.. json.GetProperty("data").EnumerateArray()];
    }

    private async Task<WeLinkCaller> AnotherAppAsync() => await WeLinkCaller.OfAppAsync(scene.Server, await scene.Server.NewAppAsync());

    /// <summary>A task that the member has by then.</summary>
    private async Task<string> TakenAsync(WeLinkCaller caller)
    {
        var body = New();
        await ServeAsync(await caller.PostAsync(V2, body), "Create todo_task successfully.");
        return (string)body["taskId"]!;
    }

    private async Task<object?> ValueOfAsync(object? value) => value switch
    {
        "{closed}" => scene.Closed.UserId,
        "{stranger}" => scene.Stranger.UserId,
        "{taken}" => await TakenAsync(scene.Caller),
        _ => scene.ValueOf(value),
    };

    private Dictionary<string, object?> New(params (string Name, object? Value)[] changes)
    {
        var body = new Dictionary<string, object?>
        {
            ["taskId"] = $"t{Samples.NewId()}",
            ["taskTitle"] = "Sign it",
            ["taskDesc"] = "Please",
            ["userId"] = scene.Other.UserId,
            ["userNameCn"] = "艾达",
            ["userNameEn"] = "Ada",
            ["detailsUrl"] = "https://app.example/1",
            ["detailsUrlPc"] = "https://app.example/desk/1",
            ["businessCode"] = "B1",
            ["appName"] = "Desk",
            ["applicantUserId"] = "bob@welink",
            ["applicantUserNameCn"] = "鲍勃",
            ["applicantUserNameEn"] = "Bob",
            ["applicantId"] = "0017",
        };
        foreach (var (name, value) in changes)
            body[name] = value;
        return body.Where(one => one.Value is not null).ToDictionary();
    }
}
