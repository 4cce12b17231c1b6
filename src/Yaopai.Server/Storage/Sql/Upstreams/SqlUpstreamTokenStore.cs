using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server.Storage.Sql.Upstreams;

internal sealed class SqlUpstreamTokenStore(Database database) : IUpstreamTokenStore
{
    public async Task<StoredUpstreamToken?> FindAsync(long appId, string kind, CancellationToken ct)
    {
        var row = await database.ReadAsync(session => session.FirstAsync<TokenRow>(
            """
            SELECT token, expires_at
              FROM upstream_token
             WHERE app_id = @appId AND kind = @kind AND token IS NOT NULL
            """, new { appId, kind }), ct);
        return row is null ? null : new(row.Token, Instants.FromMilliseconds(row.ExpiresAt));
    }

    public async Task<bool> TryLeaseAsync(long appId, string kind, Guid owner, TimeSpan lease, CancellationToken ct) =>
        // Of two nodes the second waits for the first, and then finds it leased.
        await database.WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO upstream_token (app_id, kind, expires_at, lease_owner, lease_until)
            VALUES (@appId, @kind, 0, @owner, @until)
            ON CONFLICT (app_id, kind) DO UPDATE
               SET lease_owner = excluded.lease_owner, lease_until = excluded.lease_until
             WHERE upstream_token.lease_until <= @now
            """,
            new
            {
                appId,
                kind,
                owner = owner.ToByteArray(),
                until = (session.Now + lease).ToMilliseconds(),
                now = session.Now.ToMilliseconds(),
            }), ct) > 0;

    public async Task<bool> TryPutAsync(long appId, string kind, Guid owner, StoredUpstreamToken token, CancellationToken ct) =>
        await database.WriteAsync(session => session.ExecuteAsync(
            """
            UPDATE upstream_token
               SET token = @token, expires_at = @expiresAt, lease_until = 0
             WHERE app_id = @appId AND kind = @kind AND lease_owner = @owner AND lease_until > 0
            """,
            new { appId, kind, owner = owner.ToByteArray(), token = token.Sealed, expiresAt = token.ExpiresAt.ToMilliseconds() }), ct) > 0;

    public Task ReleaseAsync(long appId, string kind, Guid owner, CancellationToken ct) =>
        database.WriteAsync(session => session.ExecuteAsync(
            """
            UPDATE upstream_token
               SET lease_until = 0
             WHERE app_id = @appId AND kind = @kind AND lease_owner = @owner
            """, new { appId, kind, owner = owner.ToByteArray() }), ct);

    private sealed record TokenRow(byte[] Token, long ExpiresAt);
}
