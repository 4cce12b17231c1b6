using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>The rules of an operation and the answer to a request that breaks none: one list, several phases, or alternatives.</summary>
internal abstract class RuleLists<TRequest>
{
    /// <summary>The errors of each list, in its order.</summary>
    public abstract IReadOnlyList<IReadOnlyList<ErrorDefinition>> Errors { get; }

    public abstract ValueTask<Answer> AnswerAsync(TRequest request);
}

internal static class RuleLists
{
    /// <param name="refuse">How a broken rule is said, where its error does not say it alone.</param>
    public static RuleLists<T> One<T>(Rule<T>[] rules, Func<T, ValueTask<Answer>> answer, Func<T, Refusal, Answer>? refuse = null) =>
        new Phases<T>(answer, new Phase<T>(rules, refuse));

    /// <summary>Lists that all have to hold, one after the other. Each says in a way of its own what is broken in it.</summary>
    public static RuleLists<T> Phases<T>(Func<T, ValueTask<Answer>> answer, params Phase<T>[] phases) => new Phases<T>(answer, phases);

    /// <summary>Lists of which the request chooses one by a text; the first is for texts that choose none,
    /// and its rules refuse them.</summary>
    public static RuleLists<T> Alternatives<T>(Func<T, string> choose, params Alternative<T>[] alternatives) =>
        new Alternatives<T>(choose, alternatives);
}

/// <summary>One of the lists that a request passes one after the other.</summary>
internal sealed record Phase<T>(Rule<T>[] Rules, Func<T, Refusal, Answer>? Refuse = null);

file sealed class Phases<T>(Func<T, ValueTask<Answer>> answer, params Phase<T>[] phases) : RuleLists<T>
{
    public override IReadOnlyList<IReadOnlyList<ErrorDefinition>> Errors { get; } =
        [.. phases.Select(phase => (IReadOnlyList<ErrorDefinition>)[.. phase.Rules.Select(rule => rule.Error)])];

    public override async ValueTask<Answer> AnswerAsync(T request)
    {
        foreach (var phase in phases)
        {
            if (await phase.Rules.FirstBrokenAsync(request) is { } refusal)
                return phase.Refuse is null ? Answer.Refusal(refusal) : phase.Refuse(request, refusal);
        }

        return await answer(request);
    }
}

/// <summary>One of the lists of which a request chooses one.</summary>
internal abstract record Alternative<TRequest>(string Text)
{
    public abstract IReadOnlyList<ErrorDefinition> Errors { get; }

    public abstract ValueTask<Answer> AnswerAsync(TRequest request);

    /// <param name="begin">Makes of the request what this list speaks of.</param>
    public static Alternative<TRequest> Of<T>(
        string text, Func<TRequest, T> begin, Rule<T>[] rules, Func<T, ValueTask<Answer>> answer,
        Func<T, Refusal, Answer>? refuse = null) =>
        new Chosen<T>(text, begin, RuleLists.One(rules, answer, refuse));

    private sealed record Chosen<T>(string Text, Func<TRequest, T> Begin, RuleLists<T> Rules) : Alternative<TRequest>(Text)
    {
        public override IReadOnlyList<ErrorDefinition> Errors => Rules.Errors[0];

        public override ValueTask<Answer> AnswerAsync(TRequest request) => Rules.AnswerAsync(Begin(request));
    }
}

file sealed class Alternatives<T>(Func<T, string> choose, Alternative<T>[] alternatives) : RuleLists<T>
{
    public override IReadOnlyList<IReadOnlyList<ErrorDefinition>> Errors { get; } = [.. alternatives.Select(one => one.Errors)];

    public override ValueTask<Answer> AnswerAsync(T request)
    {
        var text = choose(request);
        foreach (var alternative in alternatives)
        {
            if (alternative.Text == text)
                return alternative.AnswerAsync(request);
        }

        return alternatives[0].AnswerAsync(request);
    }
}
