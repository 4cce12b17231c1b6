using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>POST /api/todo/v1/addtask — asks a member to do something.</summary>
internal sealed record AddTodo(TodoKit Kit) : IOperationDefinition
{
    /// <summary>In the order of the document.</summary>
    internal static readonly string[] Required =
    [
        "taskId", "taskTitle", "userId", "detailsUrl", "appName", "taskDesc", "applicantUserId", "applicantUserNameCn",
        "applicantUserNameEn",
    ];

    public IOperation Define() => AddRules.Define(Kit, "AddTodo", Required, knowsMore: false);
}
