using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>One line of a specification: the error a request earns unless the condition holds.</summary>
internal sealed class Rule<T>(ErrorDefinition error, Func<T, ValueTask<bool>> holds)
{
    public Rule(ErrorDefinition error, Func<T, bool> holds) : this(error, request => ValueTask.FromResult(holds(request))) { }

    public ErrorDefinition Error => error;

    public ValueTask<bool> HoldsAsync(T request) => holds(request);
}

internal static class Rules
{
    /// <summary>Checks the rules in order and returns the error of the first one that is broken.</summary>
    public static async ValueTask<ErrorDefinition?> FirstBrokenAsync<T>(this Rule<T>[] rules, T request)
    {
        foreach (var rule in rules)
        {
            if (!await rule.HoldsAsync(request))
                return rule.Error;
        }

        return null;
    }
}
