using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Keys;

internal sealed class SqlKeyStore(Database database) : IKeyStore
{
    public async Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<KeyRow>(
               """
               SELECT kind, slot, valid_from, wrapped
                 FROM stored_key
                ORDER BY kind, valid_from, slot
               """), ct)
           select row.ToKey(),
    ];

    public async Task<StoredKey> AddOrGetAsync(StoredKey key, CancellationToken ct)
    {
        var row = await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO stored_key (kind, slot, valid_from, wrapped)
                    VALUES (@Kind, @Slot, @ValidFrom, @Wrapped)
                    ON CONFLICT (kind, slot) DO NOTHING
                    """, KeyRow.Of(key));
                return await session.FirstAsync<KeyRow>(
                    """
                    SELECT kind, slot, valid_from, wrapped
                      FROM stored_key
                     WHERE kind = @kind AND slot = @Slot
                    """, new { kind = (long)key.Kind, key.Slot });
            }, ct);
        return row!.ToKey();
    }

    public Task RemoveAsync(KeyKind kind, DateTimeOffset validFromBefore, CancellationToken ct) =>
        database.WriteAsync(session => session.ExecuteAsync(
            """
            DELETE FROM stored_key
             WHERE kind = @kind AND valid_from < @before
            """, new { kind = (long)kind, before = validFromBefore.ToMilliseconds() }), ct);

    private sealed record KeyRow(long Kind, string Slot, long ValidFrom, byte[] Wrapped)
    {
        public static KeyRow Of(StoredKey key) => new((long)key.Kind, key.Slot, key.ValidFrom.ToMilliseconds(), key.Wrapped);

        public StoredKey ToKey() => new((KeyKind)Kind, Slot, Instants.FromMilliseconds(ValidFrom), Wrapped);
    }
}
