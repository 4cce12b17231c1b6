namespace Yaopai.Server.Credentials;

/// <summary>
/// Credentials that are dead before their time. What is zero or empty stands for all: (app, account, pair) is one pair of tokens,
/// (app, account) all an app holds for a person, (account) all of a person's, (app) all of an app's, and nothing at all everything.
/// </summary>
/// <param name="Before">Credentials that are valid since this instant or an earlier one are dead. It is dated ahead, see
/// <see cref="HybridClock"/>.</param>
/// <param name="KeepUntil">When the last credential that it could kill has expired, so that the row may leave (wall clock).</param>
internal sealed record Revocation(long AppId, long AccountId, Guid GrantId, DateTimeOffset Before, DateTimeOffset KeepUntil);

/// <summary>Obeys the revocations that other nodes wrote. Told at least once, possibly often, and never from two threads at once.</summary>
internal interface IRevocationListener
{
    void OnRevoked(Revocation revocation);
}

/// <summary>Durable revocations.</summary>
internal interface IRevocationStore
{
    /// <summary>Stored when the task ends. Of two for the same subject the later instants win. Grouped with others that wait.</summary>
    Task AddAsync(Revocation revocation, CancellationToken ct);

    /// <summary>Stores the revocation of all that a person has, and tells every app that the person trusts, in one transaction.</summary>
    Task AddForAccountAsync(Revocation revocation, CancellationToken ct);

    /// <summary>Those recorded at or after <paramref name="recordedAt"/> (wall clock of the node that wrote them),
    /// and the latest such instant.</summary>
    Task<(IReadOnlyList<Revocation> Revocations, DateTimeOffset RecordedAt)> SinceAsync(DateTimeOffset recordedAt, CancellationToken ct);

    /// <summary>What the latest revocation of more than a pair is dated, up to <paramref name="most"/>; null where there is none.</summary>
    Task<DateTimeOffset?> LatestAsync(DateTimeOffset most, CancellationToken ct);

    /// <summary>All that touch this credential: its pair, its app and person, its person, its app.</summary>
    Task<IReadOnlyList<Revocation>> TouchingAsync(long appId, long accountId, Guid grantId, CancellationToken ct);
}
