using Yaopai.Server.Gateway;
using T = Yaopai.Errors.WeLinkErrors.Todo;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>How a task is made, whatever the version of the call.</summary>
internal static class AddRules
{
    public static Rule<AddRequest>[] Rules { get; } =
    [
        new(T.ParameterMissing,   x => x.Missing is null,       why: x => $"{x.Missing} is missing"),
        new(T.ParameterMalformed, x => x.Malformed is null,     why: x => $"{x.Malformed} cannot be used"),
        new(T.CreationFailed,     x => x.IsForMemberAsync(),    why: x => $"'{x["userId"]}' is no member of the tenant, or a closed one"),
        Rule.Claim<AddRequest>(T.CreationFailed, x => x.TryAddAsync(),
            why: x => $"'{x["userId"]}' has task '{x.TaskId}', or could not be told of it"),
    ];

    public static IOperation Define(TodoKit kit, string name, string[] required, bool knowsMore) => WeLinkRules.Operation(
        kit.Calls, Modules.Todos, name, "POST", ParameterSource.Json,
        incoming => new AddRequest(incoming, kit, required, knowsMore), Rules,
        x => ValueTask.FromResult(TodoRequest.Answer("Create todo_task successfully.", x.Todo)));
}
