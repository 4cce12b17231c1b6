using Yaopai.Server.Grants;

namespace Yaopai.Server.Storage.Sql;

internal sealed class SqlUsedCodeStore(Database database) : IUsedCodeStore
{
    public Task<bool> TryUseAsync(long appId, Guid codeId, DateTimeOffset keepUntil, CancellationToken ct) =>
        database.TryUseCodeAsync(new UsedCode(appId, codeId, keepUntil), ct);
}
