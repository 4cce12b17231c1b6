using Yaopai.Errors;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Stores;
using E = Yaopai.Errors.IdentityErrors.Gateway;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>A call that is proved first, and then done once for its request id, where it has one.</summary>
/// <remarks>
/// The first answer is kept and given again. It is looked for before the operation's own rules, which the request itself may have broken
/// by being done: a name that it took is taken. What is refused was not done, and leaves its id free.
/// </remarks>
internal sealed class OnceRules<T>(Rule<T>[] system, Rule<T>[] own, bool writes, Func<T, ValueTask<Answer>> answer) : RuleLists<T>
    where T : GatewayRequest
{
    public override IReadOnlyList<IReadOnlyList<ErrorDefinition>> Errors { get; } =
        [[.. system.Select(rule => rule.Error), .. own.Select(rule => rule.Error)]];

    public override async ValueTask<Answer> AnswerAsync(T x)
    {
        if (await system.FirstBrokenAsync(x) is { } refusal)
            return Answer.Refusal(refusal);

        if (!writes || x.RequestId is "")
            return await DoAsync(x);

        var state = await x.BeginAsync();
        return state.Progress switch
        {
            RequestProgress.Begun => await DoOnceAsync(x),
            RequestProgress.Answered => IdentityDialect.Gateway(x.Call, state.Answer!),
            RequestProgress.Running => Answer.Refusal(new Refusal(E.Internal, static () => "a request of this id is being done")),
            _ => Answer.Refusal(new Refusal(E.ParameterMissing, static () => "a request of this id asked for something else")),
        };
    }

    private async ValueTask<Answer> DoAsync(T x) =>
        await own.FirstBrokenAsync(x) is { } refusal ? Answer.Refusal(refusal) : await answer(x);

    private async ValueTask<Answer> DoOnceAsync(T x)
    {
        var requests = x.Kit.Requests;
        try
        {
            var given = await DoAsync(x);
            if (given.Error is null)
                await requests.AnswerAsync(x.App.Id, x.RequestId, given.Body, x.Call.Ct);
            else
                await requests.ForgetAsync(x.App.Id, x.RequestId, x.Call.Ct);
            return given;
        }
        catch
        {
            await TryReleaseAsync(requests, x);
            throw;
        }
    }

    /// <summary>Where that cannot be stored either, the request can be tried again when its time is up.</summary>
    private static async ValueTask TryReleaseAsync(IRequestIdStore requests, T x)
    {
        try
        {
            await requests.ReleaseAsync(x.App.Id, x.RequestId, CancellationToken.None); // the call's own time may be what ended
        }
        catch (StorageException)
        {
        }
    }
}
