using Yaopai.Server.Marketplace;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Marketplace;

internal sealed class SqlMarketKeyStore(Database database) : IMarketKeyStore
{
    public async Task<byte[]?> FindAsync(long appId, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<Row>(
            """
            SELECT sealed_key
              FROM market_key
             WHERE app_id = @appId
            """, new { appId }), ct))?.SealedKey;

    public Task PutAsync(long appId, byte[] @sealed, CancellationToken ct) => database.WriteAsync(session => session.ExecuteAsync(
        """
        INSERT INTO market_key (app_id, sealed_key)
        VALUES (@appId, @sealed)
        ON CONFLICT (app_id) DO UPDATE SET sealed_key = excluded.sealed_key
        """, new { appId, @sealed }), ct);

    public Task<bool> TryRemoveAsync(long appId, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync("DELETE FROM market_key WHERE app_id = @appId", new { appId }) == 1, ct);

    private sealed class Row
    {
        public byte[] SealedKey { get; init; } = [];
    }
}
