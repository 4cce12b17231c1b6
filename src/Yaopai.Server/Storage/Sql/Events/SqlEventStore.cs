using Yaopai.Server.Events;
using Yaopai.Server.Queues;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sql.Queues;

namespace Yaopai.Server.Storage.Sql.Events;

internal sealed class SqlEventStore(Database database) : IEventStore
{
    private const string IsDue = $"delivered_at IS NULL AND dead_at IS NULL AND {DueTerms.IsDue}";

    public Task<IReadOnlyList<long>> DueAppsAsync(LeaseTerms terms, CancellationToken ct) => database.ReadAsync(
        session => session.ListAsync<long>(
            $"""
            SELECT DISTINCT app_id
              FROM security_event
             WHERE {IsDue}
            """,
            new DueTerms(session, terms)), ct);

    public async Task<LeasedEvent?> LeaseAsync(long appId, LeaseTerms terms, CancellationToken ct)
    {
        // Of two nodes that chose the same event the second waits for the first, and then finds it leased.
        var leased = await database.WriteAsync(session => session.ListAsync<EventRow>(
            $"""
            UPDATE security_event
               SET tries       = tries + 1,
                   lease_until = @LeaseUntil,
                   give_up_at  = COALESCE(give_up_at, @GiveUpAt)
             WHERE app_id = @AppId
               AND id = (SELECT id FROM security_event WHERE app_id = @AppId AND {IsDue} ORDER BY next_try_at, created_at, id LIMIT 1)
               AND {IsDue}
            RETURNING app_id, id, account_id, kind, scopes, tenant_id, subjects, occurred_at, created_at, tries, next_try_at, give_up_at
            """,
            new LeaseParameters(appId, session, terms)), ct);
        return leased.Count == 0 ? null : leased[0].ToLeased();
    }

    public Task DeliveredAsync(LeasedEvent leased, string answer, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE security_event
               SET delivered_at = @endedAt, dead_at = NULL, lease_until = 0, last_answer = @answer
             WHERE app_id = @AppId AND id = @id AND delivered_at IS NULL
            """, new { leased.Event.AppId, id = RevocationRow.BlobOf(leased.Event.Id), answer, endedAt = session.Now.ToMilliseconds() }),
        ct);

    public Task FailedAsync(LeasedEvent leased, string answer, DateTimeOffset? nextTryAt, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE security_event
               SET next_try_at = COALESCE(@nextTryAt, next_try_at), dead_at = @deadAt, lease_until = 0, last_answer = @answer
             WHERE app_id = @AppId AND id = @id AND tries = @tries AND delivered_at IS NULL
            """,
            new
            {
                leased.Event.AppId,
                id = RevocationRow.BlobOf(leased.Event.Id),
                tries = (long)leased.Tries,
                answer,
                nextTryAt = nextTryAt.ToMilliseconds(),
                deadAt = nextTryAt is null ? session.Now.ToMilliseconds() : (long?)null,
            }), ct);

    public async Task<IReadOnlyList<StoredEvent>> ListAsync(long appId, EventState? state, int take, CancellationToken ct)
    {
        var (now, rows) = await database.ReadAsync(async session => (session.Now, await session.ListAsync<EventRow>(
            """
            SELECT app_id, id, account_id, kind, scopes, tenant_id, subjects, occurred_at, created_at, tries, next_try_at, give_up_at,
                   lease_until, last_answer, delivered_at, dead_at
              FROM security_event
             WHERE app_id = @appId
               AND (@any = 1
                 OR (@delivered = 1 AND delivered_at IS NOT NULL)
                 OR (@dead = 1 AND dead_at IS NOT NULL)
                 OR (@waiting = 1 AND delivered_at IS NULL AND dead_at IS NULL))
             ORDER BY created_at DESC, id
             LIMIT @take
            """,
            new
            {
                appId,
                any = state is null ? 1L : 0L,
                delivered = state is EventState.Delivered ? 1L : 0L,
                dead = state is EventState.Dead ? 1L : 0L,
                waiting = state is EventState.Waiting or EventState.Leased ? 1L : 0L,
                take,
            })), ct);
        return [.. rows.Select(row => row.ToStored(now))];
    }

    public Task<int> RetryAsync(long appId, Guid? id, CancellationToken ct) => database.WriteAsync(session => session.ExecuteAsync(
        """
        UPDATE security_event
           SET dead_at = NULL, give_up_at = NULL, next_try_at = 0
         WHERE app_id = @appId AND delivered_at IS NULL AND (@all = 1 OR id = @id)
        """, new { appId, all = id is null ? 1L : 0L, id = RevocationRow.BlobOf(id ?? Guid.Empty) }), ct);

    private sealed record LeaseParameters(long AppId, long LeaseUntil, long GiveUpAt, DueTerms Due) : DueTerms(Due)
    {
        public LeaseParameters(long appId, Session session, LeaseTerms terms) : this(
            appId,
            (session.Now + terms.Lease).ToMilliseconds(),
            (terms.Now + terms.GiveUpAfter).ToMilliseconds(),
            new DueTerms(session, terms))
        {
        }
    }
}
