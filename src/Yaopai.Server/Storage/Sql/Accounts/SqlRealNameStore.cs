using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlRealNameStore(Database database) : IRealNameStore
{
    public async Task<StoredRealName?> FindAsync(long accountId, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<RealNameRow>(
            """
            SELECT account_id, sealed, level, state, changed_at
              FROM real_name
             WHERE account_id = @accountId
            """, new { accountId }), ct))?.ToRealName();

    public Task PutAsync(StoredRealName realName, CancellationToken ct) => database.WriteAsync(session => session.ExecuteAsync(
        """
        INSERT INTO real_name (account_id, sealed, level, state, changed_at)
        VALUES (@AccountId, @Sealed, @Level, @State, @ChangedAt)
        ON CONFLICT (account_id) DO UPDATE
           SET sealed     = excluded.sealed,
               level      = excluded.level,
               state      = excluded.state,
               changed_at = excluded.changed_at
        """, RealNameRow.Of(realName)), ct);

    public async Task<bool> TryRemoveAsync(long accountId, CancellationToken ct) => await database.WriteAsync(
        session => session.ExecuteAsync("DELETE FROM real_name WHERE account_id = @accountId", new { accountId }), ct) == 1;

    private sealed record RealNameRow(long AccountId, byte[] Sealed, long Level, long State, long ChangedAt)
    {
        public static RealNameRow Of(StoredRealName stored) =>
            new(stored.AccountId, stored.Sealed, stored.Level, (long)stored.State, stored.ChangedAt.ToMilliseconds());

        public StoredRealName ToRealName() =>
            new(AccountId, Sealed, (int)Level, (RealNameState)State, Instants.FromMilliseconds(ChangedAt));
    }
}
