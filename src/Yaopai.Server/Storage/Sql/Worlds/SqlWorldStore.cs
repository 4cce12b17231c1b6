using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Worlds;

internal sealed class SqlWorldStore(Database database) : IWorldStore
{
    public async Task<StoredWorld?> FindAsync(string id, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<Row>(
            """
            SELECT id, parts, created_at, expires_at
              FROM world
             WHERE id = @id
            """, new { id }), ct))?.ToWorld();

    public async Task<IReadOnlyList<StoredWorld>> ListAsync(string after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<Row>(
               """
               SELECT id, parts, created_at, expires_at
                 FROM world
                WHERE id > @after
                ORDER BY id
                LIMIT @take
               """, new { after, take = (long)take }), ct)
           select row.ToWorld(),
    ];

    public async Task<IReadOnlyList<StoredWorld>> ListExpiredAsync(DateTimeOffset now, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<Row>(
               """
               SELECT id, parts, created_at, expires_at
                 FROM world
                WHERE expires_at <= @now
                ORDER BY expires_at
                LIMIT @take
               """, new { now = now.ToMilliseconds(), take = (long)take }), ct)
           select row.ToWorld(),
    ];

    public Task<bool> TryAddAsync(StoredWorld world, int most, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            INSERT INTO world (id, parts, created_at, expires_at)
            SELECT @Id, @Parts, @createdAt, @expiresAt
             WHERE (SELECT COUNT(*) FROM world) < @most
            """,
            new
            {
                world.Id,
                world.Parts,
                createdAt = world.CreatedAt.ToMilliseconds(),
                expiresAt = world.ExpiresAt.ToMilliseconds(),
                most = (long)most,
            }) == 1, ct);

    public Task RemoveAsync(string id, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync("DELETE FROM world WHERE id = @id", new { id }), ct);

    private sealed record Row(string Id, string Parts, long CreatedAt, long ExpiresAt)
    {
        public StoredWorld ToWorld() => new(Id, Parts, Instants.FromMilliseconds(CreatedAt), Instants.FromMilliseconds(ExpiresAt));
    }
}
