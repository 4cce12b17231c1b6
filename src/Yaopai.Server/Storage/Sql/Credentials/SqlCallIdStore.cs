using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Credentials;

internal sealed class SqlCallIdStore(Database database) : ICallIdStore
{
    public Task<bool> TryAdvanceAsync(long appId, Guid sessionId, long callId, DateTimeOffset keepUntil, CancellationToken ct) =>
        database.TryWriteAsync(
            async session => await session.ExecuteAsync(
                """
                INSERT INTO call_id (app_id, session_id, last, bucket)
                VALUES (@appId, @sessionId, @callId, @bucket)
                ON CONFLICT (app_id, session_id) DO UPDATE
                   SET last   = excluded.last,
                       bucket = CASE WHEN excluded.bucket > call_id.bucket THEN excluded.bucket ELSE call_id.bucket END
                 WHERE call_id.last < excluded.last
                """, new { appId, sessionId = RevocationRow.BlobOf(sessionId), callId, bucket = Bucket.Of(keepUntil) }) == 1, ct);
}
