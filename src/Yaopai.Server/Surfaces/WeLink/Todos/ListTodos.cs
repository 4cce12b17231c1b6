using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using T = Yaopai.Errors.WeLinkErrors.Todo;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>GET /api/todo/v1/tasks — a page of what the member of the token has to do, the latest first.</summary>
/// <remarks>Beyond the document, which leaves reading to the client: without it nobody could read what they are asked to do.</remarks>
internal sealed record ListTodos(TodoKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(T.AuthenticationFailed, x => x.Token.IsOfUser, why: _ => "the token is of an app alone"),
        new(T.ParameterMalformed,   x => x.PageSize is >= 1 and <= Request.LargestPage,
            why: x => $"pageSize is '{x["pageSize"]}', 1 to {Request.LargestPage} is known"),
        new(T.ParameterMalformed,   x => x["before"] is "" || x.Before is not null,
            why: x => $"before is '{x["before"]}', a uuid is expected"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Todos, "ListTodos", "GET", ParameterSource.Query, incoming => new Request(incoming, Kit), Rules,
        x => x.AnswerAsync());

    internal sealed class Request(Incoming incoming, TodoKit kit) : WeLinkRequest(incoming)
    {
        public const int LargestPage = 100;

        private const int UsualPage = 20;

        public long? PageSize => this["pageSize"] is "" ? UsualPage : ClientId.Number(this["pageSize"]);

        public long? Before => ClientId.Number(this["before"]);

        public async ValueTask<Answer> AnswerAsync() => WeLinkDialect.Ok(
            await kit.Lists.OpenAsync(TenantId, User.UserId, Before, (int)PageSize!.Value, Call.Ct), static (json, page) =>
            {
                json.WriteStartArray("data");
                foreach (var todo in page)
                {
                    json.WriteStartObject();
                    TodoRequest.Write(json, todo);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
    }
}
