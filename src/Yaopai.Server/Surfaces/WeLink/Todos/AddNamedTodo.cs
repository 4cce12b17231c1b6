using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>POST /api/todo/v2/addtask — asks a member to do something, and says what they are called.</summary>
internal sealed record AddNamedTodo(TodoKit Kit) : IOperationDefinition
{
    /// <summary>In the order of the document.</summary>
    internal static readonly string[] Required =
    [
        "taskId", "taskTitle", "userId", "userNameCn", "userNameEn", "detailsUrl", "appName", "applicantUserId", "applicantUserNameCn",
        "applicantUserNameEn", "applicantId",
    ];

    public IOperation Define() => AddRules.Define(Kit, "AddNamedTodo", Required, knowsMore: false);
}
