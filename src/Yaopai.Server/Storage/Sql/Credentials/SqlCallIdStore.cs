using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Hot;

namespace Yaopai.Server.Storage.Sql.Credentials;

internal sealed class SqlCallIdStore(Database database) : ICallIdStore
{
    public Task<bool> TryAdvanceAsync(long appId, Guid sessionId, long callId, DateTimeOffset keepUntil, CancellationToken ct) =>
        database.RunAsync(HotStatements.AdvanceCallId, new CallId(appId, sessionId, callId, keepUntil), ct);

    public async Task<long> LastAsync(long appId, Guid sessionId, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.HotListAsync(
            """
            SELECT last
              FROM call_id
             WHERE app_id = @app AND session_id = @session
            """,
            [("@app", appId), ("@session", RevocationRow.BlobOf(sessionId))],
            row => row.GetInt64(0)), ct);
        return rows.Count == 0 ? 0 : rows[0];
    }
}
