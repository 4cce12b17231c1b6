using Yaopai.Server.Gateway;
using T = Yaopai.Errors.WeLinkErrors.Todo;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>DELETE /api/todo/v1/deltask — removes a task, whomever it is for.</summary>
internal sealed record RemoveTodo(TodoKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(T.ParameterMissing,   x => x.Missing is null,  why: x => $"{x.Missing} is missing"),
        new(T.ParameterMalformed, x => x.AreIdsSound,      why: _ => "taskId cannot be one"),
        new(T.DeletionFailed,     x => x.LoadAsync(),      why: x => $"nobody has a task '{x.TaskId}'"),
        new(T.OperationForbidden, x => x.IsOfThisApp,      why: x => x.WhyOfAnotherApp()),
        Rule.Claim<Request>(T.DeletionFailed, x => x.TryRemoveAsync(), why: _ => "the task was removed meanwhile"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Todos, "RemoveTodo", "DELETE", ParameterSource.Query, incoming => new Request(incoming, Kit), Rules,
        x => ValueTask.FromResult(WeLinkDialect.Ok(x.Todo, static (json, todo) =>
        {
            json.WriteStartObject("data");
            json.WriteString("uuid", $"{todo.Id}");
            json.WriteString("taskId", todo.Key.TaskId);
            json.WriteString("tenantId", TenantIds.Write(todo.Key.TenantId));
            json.WriteEndObject();
        }, message: "Delete todo task successfully.")));

    internal sealed class Request(Incoming incoming, TodoKit kit) : TodoRequest(incoming, kit, ["taskId"])
    {
        public async ValueTask<bool> LoadAsync() =>
            (Todo = (await Todos.Lists.FindAnyAsync(TenantId, TaskId, Granted.AppId, Call.Ct))!) is not null;

        public async ValueTask<bool> TryRemoveAsync() =>
            await Todos.Lists.TryRemoveAsync(TenantId, Granted.AppId, TaskId, userId: null, Call.Ct);
    }
}
