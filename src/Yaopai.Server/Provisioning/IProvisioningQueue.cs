using Yaopai.Server.Queues;

namespace Yaopai.Server.Provisioning;

/// <summary>An item in a <see cref="LeasedBatch"/>.</summary>
/// <param name="Tries">Counts this one.</param>
internal readonly record struct LeasedItem(long JobId, int Ordinal, int Tries);

/// <summary>Items of a tenant that this node alone may apply until the lease runs out.</summary>
/// <param name="From">When the first of them was queued.</param>
/// <param name="To">When the last of them was.</param>
internal sealed record LeasedBatch(
    long TenantId, long LeaseId, ItemSubject Subject, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<LeasedItem> Items);

/// <summary>The items that wait, tenant by tenant.</summary>
internal interface IProvisioningQueue
{
    /// <summary>Tenants of which something waits, due or not.</summary>
    Task<IReadOnlyList<long>> WaitingTenantsAsync(CancellationToken ct);

    /// <summary>
    /// Takes those of the tenant's items that are due for longest: departments before members, and none before what it waits for.
    /// What was tried often comes alone. Null when nothing is due, or another node was faster.
    /// </summary>
    Task<LeasedBatch?> LeaseAsync(long tenantId, LeaseTerms terms, int most, CancellationToken ct);

    /// <summary>Applies what this node still holds of the batch, and writes down what came of each, in one transaction.</summary>
    /// <param name="only">One item of the batch; null for all.</param>
    /// <param name="now">The time of the installation.</param>
    Task ApplyAsync(LeasedBatch batch, LeasedItem? only, DateTimeOffset now, CancellationToken ct);

    /// <summary>Ends the lease of an item that could not be applied.</summary>
    /// <param name="nextTryAt">Null to give up.</param>
    Task PutOffAsync(LeasedBatch batch, LeasedItem item, DateTimeOffset? nextTryAt, CancellationToken ct);
}
