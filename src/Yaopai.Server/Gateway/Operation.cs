using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>The way of every request through its operation: read, admit, check the rules in order, answer.</summary>
/// <typeparam name="TRequest">The request as the operation reads it, and what its rules have loaded for it so far.</typeparam>
internal sealed class Operation<TRequest>(string surface, string name, IReadOnlyList<ErrorDefinition> documented) : IOperation
{
    public string Name => name;

    public string Target { get; } = $"{surface}.{char.ToLowerInvariant(name[0])}{name[1..]}";

    public IReadOnlyList<string> Methods { get; init; } = ["POST"];

    public ParameterSource Source { get; init; } = ParameterSource.Form;

    /// <summary>Forms hold names and credentials, unless the operation says that it stores what they bring.</summary>
    public int MaxBodyBytes
    {
        get => field > 0 ? field : Source is ParameterSource.Form or ParameterSource.FormOrJson ? Call.SmallBody : int.MaxValue;
        init;
    }

    public bool IsForPeople { get; init; }

    public Readers Readers { get; init; }

    public string? UserCodeParameter { get; init; }

    public Given Gives { get; init; }

    public required FailureErrors Failures { get; init; }

    public IReadOnlySet<ErrorDefinition> Documented { get; } = documented.ToHashSet<ErrorDefinition>(ReferenceEqualityComparer.Instance);

    public required Func<Call, ValueTask<TRequest>> Read { get; init; }

    /// <summary>The client_id that the request speaks for; null where it names none.</summary>
    public Func<TRequest, long?> Client { get; init; } = _ => null;

    /// <summary>Whether it is proven by now that the app calls, so that the call may spend that app's quota:
    /// a sealed token that is alive does.</summary>
    public Func<TRequest, bool> IsProven { get; init; } = _ => false;

    /// <summary>Whether the rules themselves say which app is let in, in an order that the contract fixes.</summary>
    public bool AdmitsByRules { get; init; }

    public required RuleLists<TRequest> Rules { get; init; }

    public IEnumerable<ErrorDefinition> Refusals => Rules.Errors.SelectMany(errors => errors).Distinct();

    public async ValueTask<Answer> HandleAsync(Call call, Admission admission)
    {
        var request = await Read(call);
        var client = Client(request);
        var refusal = !AdmitsByRules ? await admission.RefuseAsync(call, this, client, IsProven(request))
            : client is { } id ? await admission.FindAsync(call, this, id)
            : null;
        return refusal is { } refused ? Answer.Refusal(refused) : await Rules.AnswerAsync(request);
    }
}
