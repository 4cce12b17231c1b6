using Yaopai.Server.ShortLinks;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.ShortLinks;

internal sealed class SqlShortLinkStore(Database database) : IShortLinkStore
{
    public Task<bool> TryAddAsync(ShortLink link, DateTimeOffset keepUntil, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            INSERT INTO short_link (code, app_id, url, expires_at, bucket)
            VALUES (@Code, @AppId, @Url, @expiresAt, @bucket)
            ON CONFLICT (code) DO NOTHING
            """,
            new { link.Code, link.AppId, link.Url, expiresAt = link.ExpiresAt.ToMilliseconds(), bucket = Bucket.Of(keepUntil) }) == 1, ct);

    public async Task<ShortLink?> FindAsync(string code, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<Row>(
            """
            SELECT code, app_id, url, expires_at
              FROM short_link
             WHERE code = @code
            """, new { code }), ct))?.ToLink();

    private sealed class Row
    {
        public string Code { get; init; } = "";
        public long AppId { get; init; }
        public string Url { get; init; } = "";
        public long ExpiresAt { get; init; }

        public ShortLink ToLink() => new(Code, AppId, Url, Instants.FromMilliseconds(ExpiresAt));
    }
}
