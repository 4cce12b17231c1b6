using Yaopai.Server.Gateway;
using Yaopai.Server.Todos;
using T = Yaopai.Errors.WeLinkErrors.Todo;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>A task that a member has done.</summary>
internal sealed class FinishRequest(Incoming incoming, TodoKit kit, string[] required) : TodoRequest(incoming, kit, required)
{
    private const int LongestName = 128;

    internal static readonly Rule<FinishRequest>[] Rules =
    [
        new(T.ParameterMissing,   x => x.Missing is null,     why: x => $"{x.Missing} is missing"),
        new(T.ParameterMalformed, x => x.AreIdsSound,         why: _ => "taskId or userId cannot be one"),
        new(T.ParameterMalformed, x => x.AreNamesSound,       why: _ => "userNameCn or userNameEn cannot be used"),
        new(T.UpdateFailed,       x => x.LoadAsync(),         why: x => $"'{x["userId"]}' has no task '{x.TaskId}'"),
        new(T.OperationForbidden, x => x.IsOfThisApp,         why: x => x.WhyOfAnotherApp()),
        Rule.Claim<FinishRequest>(T.UpdateFailed, x => x.TryFinishAsync(), why: _ => "the task was removed meanwhile"),
    ];

    private bool NamesMember => Requires("userNameCn");

    private bool AreNamesSound => !NamesMember || new[] { this["userNameCn"], this["userNameEn"] }.All(IsName);

    // All of its parameters stand in the query: clients send a body of {} or null beside it, which says nothing.
    public static IOperation Define(
        TodoKit kit, string name, string[] required, Func<FinishRequest, Answer> answer,
        Func<FinishRequest, Refusal, Answer>? refuse = null) => WeLinkRules.Operation(
        kit.Calls, Modules.Todos, name, "PUT", ParameterSource.Query, incoming => new FinishRequest(incoming, kit, required), Rules,
        x => ValueTask.FromResult(answer(x)), refuse);

    private static bool IsName(string text) => text.Length <= LongestName && !text.Any(char.IsControl);

    private async ValueTask<bool> LoadAsync() => (Todo = (await Todos.Lists.FindAsync(Key, Call.Ct))!) is not null;

    private async ValueTask<bool> TryFinishAsync()
    {
        var name = NamesMember ? new TodoName(this["userNameCn"], this["userNameEn"]) : null;
        if (await Todos.Lists.FinishAsync(Todo, name, Call.Ct) is not { } done)
            return false;

        Todo = done;
        return true;
    }
}
