using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Events;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sql.Events;

namespace Yaopai.Server.Storage.Sql.Consents;

internal sealed class SqlConsentStore(Database database, PairwiseIdentifiers identifiers, SqlOutbox? outbox = null) : IConsentStore
{
    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    public async Task<Consent?> FindAsync(long accountId, long appId, CancellationToken ct) =>
        (await database.ReadAsync(session =>
            session.FirstAsync<ConsentRow>(ConsentRow.Select, new { AccountId = accountId, AppId = appId }), ct))?.ToConsent();

    public async Task<IReadOnlyList<Consent>> ListAsync(long accountId, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<ConsentRow>(
               """
               SELECT account_id, app_id, scopes, phone_id, granted_at
                 FROM consent
                WHERE account_id = @accountId
                ORDER BY app_id
               """, new { accountId }), ct)
           select row.ToConsent(),
    ];

    public Task PutAsync(Consent consent, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            await ConsentRow.PutAsync(session, consent, identifiers);
            return true;
        }, ct);

    public Task<Consent> AddAsync(Consent consent, CancellationToken ct) =>
        database.WriteAsync(session => ConsentRow.AddAsync(session, consent, identifiers), ct);

    public Task<bool> TryWithdrawAsync(Revocation revocation, CancellationToken ct) => TryWithdrawAsync(
        revocation,
        session => session.FirstAsync<SqlOutbox.Trust>(
            """
            DELETE FROM consent
             WHERE account_id = @AccountId AND app_id = @AppId
            RETURNING app_id, scopes
            """, new { revocation.AccountId, revocation.AppId }), ct);

    public Task<bool> TryWithdrawAsync(Revocation revocation, IReadOnlyCollection<string> scopes, CancellationToken ct) =>
        TryWithdrawAsync(revocation, session => NarrowAsync(session, revocation, scopes), ct);

    /// <param name="withdraw">Answers what was allowed before; null when there is nothing to withdraw.</param>
    private async Task<bool> TryWithdrawAsync(Revocation revocation, Func<Session, Task<SqlOutbox.Trust?>> withdraw, CancellationToken ct)
    {
        var withdrawn = await database.TryWriteAsync(
            async session =>
            {
                if (await withdraw(session) is not { } before)
                    return false;

                await session.ExecuteAsync(RevocationRow.Put, RevocationRow.Of(revocation, session.Now));
                session.WakeOthers();
                await _outbox.AddAsync(session, revocation.AccountId, [before], EventCause.Revoked);
                return true;
            }, ct);
        _outbox.Announce();
        return withdrawn;
    }

    /// <summary>What was allowed before; null when none of these scopes was.</summary>
    private static async Task<SqlOutbox.Trust?> NarrowAsync(Session session, Revocation revocation, IReadOnlyCollection<string> scopes)
    {
        while (true)
        {
            var before = await session.FirstAsync<SqlOutbox.Trust>(
                """
                SELECT app_id, scopes
                  FROM consent
                 WHERE account_id = @AccountId AND app_id = @AppId
                """, new { revocation.AccountId, revocation.AppId });
            if (before is null || !Json.Strings(before.Scopes).Intersect(scopes).Any())
                return null;

            // Somebody who allows more meanwhile has the last word: then it is looked at again.
            string[] left = [.. Json.Strings(before.Scopes).Except(scopes)];
            var written = await session.ExecuteAsync(
                left.Length > 0
                    ? "UPDATE consent SET scopes = @left WHERE account_id = @AccountId AND app_id = @AppId AND scopes = @Scopes"
                    : "DELETE FROM consent WHERE account_id = @AccountId AND app_id = @AppId AND scopes = @Scopes",
                new { revocation.AccountId, revocation.AppId, before.Scopes, left = Json.Of(left) });
            if (written == 1)
                return before;
        }
    }
}
