using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>The way of every request through its operation: read, admit, check the rules in order, answer.</summary>
/// <typeparam name="TExchange">The request as the operation reads it, and what its rules have loaded for it so far.</typeparam>
internal sealed class Operation<TExchange>(string surface, string name, IReadOnlyList<ErrorDefinition> documented) : IOperation
{
    public string Name => name;

    public string Target { get; } = $"{surface}.{char.ToLowerInvariant(name[0])}{name[1..]}";

    public IReadOnlyList<string> Methods { get; init; } = ["POST"];

    public ParameterSource Source { get; init; } = ParameterSource.Form;

    public bool IsForPeople { get; init; }

    public string? UserCodeParameter { get; init; }

    public required FailureErrors Failures { get; init; }

    /// <summary>Whether it is proven by now that the app calls, so that the call may spend that app's quota: a sealed token that is alive does.</summary>
    public Func<TExchange, bool> IsProven { get; init; } = _ => false;

    public IReadOnlySet<ErrorDefinition> Documented { get; } =
        documented.ToHashSet<ErrorDefinition>(ReferenceEqualityComparer.Instance);

    public required Func<Call, ValueTask<TExchange>> Read { get; init; }

    /// <summary>The client_id that the request speaks for; null where it names none.</summary>
    public Func<TExchange, long?> Client { get; init; } = _ => null;

    /// <summary>The lists of rules; more than one where the operation is several documents in one (the grants of a token endpoint).</summary>
    public required IReadOnlyList<Rule<TExchange>[]> RuleLists { get; init; }

    /// <summary>The list that holds for this request.</summary>
    public Func<TExchange, Rule<TExchange>[]>? Choose { get; init; }

    public required Func<TExchange, ValueTask<Answer>> Answer { get; init; }

    /// <summary>How a broken rule is said, where it is not by its error alone.</summary>
    public Func<TExchange, ErrorDefinition, Answer> Refuse { get; init; } = (_, error) => Gateway.Answer.Refusal(error);

    /// <summary>Whether the rules themselves say which app is let in, in an order that the contract fixes.</summary>
    public bool AdmitsByRules { get; init; }

    public required Admission Admission { get; init; }

    public IEnumerable<ErrorDefinition> Refusals => RuleLists.SelectMany(rules => rules).Select(rule => rule.Error).Distinct();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var exchange = await Read(call);
        if (await RefuseAsync(call, exchange) is { } refusal)
            return Gateway.Answer.Refusal(refusal);

        var rules = Choose is null ? RuleLists[0] : Choose(exchange);
        return await rules.FirstBrokenAsync(exchange) is { } error ? Refuse(exchange, error) : await Answer(exchange);
    }

    private async ValueTask<ErrorDefinition?> RefuseAsync(Call call, TExchange exchange)
    {
        var client = Client(exchange);
        if (!AdmitsByRules)
            return await Admission.RefuseAsync(call, this, client, IsProven(exchange));

        return client is { } id ? await Admission.FindAsync(call, this, id) : null;
    }
}
