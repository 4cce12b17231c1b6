using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Events;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sql.Events;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlRecycledAccountStore(Database database, SqlOutbox? outbox = null) : IRecycledAccountStore
{
    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    public async Task<bool> TryRecycleAsync(Revocation revocation, DateTimeOffset at, CancellationToken ct)
    {
        var recycled = await database.TryWriteAsync(
            async session =>
            {
                var id = revocation.AccountId;
                if (await session.ExecuteAsync(
                    """
                    UPDATE account
                       SET recycled_at = @at
                     WHERE id = @id AND recycled_at IS NULL
                    """, new { id, at = at.ToMilliseconds() }) == 0)
                    return false;

                await session.ExecuteAsync(RevocationRow.Put, RevocationRow.Of(revocation, session.Now));
                await _outbox.AddAsync(session, id, await SqlOutbox.TrustOfAsync(session, id), EventCause.Revoked);
                await session.AnnounceAsync(ChangeKind.Account, id);
                return true;
            }, ct);
        _outbox.Announce();
        return recycled;
    }

    public Task<bool> TryRestoreAsync(long id, DateTimeOffset since, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            if (await session.ExecuteAsync(
                """
                UPDATE account
                   SET recycled_at = NULL
                 WHERE id = @id AND recycled_at > @since
                """, new { id, since = since.ToMilliseconds() }) == 0)
                return false;

            await session.AnnounceAsync(ChangeKind.Account, id);
            return true;
        }, ct);

    public Task<IReadOnlyList<long>> ListAsync(DateTimeOffset until, int take, CancellationToken ct) =>
        database.ReadAsync(session => session.ListAsync<long>(
            """
            SELECT id
              FROM account
             WHERE recycled_at <= @until
             ORDER BY recycled_at
             LIMIT @take
            """, new { until = until.ToMilliseconds(), take }), ct);
}
