using Yaopai.Server.Apps;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Apps;

internal sealed class SqlDeveloperStore(Database database) : IDeveloperStore
{
    public async Task<Developer?> FindAsync(long id, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<DeveloperRow>(
            """
            SELECT id, name, group_id, created_at, disabled_at
              FROM developer
             WHERE id = @id
            """, new { id }), ct))?.ToDeveloper();

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

    public Task<bool> TryAddAsync(Developer developer, CancellationToken ct) => TryStoreAsync(
        """
        INSERT INTO developer (id, name, group_id, created_at, disabled_at)
        VALUES (@Id, @Name, @GroupId, @CreatedAt, @DisabledAt)
        """, developer, ct);

    public Task<bool> TryChangeAsync(Developer developer, CancellationToken ct) => TryStoreAsync(
        """
        UPDATE developer
           SET name = @Name, group_id = @GroupId, created_at = @CreatedAt, disabled_at = @DisabledAt
         WHERE id = @Id
        """, developer, ct);

    private Task<bool> TryStoreAsync(string sql, Developer developer, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            var stored = await session.ExecuteAsync(sql, DeveloperRow.Of(developer)) == 1;
            await session.AnnounceAsync(ChangeKind.Developer, developer.Id);
            return stored;
        }, ct);

    private sealed record DeveloperRow(long Id, string Name, long? GroupId, long CreatedAt, long? DisabledAt)
    {
        public static DeveloperRow Of(Developer developer) => new(
            developer.Id, developer.Name, developer.GroupId, developer.CreatedAt.ToMilliseconds(), developer.DisabledAt.ToMilliseconds());

        public Developer ToDeveloper() =>
            new(Id, Name, GroupId, Instants.FromMilliseconds(CreatedAt), Instants.FromMilliseconds(DisabledAt));
    }
}
