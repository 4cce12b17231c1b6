using Yaopai.Server.Events;
using Yaopai.Server.Grants;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Storage.Sql;

internal sealed class SqlConsentStore(Database database, Identifiers identifiers, SqlOutbox? outbox = null) : IConsentStore
{
    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    public async Task<Consent?> FindAsync(long accountId, long appId, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<ConsentRow>(
            """
            SELECT account_id, app_id, scopes, phone_id, granted_at
              FROM consent
             WHERE account_id = @accountId AND app_id = @appId
            """, new { accountId, appId }), ct))?.ToConsent();

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

    public async Task<bool> TryWithdrawAsync(Revocation revocation, CancellationToken ct)
    {
        var withdrawn = await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(RevocationRow.Put, RevocationRow.Of(revocation, session.Now));
                session.WakeOthers();
                var gone = await session.ListAsync<SqlOutbox.Trust>(
                    """
                    DELETE FROM consent
                     WHERE account_id = @AccountId AND app_id = @AppId
                    RETURNING app_id, scopes
                    """, new { revocation.AccountId, revocation.AppId });
                await _outbox.AddAsync(session, revocation.AccountId, gone, SecurityEventKind.TokensRevoked);
                return gone.Count == 1;
            }, ct);
        _outbox.Announce();
        return withdrawn;
    }
}
