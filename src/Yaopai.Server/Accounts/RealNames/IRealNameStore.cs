namespace Yaopai.Server.Accounts.RealNames;

/// <summary>A real name as the database holds it: name and number sealed.</summary>
internal sealed record StoredRealName(long AccountId, byte[] Sealed, int Level, RealNameState State, DateTimeOffset ChangedAt);

/// <summary>Real names, one an account at most.</summary>
internal interface IRealNameStore
{
    Task<StoredRealName?> FindAsync(long accountId, CancellationToken ct);

    /// <summary>Stores or replaces the real name of this account.</summary>
    Task PutAsync(StoredRealName realName, CancellationToken ct);

    /// <summary>False when there was none.</summary>
    Task<bool> TryRemoveAsync(long accountId, CancellationToken ct);
}
