using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Hot;

namespace Yaopai.Server.Storage.Sql.Consents;

internal sealed class SqlGrantStore(Database database) : IGrantStore
{
    public async Task<(Consent? Consent, IReadOnlyList<Revocation> Revocations)> FindAsync(
        long appId, long accountId, Guid grantId, CancellationToken ct)
    {
        var found = await database.RunAsync(HotStatements.FindGrant, new GrantKey(appId, accountId, grantId), ct);
        return (found.Consent, found.Revocations);
    }
}
