using Yaopai.Server.Accounts;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlAccessKeyStore(Database database) : IAccessKeyStore
{
    public Task PutAsync(AccessKey key, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            INSERT INTO access_key (account_id, hash, issued_at)
            VALUES (@AccountId, @Hash, @issuedAt)
            ON CONFLICT (account_id) DO UPDATE
               SET hash      = excluded.hash,
                   issued_at = excluded.issued_at
            """, new { key.AccountId, key.Hash, issuedAt = key.IssuedAt.ToMilliseconds() }), ct);

    public async Task<AccessKey?> FindAsync(long accountId, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<Row>(
            """
            SELECT account_id, hash, issued_at
              FROM access_key
             WHERE account_id = @accountId
            """, new { accountId }), ct))?.ToKey();

    public Task<bool> TryRemoveAsync(long accountId, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync("DELETE FROM access_key WHERE account_id = @accountId", new { accountId }) == 1, ct);

    private sealed class Row
    {
        public long AccountId { get; init; }
        public byte[] Hash { get; init; } = [];
        public long IssuedAt { get; init; }

        public AccessKey ToKey() => new(AccountId, Hash, Instants.FromMilliseconds(IssuedAt));
    }
}
