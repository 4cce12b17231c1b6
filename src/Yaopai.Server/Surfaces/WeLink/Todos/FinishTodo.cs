using Yaopai.Server.Gateway;
using T = Yaopai.Errors.WeLinkErrors.Todo;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>PUT /api/todo/v1/updatetask — says that a member has done a task.</summary>
internal sealed record FinishTodo(TodoKit Kit) : IOperationDefinition
{
    public IOperation Define() => FinishRequest.Define(Kit, "FinishTodo", ["taskId", "userId"], _ =>
        WeLinkDialect.Ok(true, static (json, done) => json.WriteBoolean("data", done), message: "Update todo task successfully."), Refuse);

    /// <summary>Whether it was done is what <c>data</c> says here, also where there is nothing to do.</summary>
    private static Answer Refuse(FinishRequest x, Refusal refusal) => refusal.Error != T.UpdateFailed
        ? Answer.Refusal(refusal)
        : Answer.Refusal(refusal) with
        {
            Body = WeLinkDialect.ErrorWith(x.Call, refusal.Error, static json => json.WriteBoolean("data", false)),
        };
}
