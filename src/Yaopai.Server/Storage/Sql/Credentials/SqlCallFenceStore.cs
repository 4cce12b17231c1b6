using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Credentials;

internal sealed class SqlCallFenceStore(Database database) : ICallFenceStore
{
    public bool IsAlone => database.IsAlone;

    public Task<CallFence> FindAsync(long appId, Guid from, Guid to, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            var until = await session.ListAsync<long>(
                """
                SELECT dated_until
                  FROM call_fence
                 WHERE app_id = @appId
                """, new { appId });
            var rows = await session.ListAsync<long>(
                """
                SELECT app_id
                  FROM used_code
                 WHERE app_id = @appId AND code_id >= @from AND code_id < @to
                 LIMIT 1
                """, new { appId, from = RevocationRow.BlobOf(from), to = RevocationRow.BlobOf(to) });
            return new CallFence(
                until.Count == 0 ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeMilliseconds(until[0]), rows.Count > 0);
        }, ct);

    public Task RaiseAsync(long appId, DateTimeOffset until, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            INSERT INTO call_fence (app_id, dated_until)
            VALUES (@appId, @until)
            ON CONFLICT (app_id) DO UPDATE
               SET dated_until = excluded.dated_until
             WHERE call_fence.dated_until < excluded.dated_until
            """, new { appId, until = until.ToUnixTimeMilliseconds() }), ct);

    public Task LowerAsync(long appId, DateTimeOffset until, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE call_fence
               SET dated_until = @until
             WHERE app_id = @appId
            """, new { appId, until = until.ToUnixTimeMilliseconds() }), ct);
}
