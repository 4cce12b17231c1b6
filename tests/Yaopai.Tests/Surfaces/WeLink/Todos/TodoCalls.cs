using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.WeLink.Todos;

/// <summary>For each operation on tasks a call that succeeds.</summary>
internal static class TodoCalls
{
    private const string Root = "/api/todo";

    public static IReadOnlyList<GoodCall> All { get; } =
    [
        Add("AddTodo", "/v1/addtask"),
        Add("AddNamedTodo", "/v2/addtask"),
        Add("AddDesktopTodo", "/v3/addtask"),
        Change("FinishTodo", HttpMethod.Put, "/v1/updatetask"),
        Change("FinishNamedTodo", HttpMethod.Put, "/v2/updatetask"),
        Change("RemoveTodo", HttpMethod.Delete, "/v1/deltask") with { IsGoodOnce = true },
        new("ListTodos", ListAsync) { Target = "welink.listTodos", Tables = ["tenant", "subscription", "member", "todo"] },
    ];

    /// <summary>What its success says; null for what others say.</summary>
    public static string? MessageOf(GoodCall call) => call.Name switch
    {
        "AddTodo" or "AddNamedTodo" or "AddDesktopTodo" => "Create todo_task successfully.",
        "FinishTodo" or "FinishNamedTodo" => "Update todo task successfully.",
        "RemoveTodo" => "Delete todo task successfully.",
        _ => null,
    };

    private static GoodCall Add(string name, string path) => new(name, async (server, app) =>
    {
        var (caller, member) = (await WeLinkCaller.OfAppAsync(server, app), await server.NewMemberAsync());
        return () => caller.PostAsync(Root + path, NewFor(member.UserId));
    })
    {
        Target = TargetOf(name),
        Tables = ["tenant", "subscription", "member", "todo"],
    };

    private static GoodCall Change(string name, HttpMethod method, string path) => new(name, async (server, app) =>
    {
        var (caller, member) = (await WeLinkCaller.OfAppAsync(server, app), await server.NewMemberAsync());
        var body = NewFor(member.UserId);
        await (await caller.PostAsync(Root + "/v3/addtask", body)).ShouldServeWeLinkAsync(message: "Create todo_task successfully.");
        return () => caller.SendAsync(
            method, Root + path, "{}",
            ("taskId", (string)body["taskId"]), ("userId", member.UserId), ("userNameCn", "艾达"), ("userNameEn", "Ada"));
    })
    {
        Target = TargetOf(name),
        Tables = ["tenant", "subscription", "todo"],
    };

    private static async Task<Func<Task<HttpResponseMessage>>> ListAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = server.CallerOf(app, (await server.NewMemberAsync()).AccountId);
        return () => caller.GetAsync(Root + "/v1/tasks");
    }

    private static string TargetOf(string name) => $"welink.{char.ToLowerInvariant(name[0])}{name[1..]}";

    private static Dictionary<string, object> NewFor(string userId) => new()
    {
        ["taskId"] = $"t{Samples.NewId()}",
        ["taskTitle"] = "Sign it",
        ["taskDesc"] = "Please",
        ["userId"] = userId,
        ["userNameCn"] = "艾达",
        ["userNameEn"] = "Ada",
        ["detailsUrl"] = "https://app.example/1",
        ["appName"] = "Desk",
        ["applicantUserId"] = "bob@welink",
        ["applicantUserNameCn"] = "鲍勃",
        ["applicantUserNameEn"] = "Bob",
        ["applicantId"] = "0017",
    };
}
