namespace Yaopai.Server.Accounts.Verification;

/// <summary>A code that was sent.</summary>
/// <param name="Subject">For what, and to whom: a keyed hash.</param>
/// <param name="Code">A keyed hash too.</param>
internal sealed record StoredCode(byte[] Subject, byte[] Code, DateTimeOffset SentAt, DateTimeOffset ExpiresAt);

/// <summary>Somebody whose codes are counted.</summary>
/// <param name="Limit">How many within a day.</param>
/// <param name="Pause">How long after one there may be another.</param>
internal sealed record CodeQuota(byte[] Subject, int Limit, TimeSpan Pause);

/// <summary>Codes and counts, the same for all nodes.</summary>
internal interface IVerificationStore
{
    /// <summary>Stores the code in place of the one before, and counts it for each.
    /// False, and nothing counts, when one has no more.</summary>
    Task<bool> TryAddAsync(StoredCode code, IReadOnlyList<CodeQuota> quotas, CancellationToken ct);

    /// <summary>Counts for each alone. False, and nothing counts, when one has no more.</summary>
    Task<bool> TryCountAsync(IReadOnlyList<CodeQuota> quotas, DateTimeOffset now, CancellationToken ct);

    /// <summary>Takes one of the tries, and answers what the code is. Null when there is none that lasts, or no try is left:
    /// exact, however many come at once.</summary>
    Task<byte[]?> TakeTryAsync(byte[] subject, int mostTries, DateTimeOffset now, CancellationToken ct);

    /// <summary>Uses the code up. False when another was first.</summary>
    Task<bool> TryUseAsync(byte[] subject, byte[] code, CancellationToken ct);
}
