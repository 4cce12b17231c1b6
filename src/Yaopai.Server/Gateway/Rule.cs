using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>One line of a specification: the error that a request earns unless the condition holds.</summary>
internal sealed class Rule<T>
{
    private readonly Func<T, bool>? _holds;
    private readonly Func<T, ValueTask<bool>>? _holdsAsync;
    private readonly Func<T, Reason?>? _why;

    /// <param name="why">What was expected and what came, with secrets masked. Asked only where somebody listens.</param>
    public Rule(ErrorDefinition error, Func<T, bool> holds, Func<T, Reason?>? why = null) => (Error, _holds, _why) = (error, holds, why);

    /// <inheritdoc cref="Rule{T}(ErrorDefinition, Func{T, bool}, Func{T, Reason?})"/>
    public Rule(ErrorDefinition error, Func<T, ValueTask<bool>> holds, Func<T, Reason?>? why = null) =>
        (Error, _holdsAsync, _why) = (error, holds, why);

    public ErrorDefinition Error { get; }

    /// <summary>What the rule uses up, where it claims something that can be used once.</summary>
    public Claim<T>? Claim { get; init; }

    public ValueTask<bool> HoldsAsync(T request) => _holds is null ? _holdsAsync!(request) : ValueTask.FromResult(_holds(request));

    public Refusal Refuse(T request) => new(Error, _why is { } why ? () => why(request) : null);
}

/// <summary>Something that can be used once: a code, a refresh token, a call of a quota.</summary>
/// <param name="IsFreeAsync">Looks, and uses nothing. False when it was used before.</param>
/// <param name="TryUseAsync">Uses it, durably. False when another request was first.</param>
/// <param name="Applies">Whether this request has to claim it at all.</param>
internal sealed record Claim<T>(Func<T, ValueTask<bool>> IsFreeAsync, Func<T, ValueTask<bool>> TryUseAsync, Func<T, bool> Applies);

internal static class Rule
{
    /// <summary>Uses something up, but only for a request that every later rule accepts too:
    /// a slip of the caller must not cost a person another sign-in.</summary>
    public static Rule<T> Claim<T>(
        ErrorDefinition error, Func<T, ValueTask<bool>> isFree, Func<T, ValueTask<bool>> tryUse, Func<T, Reason?>? why = null) =>
        new(error, tryUse, why) { Claim = new(isFree, tryUse, static _ => true) };

    /// <summary>A claim of what can be looked at only by using it.</summary>
    public static Rule<T> Claim<T>(ErrorDefinition error, Func<T, ValueTask<bool>> tryUse, Func<T, Reason?>? why = null) =>
        Claim(error, static _ => ValueTask.FromResult(true), tryUse, why);

    /// <summary>The rule of a request, for requests that are more than one.</summary>
    public static Rule<T> For<T, TBase>(Rule<TBase> rule) where T : TBase =>
        new(rule.Error, x => rule.HoldsAsync(x), x => rule.Refuse(x).Why?.Invoke());

    /// <summary>A call of a quota, claimed by those requests alone that have proved nothing before.</summary>
    public static Rule<T> ClaimWhere<T>(ErrorDefinition error, Func<T, bool> applies, Func<T, bool> tryUse, Func<T, Reason?>? why = null) =>
        new(error, tryUse, why) { Claim = new(static _ => ValueTask.FromResult(true), x => ValueTask.FromResult(tryUse(x)), applies) };

    /// <summary>Checks the rules in order and says which is the first that is broken. Each is looked at once at most.</summary>
    public static async ValueTask<Refusal?> FirstBrokenAsync<T>(this Rule<T>[] rules, T request)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            if (rules[i].Claim is { } claim)
            {
                if (claim.Applies(request))
                    return await ClaimAsync(rules, i, request);
            }
            else if (!await rules[i].HoldsAsync(request))
            {
                return rules[i].Refuse(request);
            }
        }

        return null;
    }

    /// <remarks>
    /// The rules behind a claim are looked at before anything is used up; the order in which they are told stays: what was used before is
    /// said before what a later rule finds. Of several claims the last is used first,
    /// because a quota may be spent in vain and a code may not.
    /// </remarks>
    private static async ValueTask<Refusal?> ClaimAsync<T>(Rule<T>[] rules, int first, T request)
    {
        var (broken, last) = (rules.Length, first);
        for (var i = first + 1; i < rules.Length && broken == rules.Length; i++)
        {
            if (rules[i].Claim is { } claim)
                last = claim.Applies(request) ? i : last;
            else if (!await rules[i].HoldsAsync(request))
                broken = i;
        }

        if (broken < rules.Length || last > first)
        {
            for (var i = first; i <= last; i++)
            {
                if (rules[i].Claim is { } claim && claim.Applies(request) && !await claim.IsFreeAsync(request))
                    return rules[i].Refuse(request);
            }
        }

        if (broken < rules.Length)
            return rules[broken].Refuse(request);

        for (var i = last; i >= first; i--)
        {
            if (rules[i].Claim is { } claim && claim.Applies(request) && !await claim.TryUseAsync(request))
                return rules[i].Refuse(request);
        }

        return null;
    }
}
