using Yaopai.Server.Apps;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Apps;

internal sealed class SqlDeveloperStore(Database database) : IDeveloperStore
{
    private const string Update =
        """
        UPDATE developer
           SET name = @Name, group_id = @GroupId, created_at = @CreatedAt, disabled_at = @DisabledAt
         WHERE id = @Id
        """;

    public async Task<Developer?> FindAsync(long id, CancellationToken ct) =>
        (await database.ReadAsync(session => FirstAsync(session, id), ct))?.ToDeveloper();

    public async Task<IReadOnlyList<Developer>> ListAsync(long after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<DeveloperRow>(
               """
               SELECT id, name, group_id, created_at, disabled_at
                 FROM developer
                WHERE id > @after
                ORDER BY id
                LIMIT @take
               """, new { after, take }), ct)
           select row.ToDeveloper(),
    ];

    public async Task<IReadOnlyList<Developer>> ListAsync(OwnerFilter filter, long after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<DeveloperRow>(
               """
               SELECT id, name, group_id, created_at, disabled_at
                 FROM developer
                WHERE id > @after
                  AND (@GroupId    IS NULL OR group_id = @GroupId)
                  AND (@NameBegins IS NULL OR SUBSTR(name, 1, LENGTH(@NameBegins)) = @NameBegins)
                  AND (@isDisabled IS NULL OR CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END = @isDisabled)
                ORDER BY id
                LIMIT @take
               """, new { filter.GroupId, filter.NameBegins, isDisabled = Flags.Of(filter.IsDisabled), after, take }), ct)
           select row.ToDeveloper(),
    ];

    public Task<bool> TryAddAsync(Developer developer, CancellationToken ct) => TryStoreAsync(
        """
        INSERT INTO developer (id, name, group_id, created_at, disabled_at)
        VALUES (@Id, @Name, @GroupId, @CreatedAt, @DisabledAt)
        """, developer, ct);

    public Task<bool> TryChangeAsync(Developer developer, CancellationToken ct) => TryStoreAsync(Update, developer, ct);

    public async Task<Developer?> ChangeAsync(long id, Func<Developer, Developer?> change, CancellationToken ct)
    {
        Developer? changed = null;
        var stored = await database.TryWriteAsync(
            async session =>
            {
                // Written before it is read, which keeps other changes of it waiting.
                if (await session.ExecuteAsync("UPDATE developer SET name = name WHERE id = @id", new { id }) == 0)
                    return false;

                changed = change((await FirstAsync(session, id))!.ToDeveloper());
                return changed is not null && await StoreAsync(session, Update, changed);
            }, ct);
        return stored ? changed : null;
    }

    private Task<bool> TryStoreAsync(string sql, Developer developer, CancellationToken ct) =>
        database.TryWriteAsync(session => StoreAsync(session, sql, developer), ct);

    private static async Task<bool> StoreAsync(Session session, string sql, Developer developer)
    {
        var stored = await session.ExecuteAsync(sql, DeveloperRow.Of(developer)) == 1;
        await session.AnnounceAsync(ChangeKind.Developer, developer.Id);
        return stored;
    }

    private static Task<DeveloperRow?> FirstAsync(Session session, long id) => session.FirstAsync<DeveloperRow>(
        """
        SELECT id, name, group_id, created_at, disabled_at
          FROM developer
         WHERE id = @id
        """, new { id });

    private sealed record DeveloperRow(long Id, string Name, long? GroupId, long CreatedAt, long? DisabledAt)
    {
        public static DeveloperRow Of(Developer developer) => new(
            developer.Id, developer.Name, developer.GroupId, developer.CreatedAt.ToMilliseconds(), developer.DisabledAt.ToMilliseconds());

        public Developer ToDeveloper() =>
            new(Id, Name, GroupId, Instants.FromMilliseconds(CreatedAt), Instants.FromMilliseconds(DisabledAt));
    }
}
