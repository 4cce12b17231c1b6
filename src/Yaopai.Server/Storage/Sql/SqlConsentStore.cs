using Yaopai.Server.Grants;

namespace Yaopai.Server.Storage.Sql;

internal sealed class SqlConsentStore(Database database) : IConsentStore
{
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

    public Task PutAsync(Consent consent, CancellationToken ct) =>
        database.WriteAsync(session => session.ExecuteAsync(ConsentRow.Put, ConsentRow.Of(consent)), ct);

    public Task<bool> TryWithdrawAsync(Revocation revocation, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(RevocationRow.Put, RevocationRow.Of(revocation, session.Now));
            session.WakeOthers();
            return await session.ExecuteAsync(
                """
                DELETE FROM consent
                 WHERE account_id = @AccountId AND app_id = @AppId
                """, new { revocation.AccountId, revocation.AppId }) == 1;
        }, ct);
}
