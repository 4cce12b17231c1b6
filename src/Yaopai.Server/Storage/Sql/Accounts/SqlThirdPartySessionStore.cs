using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlThirdPartySessionStore(Database database) : IThirdPartySessionStore
{
    public Task PutAsync(StoredSession session, DateTimeOffset keepUntil, CancellationToken ct) => database.WriteAsync(
        use => use.ExecuteAsync(
            """
            INSERT INTO third_party_session (id, provider, app_id, open_id, union_id,
                                             session_hash, sealed_key, expires_at, bucket)
            VALUES (@Id, @Provider, @ProviderAppId, @OpenId, @UnionId, @SessionHash, @SealedKey, @expiresAt, @bucket)
            ON CONFLICT (id) DO UPDATE
               SET union_id     = excluded.union_id,
                   session_hash = excluded.session_hash,
                   sealed_key   = excluded.sealed_key,
                   expires_at   = excluded.expires_at,
                   bucket       = excluded.bucket
            """,
            new
            {
                session.Id,
                session.Identity.Provider,
                session.Identity.ProviderAppId,
                session.Identity.OpenId,
                session.Identity.UnionId,
                session.SessionHash,
                session.SealedKey,
                expiresAt = session.ExpiresAt.ToMilliseconds(),
                bucket = Bucket.Of(keepUntil),
            }), ct);

    public async Task<StoredSession?> FindAsync(byte[] id, CancellationToken ct) =>
        (await database.ReadAsync(use => use.FirstAsync<Row>(
            """
            SELECT id, provider, app_id, open_id, union_id, session_hash, sealed_key, expires_at
              FROM third_party_session
             WHERE id = @id
            """, new { id }), ct))?.ToSession();

    private sealed class Row
    {
        public byte[] Id { get; init; } = [];
        public string Provider { get; init; } = "";
        public string AppId { get; init; } = "";
        public string OpenId { get; init; } = "";
        public string? UnionId { get; init; }
        public byte[] SessionHash { get; init; } = [];
        public byte[] SealedKey { get; init; } = [];
        public long ExpiresAt { get; init; }

        public StoredSession ToSession() => new(
            Id, new(Provider, AppId, OpenId, UnionId), SessionHash, SealedKey, Instants.FromMilliseconds(ExpiresAt));
    }
}
