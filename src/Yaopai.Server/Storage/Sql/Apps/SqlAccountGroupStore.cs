using Yaopai.Server.Apps;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Apps;

internal sealed class SqlAccountGroupStore(Database database) : IAccountGroupStore
{
    public async Task<AccountGroup?> FindAsync(long id, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<GroupRow>(
            """
            SELECT id, name, created_at, disabled_at
              FROM account_group
             WHERE id = @id
            """, new { id }), ct))?.ToGroup();

    public async Task<IReadOnlyList<AccountGroup>> ListAsync(long after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<GroupRow>(
               """
               SELECT id, name, created_at, disabled_at
                 FROM account_group
                WHERE id > @after
                ORDER BY id
                LIMIT @take
               """, new { after, take }), ct)
           select row.ToGroup(),
    ];

    public Task<bool> TryAddAsync(AccountGroup group, CancellationToken ct) => TryStoreAsync(
        """
        INSERT INTO account_group (id, name, created_at, disabled_at)
        VALUES (@Id, @Name, @CreatedAt, @DisabledAt)
        """, group, ct);

    public Task<bool> TryChangeAsync(AccountGroup group, CancellationToken ct) => TryStoreAsync(
        """
        UPDATE account_group
           SET name = @Name, created_at = @CreatedAt, disabled_at = @DisabledAt
         WHERE id = @Id
        """, group, ct);

    private Task<bool> TryStoreAsync(string sql, AccountGroup group, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            var stored = await session.ExecuteAsync(sql, GroupRow.Of(group)) == 1;
            await session.AnnounceAsync(ChangeKind.AccountGroup, group.Id);
            return stored;
        }, ct);

    private sealed record GroupRow(long Id, string Name, long CreatedAt, long? DisabledAt)
    {
        public static GroupRow Of(AccountGroup group) =>
            new(group.Id, group.Name, group.CreatedAt.ToMilliseconds(), group.DisabledAt.ToMilliseconds());

        public AccountGroup ToGroup() => new(Id, Name, Instants.FromMilliseconds(CreatedAt), Instants.FromMilliseconds(DisabledAt));
    }
}
