using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Consents;

internal sealed class SqlScanSceneStore(Database database) : IScanSceneStore
{
    public Task AddAsync(ScanScene scene, DateTimeOffset keepUntil, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            INSERT INTO scan_scene (scene_key, app_id, state, open_id, union_id, expires_at, bucket)
            VALUES (@Key, @AppId, @state, @OpenId, @UnionId, @expiresAt, @bucket)
            """,
            new
            {
                scene.Key,
                scene.AppId,
                state = (long)scene.State,
                scene.OpenId,
                scene.UnionId,
                expiresAt = scene.ExpiresAt.ToMilliseconds(),
                bucket = Bucket.Of(keepUntil),
            }), ct);

    public async Task<ScanScene?> FindAsync(string key, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<Row>(
            """
            SELECT scene_key, app_id, state, open_id, union_id, expires_at
              FROM scan_scene
             WHERE scene_key = @key
            """, new { key }), ct))?.ToScene();

    public Task<bool> TryScanAsync(string key, long appId, string openId, string? unionId, DateTimeOffset now, CancellationToken ct) =>
        database.TryWriteAsync(
            async session => await session.ExecuteAsync(
                """
                UPDATE scan_scene
                   SET state    = 1,
                       open_id  = @openId,
                       union_id = @unionId
                 WHERE scene_key = @key AND app_id = @appId AND state = 0 AND expires_at > @now
                """, new { key, appId, openId, unionId, now = now.ToMilliseconds() }) == 1, ct);

    public Task<bool> TryTakeAsync(string key, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            UPDATE scan_scene
               SET state = 2
             WHERE scene_key = @key AND state = 1
            """, new { key }) == 1, ct);

    private sealed class Row
    {
        public string SceneKey { get; init; } = "";
        public long AppId { get; init; }
        public long State { get; init; }
        public string? OpenId { get; init; }
        public string? UnionId { get; init; }
        public long ExpiresAt { get; init; }

        public ScanScene ToScene() =>
            new(SceneKey, AppId, (ScanState)State, OpenId, UnionId, Instants.FromMilliseconds(ExpiresAt));
    }
}
