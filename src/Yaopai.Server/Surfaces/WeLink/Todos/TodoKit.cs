using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Messages;
using Yaopai.Server.Todos;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>What operations on tasks work with.</summary>
internal sealed record TodoKit(WeLinkKit Calls, TodoLists Lists, IRecipientStore Members, Messenger Messenger);

/// <summary>A call about a task, and what its rules have loaded for it so far.</summary>
internal class TodoRequest(Incoming incoming, TodoKit kit, string[] required) : WeLinkRequest(incoming)
{
    public const int LongestId = 128;

    public string TaskId => this["taskId"];

    public TodoKey Key => new(TenantId, TaskId, this["userId"]);

    public bool Requires(string name) => required.Contains(name);

    public string? Missing => required.FirstOrDefault(name => this[name] is "");

    /// <summary>A task has an id without spaces; a member too.</summary>
    public bool AreIdsSound => UserIds.IsPossible(TaskId) && (this["userId"] is "" || UserIds.IsPossible(this["userId"]));

    public Todo Todo { get; protected set; } = null!;

    public bool IsOfThisApp => Todo.AppId == Granted.AppId;

    protected TodoKit Todos => kit;

    public string WhyOfAnotherApp() => $"app {Todo.AppId} made the task, not {Granted.AppId}";

    /// <summary>Everything that the app said of a task, and what it became.</summary>
    public static void Write(Utf8JsonWriter json, Todo todo)
    {
        var (text, applicant) = (todo.Text, todo.Text.Applicant);
        json.WriteString("uuid", $"{todo.Id}");
        json.WriteString("tenantId", TenantIds.Write(todo.Key.TenantId));
        json.WriteString("taskId", todo.Key.TaskId);
        json.WriteString("taskTitle", text.Title);
        json.WriteString("taskDesc", text.Description);
        json.WriteString("userId", todo.Key.UserId);
        json.WriteString("userNameCn", todo.UserName.Zh);
        json.WriteString("userNameEn", todo.UserName.En);
        json.WriteString("appName", text.AppName);
        json.WriteString("detailsUrl", text.DetailsUrl);
        json.WriteString("detailsUrlPc", text.DesktopUrl);
        json.WriteString("businessCode", text.BusinessCode);
        json.WriteString("applicantId", applicant.Number);
        json.WriteString("applicantUserId", applicant.UserId);
        json.WriteString("applicantUserNameCn", applicant.Name.Zh);
        json.WriteString("applicantUserNameEn", applicant.Name.En);
        json.WriteBoolean("isShowApplicantUserName", applicant.IsShown);
        json.WriteNumber("status", todo.DoneAt is null ? 1 : 2);
        json.WriteString("createTime", Times.Write(todo.CreatedAt));
        json.WriteString("lastModifyTime", Times.Write(todo.UpdatedAt));
    }

    /// <summary>The answer that tells of a task.</summary>
    public static Answer Answer(string message, Todo todo) => WeLinkDialect.Ok(todo, static (json, todo) =>
    {
        json.WriteStartObject("data");
        Write(json, todo);
        json.WriteEndObject();
    }, message: message);
}
