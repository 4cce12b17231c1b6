using Yaopai.Server.Apps;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Apps;

internal sealed class SqlAccountGroupStore(Database database) : IAccountGroupStore
{
    private const string Update =
        """
        UPDATE account_group
           SET name = @Name, created_at = @CreatedAt, disabled_at = @DisabledAt
         WHERE id = @Id
        """;

    public async Task<AccountGroup?> FindAsync(long id, CancellationToken ct) =>
        (await database.ReadAsync(session => FirstAsync(session, id), ct))?.ToGroup();

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

    public async Task<IReadOnlyList<AccountGroup>> ListAsync(OwnerFilter filter, long after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<GroupRow>(
               """
               SELECT id, name, created_at, disabled_at
                 FROM account_group
                WHERE id > @after
                  AND (@NameBegins IS NULL OR SUBSTR(name, 1, LENGTH(@NameBegins)) = @NameBegins)
                  AND (@isDisabled IS NULL OR CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END = @isDisabled)
                ORDER BY id
                LIMIT @take
               """, new { filter.NameBegins, isDisabled = Flags.Of(filter.IsDisabled), after, take }), ct)
           select row.ToGroup(),
    ];

    public Task<bool> TryAddAsync(AccountGroup group, CancellationToken ct) => TryStoreAsync(
        """
        INSERT INTO account_group (id, name, created_at, disabled_at)
        VALUES (@Id, @Name, @CreatedAt, @DisabledAt)
        """, group, ct);

    public Task<bool> TryChangeAsync(AccountGroup group, CancellationToken ct) => TryStoreAsync(Update, group, ct);

    public async Task<AccountGroup?> ChangeAsync(long id, Func<AccountGroup, AccountGroup?> change, CancellationToken ct)
    {
        AccountGroup? changed = null;
        var stored = await database.TryWriteAsync(
            async session =>
            {
                // Written before it is read, which keeps other changes of it waiting.
                if (await session.ExecuteAsync("UPDATE account_group SET name = name WHERE id = @id", new { id }) == 0)
                    return false;

                changed = change((await FirstAsync(session, id))!.ToGroup());
                return changed is not null && await StoreAsync(session, Update, changed);
            }, ct);
        return stored ? changed : null;
    }

    private Task<bool> TryStoreAsync(string sql, AccountGroup group, CancellationToken ct) =>
        database.TryWriteAsync(session => StoreAsync(session, sql, group), ct);

    private static async Task<bool> StoreAsync(Session session, string sql, AccountGroup group)
    {
        var stored = await session.ExecuteAsync(sql, GroupRow.Of(group)) == 1;
        await session.AnnounceAsync(ChangeKind.AccountGroup, group.Id);
        return stored;
    }

    private static Task<GroupRow?> FirstAsync(Session session, long id) => session.FirstAsync<GroupRow>(
        """
        SELECT id, name, created_at, disabled_at
          FROM account_group
         WHERE id = @id
        """, new { id });

    private sealed record GroupRow(long Id, string Name, long CreatedAt, long? DisabledAt)
    {
        public static GroupRow Of(AccountGroup group) =>
            new(group.Id, group.Name, group.CreatedAt.ToMilliseconds(), group.DisabledAt.ToMilliseconds());

        public AccountGroup ToGroup() => new(Id, Name, Instants.FromMilliseconds(CreatedAt), Instants.FromMilliseconds(DisabledAt));
    }
}
