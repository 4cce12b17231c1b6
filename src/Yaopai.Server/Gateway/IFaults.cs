using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>Where the sandbox strikes a request. Not registered outside the sandbox.</summary>
internal interface IFaults
{
    /// <summary>Opens the scope in which faults of the seams below hold. Called once a request, before anything else.</summary>
    void Begin(Call call);

    /// <summary>Delays, breaks a seam, throws, or returns the error that is forced on this request; null to let it pass.</summary>
    /// <param name="clientId">Null before it is known: then only faults that name no client strike.</param>
    ValueTask<ErrorDefinition?> StrikeAsync(Call call, IOperation operation, long? clientId);

    /// <summary>Has the answer written, or spoils it on its way out: what it says, its bytes, or the connection.</summary>
    ValueTask AnswerAsync(Call call, IOperation operation, Answer answer, Func<Answer, ValueTask> writeAsync);
}
