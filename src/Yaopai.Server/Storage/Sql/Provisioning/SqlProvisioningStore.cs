using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Events;

namespace Yaopai.Server.Storage.Sql.Provisioning;

internal sealed class SqlProvisioningStore(Database database, ProvisioningSignal signal, SqlOutbox? outbox = null) : IProvisioningStore
{
    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    /// <summary>How long what came of an item can be asked for.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private const string Select =
        """
        SELECT job_id, ordinal, subject, action, item_key, created_at, state, fault, lease_until
          FROM provisioning_item
        """;

    public async Task<IReadOnlyList<ItemState>> SubmitAsync(
        long tenantId, long jobId, IReadOnlyList<ItemChange> changes, CancellationToken ct)
    {
        var states = await database.WriteAsync(
            async session =>
            {
                var states = new ItemState[changes.Count];
                for (var ordinal = 0; ordinal < states.Length; ordinal++)
                    states[ordinal] = await AddAsync(session, NewItem.Of(tenantId, jobId, ordinal, changes[ordinal], session.Now));
                return states;
            }, ct);
        signal.Set();
        return states;
    }

    public async Task<ItemResult> ApplyNowAsync(
        long tenantId, long jobId, ItemChange change, DateTimeOffset now, CancellationToken ct)
    {
        var result = await database.WriteAsync(
            async session =>
            {
                var item = NewItem.Of(tenantId, jobId, 0, change, session.Now);
                if (await AddAsync(session, item) is var state and not ItemState.Queued)
                    return new ItemResult(state);

                var news = new DirectoryNews();
                var result = await DirectoryChanges.ApplyWholeAsync(session, tenantId, change, news, now);
                await ItemMarks.WriteAsync(session, tenantId, [(new LeasedItem(jobId, 0, 1), result)]);
                await news.WriteAsync(_outbox, session, tenantId);
                return result;
            }, ct);
        _outbox.Announce();
        return result;
    }

    public async Task<StoredItem?> FindLatestAsync(long tenantId, ItemLookup by, string value, CancellationToken ct)
    {
        var (now, row) = await database.ReadAsync(
            async session => (session.Now, await session.FirstAsync<ItemRow>(
                by switch
                {
                    ItemLookup.Mobile =>
                        $"""
                        {Select}
                         WHERE tenant_id = @tenantId AND mobile = @value AND state < @refused
                         ORDER BY created_at DESC
                         LIMIT 1
                        """,
                    ItemLookup.Email =>
                        $"""
                        {Select}
                         WHERE tenant_id = @tenantId AND email = @value AND state < @refused
                         ORDER BY created_at DESC
                         LIMIT 1
                        """,
                    _ =>
                        $"""
                        {Select}
                         WHERE tenant_id = @tenantId AND subject = @subject AND item_key = @value AND state < @refused
                         ORDER BY created_at DESC
                         LIMIT 1
                        """,
                },
                new
                {
                    tenantId,
                    value = by is ItemLookup.Email ? value.ToLowerInvariant() : value,
                    subject = (long)(by is ItemLookup.Department ? ItemSubject.Department : ItemSubject.Member),
                    refused = (long)ItemState.AlreadyQueued,
                })), ct);
        return row?.ToStored(now);
    }

    public async Task<IReadOnlyList<StoredItem>> ListAsync(long tenantId, long jobId, CancellationToken ct)
    {
        var (now, rows) = await database.ReadAsync(
            async session => (session.Now, await session.ListAsync<ItemRow>(
                $"""
                {Select}
                 WHERE tenant_id = @tenantId AND job_id = @jobId
                 ORDER BY ordinal
                """, new { tenantId, jobId })), ct);
        return [.. rows.Select(row => row.ToStored(now))];
    }

    /// <summary>Queues the item, or writes down why it is not.</summary>
    private static async Task<ItemState> AddAsync(Session session, NewItem item)
    {
        if (await InsertAsync(session, item) == 1)
            return ItemState.Queued;

        var waiting = await session.FirstAsync<ItemRow>(
            """
            SELECT state, lease_until
              FROM provisioning_item
             WHERE tenant_id = @TenantId AND subject = @Subject AND item_key = @ItemKey AND bucket IS NULL
            """, item);
        var state = waiting?.StateAt(session.Now) is ItemState.Queued ? ItemState.AlreadyQueued : ItemState.AlreadyProcessing;
        await InsertAsync(session, item with
        {
            Change = "",
            State = (long)state,
            Bucket = Bucket.Of(session.Now + Life),
        });
        return state;
    }

    private static Task<int> InsertAsync(Session session, NewItem item) => session.ExecuteAsync(
        """
        INSERT INTO provisioning_item (tenant_id, job_id, ordinal, subject, action, item_key, waits_for, mobile, email, change,
                                       created_at, state, fault, tries, next_try_at, lease_until, lease_id, bucket)
        VALUES (@TenantId, @JobId, @Ordinal, @Subject, @Action, @ItemKey, @WaitsFor, @Mobile, @Email, @Change,
                @CreatedAt, @State, 0, 0, 0, 0, 0, @Bucket)
        ON CONFLICT DO NOTHING
        """, item);

    private sealed record NewItem(
        long TenantId, long JobId, long Ordinal, long Subject, long Action, string ItemKey, string? WaitsFor, string? Mobile,
        string? Email, string Change, long CreatedAt, long State, long? Bucket)
    {
        public static NewItem Of(long tenantId, long jobId, int ordinal, ItemChange change, DateTimeOffset now) => new(
            tenantId, jobId, ordinal, (long)change.Subject, (long)change.Action, change.Key, change.WaitsFor, change.Member?.Mobile,
            change.Member?.Email?.ToLowerInvariant(), ItemRow.Of(change), now.ToMilliseconds(), (long)ItemState.Queued, Bucket: null);
    }
}
