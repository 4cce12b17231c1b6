using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Keys;

internal sealed class SqlKeyStore(Database database) : IKeyStore
{
    public async Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<KeyRow>(
               """
               SELECT kind, slot, valid_from, wrapped, key_id
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
                    INSERT INTO stored_key (kind, slot, valid_from, wrapped, key_id)
                    VALUES (@Kind, @Slot, @ValidFrom, @Wrapped, @KeyId)
                    ON CONFLICT (kind, slot) DO NOTHING
                    """, KeyRow.Of(key));
                return await session.FirstAsync<KeyRow>(
                    """
                    SELECT kind, slot, valid_from, wrapped, key_id
                      FROM stored_key
                     WHERE kind = @kind AND slot = @Slot
                    """, new { kind = (long)key.Kind, key.Slot });
            }, ct);
        return row!.ToKey();
    }

    public Task NameAsync(IReadOnlyCollection<StoredKey> keys, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            var named = 0;
            foreach (var key in keys)
            {
                named += await session.ExecuteAsync(
                    """
                    UPDATE stored_key
                       SET key_id = @Id
                     WHERE kind = @kind AND slot = @Slot AND key_id IS NULL
                    """, new { kind = (long)key.Kind, key.Slot, key.Id });
            }

            return named;
        }, ct);

    public Task RemoveAsync(KeyKind kind, DateTimeOffset validFromBefore, CancellationToken ct) =>
        database.WriteAsync(session => session.ExecuteAsync(
            """
            DELETE FROM stored_key
             WHERE kind = @kind AND valid_from < @before
            """, new { kind = (long)kind, before = validFromBefore.ToMilliseconds() }), ct);

    private sealed record KeyRow(long Kind, string Slot, long ValidFrom, byte[] Wrapped, string? KeyId)
    {
        public static KeyRow Of(StoredKey key) => new((long)key.Kind, key.Slot, key.ValidFrom.ToMilliseconds(), key.Wrapped, key.Id);

        public StoredKey ToKey() => new((KeyKind)Kind, Slot, Instants.FromMilliseconds(ValidFrom), Wrapped, KeyId);
    }
}
