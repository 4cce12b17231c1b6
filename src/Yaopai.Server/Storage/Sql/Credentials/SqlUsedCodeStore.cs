using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Hot;

namespace Yaopai.Server.Storage.Sql.Credentials;

internal sealed class SqlUsedCodeStore(Database database) : IUsedCodeStore
{
    public Task<bool> TryUseAsync(long appId, Guid codeId, DateTimeOffset keepUntil, CancellationToken ct) =>
        database.RunAsync(HotStatements.UseCode, new UsedCode(appId, codeId, keepUntil), ct);

    public async Task<bool> IsUsedAsync(long appId, Guid codeId, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.HotListAsync(
            """
            SELECT bucket
              FROM used_code
             WHERE app_id = @app AND code_id = @code
            """,
            [("@app", appId), ("@code", RevocationRow.BlobOf(codeId))],
            row => row.GetInt64(0)), ct);
        return rows.Count > 0;
    }
}
