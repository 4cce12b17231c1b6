using Yaopai.Server.Queues;

namespace Yaopai.Server.Events;

/// <summary>What became of an event.</summary>
internal enum EventState
{
    /// <summary>Not delivered yet.</summary>
    Waiting,

    /// <summary>On its way from some node at this moment.</summary>
    Leased,

    Delivered,

    /// <summary>Given up; kept for a while, so that it can be tried again by hand.</summary>
    Dead,
}

/// <summary>An event, and how far it got.</summary>
/// <param name="LastAnswer">What the last try came to; null before the first.</param>
/// <param name="EndedAt">When it was delivered or given up (wall clock).</param>
internal sealed record StoredEvent(
    SecurityEvent Event, EventState State, int Tries, string? LastAnswer, DateTimeOffset CreatedAt, DateTimeOffset NextTryAt,
    DateTimeOffset? EndedAt);

/// <summary>An event that this node alone may deliver until its lease runs out.</summary>
/// <param name="Tries">Counts this one. A later lease of the event has a higher number.</param>
/// <param name="GiveUpAt">After a try that fails at or after this instant there is no other.</param>
internal sealed record LeasedEvent(SecurityEvent Event, int Tries, DateTimeOffset GiveUpAt);

/// <summary>
/// Events on their way out. They come into being in the stores that change consents, revocations and accounts,
/// in the transaction of that change.
/// </summary>
internal interface IEventStore
{
    /// <summary>Apps for which something is due.</summary>
    Task<IReadOnlyList<long>> DueAppsAsync(LeaseTerms terms, CancellationToken ct);

    /// <summary>Takes the app's event that is due for longest. Null when there is none, or another node was faster.</summary>
    Task<LeasedEvent?> LeaseAsync(long appId, LeaseTerms terms, CancellationToken ct);

    Task DeliveredAsync(LeasedEvent leased, string answer, CancellationToken ct);

    /// <summary>Ends the lease. Says nothing where another node has taken the event meanwhile, or delivered it.</summary>
    /// <param name="nextTryAt">Null to give up.</param>
    Task FailedAsync(LeasedEvent leased, string answer, DateTimeOffset? nextTryAt, CancellationToken ct);

    /// <summary>The app's events, the newest first.</summary>
    /// <param name="state">Null for all; waiting and leased count as one.</param>
    Task<IReadOnlyList<StoredEvent>> ListAsync(long appId, EventState? state, int take, CancellationToken ct);

    /// <summary>Makes what was not delivered due at once, with all its time before it again. The number of events.</summary>
    /// <param name="id">Null for all of the app's.</param>
    Task<int> RetryAsync(long appId, Guid? id, CancellationToken ct);
}
