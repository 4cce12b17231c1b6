namespace Yaopai.Server.Provisioning;

/// <summary>An item, and how far it got.</summary>
internal sealed record StoredItem(
    long JobId, int Ordinal, ItemSubject Subject, ItemAction Action, string Key, ItemState State, ItemFault Fault,
    DateTimeOffset CreatedAt);

/// <summary>How the latest item of a person can be asked for.</summary>
internal enum ItemLookup
{
    Department,
    Member,
    Mobile,
    Email,
}

/// <summary>Changes of a tenant's directory that were asked for: accepted at once, applied in the background.</summary>
internal interface IProvisioningStore
{
    /// <summary>
    /// Queues the changes in one transaction, but for those whose key waits or is being applied: of these it is written down that they
    /// were not queued. The state of each, in the order of the changes.
    /// </summary>
    Task<IReadOnlyList<ItemState>> SubmitAsync(long tenantId, long jobId, IReadOnlyList<ItemChange> changes, CancellationToken ct);

    /// <summary>Applies the change before it answers, in one transaction; not where its key waits or is being applied.</summary>
    /// <param name="now">The time of the installation.</param>
    Task<ItemResult> ApplyNowAsync(long tenantId, long jobId, ItemChange change, DateTimeOffset now, CancellationToken ct);

    /// <summary>The latest item that was queued; null when there is none.</summary>
    Task<StoredItem?> FindLatestAsync(long tenantId, ItemLookup by, string value, CancellationToken ct);

    /// <summary>The items of a job in their order; none for a job that is not the tenant's.</summary>
    Task<IReadOnlyList<StoredItem>> ListAsync(long tenantId, long jobId, CancellationToken ct);
}
