using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server.Storage.Sql.Upstreams;

internal sealed class SqlUpstreamAccountStore(Database database) : IUpstreamAccountStore
{
    public async Task<IReadOnlyList<StoredUpstreamAccount>> ListAsync(long appId, CancellationToken ct) =>
        await database.ReadAsync(session => session.ListAsync<StoredUpstreamAccount>(
            """
            SELECT app_id, kind, address, settings
              FROM upstream_account
             WHERE app_id = @appId
             ORDER BY kind
            """, new { appId }), ct);

    public Task<StoredUpstreamAccount?> FindByAddressAsync(string kind, string address, CancellationToken ct) =>
        database.ReadAsync(session => session.FirstAsync<StoredUpstreamAccount>(
            """
            SELECT app_id, kind, address, settings
              FROM upstream_account
             WHERE kind = @kind AND address = @address
            """, new { kind, address }), ct);

    public Task<bool> TryPutAsync(StoredUpstreamAccount account, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO upstream_account (app_id, kind, address, settings)
                VALUES (@AppId, @Kind, @Address, @Settings)
                ON CONFLICT (app_id, kind) DO UPDATE
                   SET address = excluded.address, settings = excluded.settings
                """, account);
            await ForgetTokenAsync(session, account.AppId, account.Kind);
            await session.AnnounceAsync(ChangeKind.App, account.AppId);
            return true;
        }, ct);

    public Task<bool> TryRemoveAsync(long appId, string kind, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            var removed = await session.ExecuteAsync(
                """
                DELETE FROM upstream_account
                 WHERE app_id = @appId AND kind = @kind
                """, new { appId, kind });
            await ForgetTokenAsync(session, appId, kind);
            await session.AnnounceAsync(ChangeKind.App, appId);
            return removed > 0;
        }, ct);

    /// <summary>It belongs to the secret that was there before.</summary>
    private static Task<int> ForgetTokenAsync(Session session, long appId, string kind) => session.ExecuteAsync(
        """
        DELETE FROM upstream_token
         WHERE app_id = @appId AND kind = @kind
        """, new { appId, kind });
}
