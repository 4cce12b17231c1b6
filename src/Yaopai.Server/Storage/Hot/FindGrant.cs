using System.Data.Common;
using Npgsql;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Hot;

/// <summary>Which grant is looked for.</summary>
internal readonly record struct GrantKey(long AppId, long AccountId, Guid GrantId);

/// <summary>What was found of it: the consent, and the revocations that touch it.</summary>
internal sealed record FoundGrant(Consent? Consent, IReadOnlyList<Revocation> Revocations);

/// <summary>Reads what a refresh token stands on. A whole group costs PostgreSQL little more than one of it.</summary>
internal sealed class FindGrant : HotRead<GrantKey, FoundGrant>
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

    // Each branch is equality on a primary key, so that each is an index look-up for every grant that is asked for.
    private const string SelectAll =
        """
        WITH asked AS (
            SELECT app_id, account_id, pair_id, n
              FROM unnest(@apps, @accounts, @pairs) WITH ORDINALITY AS asked (app_id, account_id, pair_id, n)
        )
        SELECT n, 0::bigint AS app_id, 0::bigint AS account_id, NULL::bytea AS pair_id, NULL::bigint AS before_at, NULL::bigint AS bucket,
               scopes, phone_id, granted_at
          FROM asked JOIN consent USING (account_id, app_id)
         UNION ALL
        SELECT n, r.app_id, r.account_id, r.pair_id, r.before_at, r.bucket, NULL, NULL, NULL
          FROM asked JOIN revocation r ON r.app_id = asked.app_id AND r.account_id = asked.account_id AND r.pair_id = asked.pair_id
         UNION ALL
        SELECT n, r.app_id, r.account_id, r.pair_id, r.before_at, r.bucket, NULL, NULL, NULL
          FROM asked JOIN revocation r ON r.app_id = asked.app_id AND r.account_id = asked.account_id AND r.pair_id = @all
         UNION ALL
        SELECT n, r.app_id, r.account_id, r.pair_id, r.before_at, r.bucket, NULL, NULL, NULL
          FROM asked JOIN revocation r ON r.app_id = 0 AND r.account_id = asked.account_id AND r.pair_id = @all
         UNION ALL
        SELECT n, r.app_id, r.account_id, r.pair_id, r.before_at, r.bucket, NULL, NULL, NULL
          FROM asked JOIN revocation r ON r.app_id = asked.app_id AND r.account_id = 0 AND r.pair_id = @all
        """;

    public override async Task<FoundGrant> ReadAsync(Session session, GrantKey row)
    {
        var rows = await session.HotListAsync(Select, SqlRevocationStore.Subject(row.AppId, row.AccountId, row.GrantId), Read);
        return new FoundGrant(rows.OfType<Consent>().FirstOrDefault(), [.. rows.OfType<Revocation>()]);
    }

    public override async Task<bool> RunAsync(
        NpgsqlDataSource pool, IReadOnlyList<PendingRow<GrantKey, FoundGrant>> group, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = pool.CreateCommand(SelectAll);
        command.AddColumn("apps", group, waiting => waiting.Row.AppId);
        command.AddColumn("accounts", group, waiting => waiting.Row.AccountId);
        command.AddColumn("pairs", group, waiting => RevocationRow.BlobOf(waiting.Row.GrantId));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("all", RevocationRow.AllGrants));

        var consents = new Consent?[group.Count];
        var revocations = new List<Revocation>?[group.Count];
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var at = (int)reader.GetInt64(0) - 1;
                if (reader.IsDBNull(3))
                    consents[at] = ReadConsent(reader, group[at].Row);
                else
                    (revocations[at] ??= []).Add(ReadRevocation(reader));
            }
        }

        for (var i = 0; i < group.Count; i++)
            group[i].Answer(new FoundGrant(consents[i], revocations[i] ?? []));
        return true;
    }

    private static object Read(DbDataReader row) => row.IsDBNull(5)
        ? new RevocationRow(
            row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3), RecordedAt: 0, row.GetInt64(4)).ToRevocation()
        : new ConsentRow(
            row.GetInt64(1), row.GetInt64(0), row.GetString(5), row.IsDBNull(6) ? null : row.GetInt64(6), row.GetInt64(7)).ToConsent();

    private static Consent ReadConsent(NpgsqlDataReader row, GrantKey key) =>
        new ConsentRow(key.AccountId, key.AppId, row.GetString(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.GetInt64(8)).ToConsent();

    private static Revocation ReadRevocation(NpgsqlDataReader row) => new RevocationRow(
        row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3), row.GetInt64(4), RecordedAt: 0, row.GetInt64(5)).ToRevocation();
}
