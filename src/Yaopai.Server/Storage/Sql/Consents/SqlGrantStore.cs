using System.Data.Common;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Sql.Consents;

internal sealed class SqlGrantStore(Database database) : IGrantStore
{
    // One statement, so that both are seen at the same moment. What has scopes is the consent.
    private const string Select =
        $"""
        SELECT app_id, account_id, NULL AS pair_id, NULL AS before_at, NULL AS bucket, scopes, phone_id, granted_at
          FROM consent
         WHERE account_id = @account AND app_id = @app
         UNION ALL
        {SqlRevocationStore.Touching}
        """;

    public async Task<(Consent? Consent, IReadOnlyList<Revocation> Revocations)> FindAsync(
        long appId, long accountId, Guid grantId, CancellationToken ct)
    {
        var found = await database.FindGrantAsync(new GrantKey(appId, accountId, grantId), ct);
        return (found.Consent, found.Revocations);
    }

    /// <summary>One grant at a time.</summary>
    public static async Task<FoundGrant> ReadAsync(Session session, GrantKey key)
    {
        var rows = await session.HotListAsync(Select, SqlRevocationStore.Subject(key.AppId, key.AccountId, key.GrantId), Read);
        return new FoundGrant(rows.OfType<Consent>().FirstOrDefault(), [.. rows.OfType<Revocation>()]);
    }

    private static object Read(DbDataReader row) => row.IsDBNull(5)
        ? new RevocationRow(
            row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3), RecordedAt: 0, row.GetInt64(4)).ToRevocation()
        : new ConsentRow(
            row.GetInt64(1), row.GetInt64(0), row.GetString(5), row.IsDBNull(6) ? null : row.GetInt64(6), row.GetInt64(7)).ToConsent();
}
