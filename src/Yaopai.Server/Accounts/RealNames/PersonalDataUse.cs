namespace Yaopai.Server.Accounts.RealNames;

/// <summary>An answer that was made of a person's data.</summary>
/// <param name="What">One of <see cref="PersonalDataUses"/>.</param>
internal sealed record PersonalDataUse(long AccountId, long AppId, string What, DateTimeOffset At);

internal static class PersonalDataUses
{
    public const string RealNameGiven = "real name given";
    public const string RealNameCompared = "real name compared";
}

/// <summary>Who used whose data, and when: written before the answer leaves, kept for a while.</summary>
internal interface IPersonalDataLog
{
    Task AddAsync(PersonalDataUse use, DateTimeOffset keepUntil, CancellationToken ct);

    /// <summary>Writes the use down, and in the same transaction that the token was used.
    /// False, and nothing written, when it was used before, on any node.</summary>
    Task<bool> TryAddOnceAsync(PersonalDataUse use, DateTimeOffset keepUntil, TokenUse token, CancellationToken ct);

    /// <summary>The latest uses of a person's data, newest first.</summary>
    Task<IReadOnlyList<PersonalDataUse>> ListAsync(long accountId, int take, CancellationToken ct);
}

/// <summary>A token that counts once.</summary>
/// <param name="KeepUntil">When it has expired, so that its use may be forgotten.</param>
internal readonly record struct TokenUse(long AppId, Guid Id, DateTimeOffset KeepUntil);
