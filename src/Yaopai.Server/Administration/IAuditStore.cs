namespace Yaopai.Server.Administration;

/// <summary>Which entries are asked for. What is null narrows nothing.</summary>
internal sealed record AuditQuery
{
    public string? ActorId { get; init; }

    public string? Action { get; init; }

    public string? ObjectKind { get; init; }

    public string? ObjectId { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }
}

/// <summary>The audit log, one chain for all nodes: nothing in it is ever changed or removed.</summary>
internal interface IAuditStore
{
    /// <summary>Notes, before it is done, what somebody is about to do. What is never heard of again comes into the log as
    /// <see cref="AuditOutcome.Unknown"/>, when it is written or swept after <paramref name="forgottenAfter"/>.</summary>
    Task BeginAsync(AuditIntent intent, TimeSpan forgottenAfter, CancellationToken ct);

    /// <summary>Nothing was done.</summary>
    Task WithdrawAsync(Guid intentId, CancellationToken ct);

    /// <summary>It was done: appends the entry, and forgets the intent, in one transaction.</summary>
    Task<AuditEntry> AppendAsync(AuditRecord record, Guid intentId, CancellationToken ct);

    /// <summary>Takes what came to no known end into the log: before somebody reads it.</summary>
    Task SweepAsync(CancellationToken ct);

    /// <summary>Up to <paramref name="take"/> entries, the newest first.</summary>
    /// <param name="before">Only those with a lower sequence.</param>
    Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, long before, int take, CancellationToken ct);

    Task<AuditEntry?> FindAsync(long sequence, CancellationToken ct);

    /// <summary>Up to <paramref name="take"/> entries in the order of the chain.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(long after, int take, CancellationToken ct);

    Task<AuditHead> HeadAsync(CancellationToken ct);
}
