using Yaopai.Server.Provisioning;
using Yaopai.Server.Queues;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Events;
using Yaopai.Server.Storage.Sql.Queues;

namespace Yaopai.Server.Storage.Sql.Provisioning;

internal sealed class SqlProvisioningQueue(Database database, SqlOutbox? outbox = null) : IProvisioningQueue
{
    /// <summary>What was tried so often is taken alone, so that it takes nothing with it.</summary>
    private const int ManyTries = 3;

    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    private const string IsDue = $"bucket IS NULL AND {DueTerms.IsDue}";

    // From one tenant to the next, so that a tenant with many items is no more work than one with a single item.
    public Task<IReadOnlyList<long>> WaitingTenantsAsync(CancellationToken ct) => database.ReadAsync(
        session => session.ListAsync<long>(
            """
            WITH RECURSIVE waiting (id) AS (
                SELECT MIN(tenant_id) FROM provisioning_item WHERE bucket IS NULL
                UNION ALL
                SELECT (SELECT MIN(tenant_id) FROM provisioning_item WHERE bucket IS NULL AND tenant_id > waiting.id)
                  FROM waiting
                 WHERE waiting.id IS NOT NULL)
            SELECT id
              FROM waiting
             WHERE id IS NOT NULL
            """), ct);

    public Task<LeasedBatch?> LeaseAsync(long tenantId, LeaseTerms terms, int most, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            foreach (var subject in Enum.GetValues<ItemSubject>())
            {
                var due = new LeaseParameters(tenantId, subject, session, terms);
                var batch = await TakeAsync(session, due with { Most = most, MostTries = ManyTries }) ?? await TakeAsync(session, due);
                if (batch is null && await IsWaitingAsync(session, due))
                    return await IsBusyAsync(session, due) ? null : await TakeAsync(session, due with { IgnoresWaits = 1 });
                if (batch is not null)
                    return batch;
            }

            return null;
        }, ct);

    public async Task ApplyAsync(LeasedBatch batch, LeasedItem? only, DateTimeOffset now, CancellationToken ct)
    {
        await database.WriteAsync(session => ApplyAsync(session, batch, only, now), ct);
        _outbox.Announce();
    }

    private async Task<int> ApplyAsync(Session session, LeasedBatch batch, LeasedItem? only, DateTimeOffset now)
    {
        var held = await HoldAsync(session, batch);
        var items = held.Where(row => only is not { } one || (row.JobId, row.Ordinal) == (one.JobId, one.Ordinal))
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Ordinal).Select(row => (Row: row, Change: row.ToChange())).ToArray();
        var reads = await DirectoryReads.AheadAsync(session, batch.TenantId, [.. items.Select(item => item.Change)]);
        var marks = new List<(LeasedItem, ItemResult)>();
        var news = new DirectoryNews();
        foreach (var (row, change) in items)
        {
            marks.Add((row.ToLeased(), (ItemState)row.State is ItemState.Opening
                ? await MemberChanges.OpenAsync(session, batch.TenantId, change.Member!, reads, now)
                : await DirectoryChanges.ApplyAsync(session, batch.TenantId, change, reads, news, now)));
        }

        await ItemMarks.WriteAsync(session, batch.TenantId, marks);
        await news.WriteAsync(_outbox, session, batch.TenantId);
        return marks.Count;
    }

    public Task PutOffAsync(LeasedBatch batch, LeasedItem item, DateTimeOffset? nextTryAt, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            var held = await HoldAsync(session, batch);
            if (!held.Any(row => (row.JobId, row.Ordinal) == (item.JobId, item.Ordinal)))
                return 0;

            if (nextTryAt is null)
                await ItemMarks.WriteAsync(session, batch.TenantId, [(item, ItemResult.Failed(ItemFault.Broken))]);
            else
                await session.ExecuteAsync(
                    """
                    UPDATE provisioning_item
                       SET next_try_at = @nextTryAt, lease_until = 0
                     WHERE tenant_id = @TenantId AND job_id = @JobId AND ordinal = @ordinal
                    """, new { batch.TenantId, item.JobId, ordinal = (long)item.Ordinal, nextTryAt = nextTryAt.ToMilliseconds() });
            return 1;
        }, ct);

    // In the order of an index, so that the planner does not look through what has ended.
    private static async Task<bool> IsWaitingAsync(Session session, LeaseParameters due) => (await session.ListAsync<long>(
        """
        SELECT created_at
          FROM provisioning_item
         WHERE tenant_id = @TenantId AND subject = @Subject AND bucket IS NULL
         ORDER BY created_at, ordinal
         LIMIT 1
        """, due)).Count > 0;

    /// <summary>Whether some node is at work, or something was put off. If not, all that waits does so for each other: the first
    /// of them goes without waiting, and finds out what is missing.</summary>
    private static async Task<bool> IsBusyAsync(Session session, LeaseParameters due) => (await session.ListAsync<long>(
        $"""
        SELECT created_at
          FROM provisioning_item
         WHERE tenant_id = @TenantId AND subject = @Subject AND bucket IS NULL AND NOT ({DueTerms.IsDue})
         ORDER BY created_at, ordinal
         LIMIT 1
        """, due)).Count > 0;

    // Of two nodes that chose the same items the second waits for the first, and then finds them leased.
    private static async Task<LeasedBatch?> TakeAsync(Session session, LeaseParameters due)
    {
        var rows = await session.ListAsync<ItemRow>(
            $"""
            UPDATE provisioning_item
               SET tries = tries + 1, lease_until = @LeaseUntil, lease_id = @LeaseId
             WHERE tenant_id = @TenantId
               AND (job_id, ordinal) IN (
                   SELECT job_id, ordinal
                     FROM provisioning_item AS item
                    WHERE tenant_id = @TenantId AND subject = @Subject AND tries < @MostTries AND {IsDue}
                      AND (waits_for IS NULL OR @IgnoresWaits = 1
                           OR NOT EXISTS (SELECT 1
                                            FROM provisioning_item AS before
                                           WHERE before.tenant_id = item.tenant_id AND before.subject = item.subject
                                             AND before.item_key = item.waits_for AND before.bucket IS NULL))
                    ORDER BY created_at, ordinal
                    LIMIT @Most)
               AND {IsDue}
            RETURNING job_id, ordinal, tries, created_at
            """, due);
        return rows.Count == 0 ? null : new(
            due.TenantId, due.LeaseId, (ItemSubject)due.Subject,
            Instants.FromMilliseconds(rows.Min(row => row.CreatedAt)), Instants.FromMilliseconds(rows.Max(row => row.CreatedAt)),
            [.. rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Ordinal).Select(row => row.ToLeased())]);
    }

    /// <summary>What is still this node's: until the transaction ends no other can take it.</summary>
    private static Task<IReadOnlyList<ItemRow>> HoldAsync(Session session, LeasedBatch batch) => session.ListAsync<ItemRow>(
        """
        UPDATE provisioning_item
           SET lease_id = @LeaseId
         WHERE tenant_id = @TenantId AND subject = @subject AND bucket IS NULL AND created_at BETWEEN @from AND @to
           AND lease_id = @LeaseId AND lease_until > 0
        RETURNING job_id, ordinal, change, state, created_at, tries
        """,
        new
        {
            batch.TenantId,
            batch.LeaseId,
            subject = (long)batch.Subject,
            from = batch.From.ToMilliseconds(),
            to = batch.To.ToMilliseconds(),
        });

    private sealed record LeaseParameters(long TenantId, long Subject, long LeaseId, long LeaseUntil, DueTerms Terms) : DueTerms(Terms)
    {
        public LeaseParameters(long tenantId, ItemSubject subject, Session session, LeaseTerms terms) : this(
            tenantId,
            (long)subject,
            Randomness.GetInt64(),
            (session.Now + terms.Lease).ToMilliseconds(),
            new DueTerms(session, terms))
        {
        }

        public long Most { get; init; } = 1;

        public long MostTries { get; init; } = long.MaxValue;

        public long IgnoresWaits { get; init; }
    }
}
