using Yaopai.Errors;

namespace Yaopai.Server.Admin.Resources;

/// <summary>A change of something as it is when it is changed: a store asks for it inside its transaction, out of which no refusal can be
/// thrown.</summary>
/// <param name="change">May refuse.</param>
/// <param name="isCurrent">Whether it is still what the caller read; null where they do not say.</param>
internal sealed class Revision<T>(Func<T, T> change, Func<T, bool>? isCurrent) where T : class
{
    private CommandException? _refusal;

    /// <summary>What was there.</summary>
    public T? Before { get; private set; }

    /// <summary>Null where it is refused.</summary>
    public T? Apply(T before)
    {
        (Before, _refusal) = (before, null);
        if (isCurrent?.Invoke(before) is false)
        {
            _refusal = new CommandException(OperatorErrors.AdminApi.VersionOutdated, "It is no longer what its ETag says.");
            return null;
        }

        try
        {
            return change(before);
        }
        catch (CommandException refusal)
        {
            _refusal = refusal;
            return null;
        }
    }

    /// <summary>Says, once the store has answered, why nothing was stored.</summary>
    public void ThrowIfRefused()
    {
        if (_refusal is not null)
            throw _refusal;
    }
}
