using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>PUT /api/todo/v2/updatetask — says that a member has done a task, and what they are called.</summary>
internal sealed record FinishNamedTodo(TodoKit Kit) : IOperationDefinition
{
    public IOperation Define() => FinishRequest.Define(
        Kit, "FinishNamedTodo", ["taskId", "userId", "userNameCn", "userNameEn"],
        x => TodoRequest.Answer("Update todo task successfully.", x.Todo));
}
