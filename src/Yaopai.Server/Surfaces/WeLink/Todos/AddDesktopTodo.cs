using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>POST /api/todo/v3/addtask — asks a member to do something, on a desktop too.</summary>
internal sealed record AddDesktopTodo(TodoKit Kit) : IOperationDefinition
{
    public IOperation Define() => AddRules.Define(Kit, "AddDesktopTodo", AddNamedTodo.Required, knowsMore: true);
}
