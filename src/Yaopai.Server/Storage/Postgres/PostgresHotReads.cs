using Npgsql;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Postgres;

/// <summary>The hot read: a whole group of grants is one statement and one round trip, which costs the database little more than one of them.</summary>
internal static class PostgresHotReads
{
    // Each branch is equality on a primary key, so that each is an index look-up for every grant that is asked for.
    private const string Select =
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

    public static async Task<bool> FindGrantsAsync(NpgsqlDataSource pool, IReadOnlyList<PendingRow<GrantKey, FoundGrant>> group, CancellationToken ct)
    {
        await using var command = pool.CreateCommand(Select);
        Add(command, "apps", group, key => key.AppId);
        Add(command, "accounts", group, key => key.AccountId);
        Add(command, "pairs", group, key => RevocationRow.BlobOf(key.GrantId));
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

    private static Consent ReadConsent(NpgsqlDataReader row, GrantKey key) =>
        new ConsentRow(key.AccountId, key.AppId, row.GetString(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.GetInt64(8)).ToConsent();

    private static Revocation ReadRevocation(NpgsqlDataReader row) =>
        new RevocationRow(row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3), row.GetInt64(4), RecordedAt: 0, row.GetInt64(5)).ToRevocation();

    private static void Add<TValue>(
        NpgsqlCommand command, string name, IReadOnlyList<PendingRow<GrantKey, FoundGrant>> group, Func<GrantKey, TValue> column) =>
        command.Parameters.Add(new NpgsqlParameter<TValue[]>(name, [.. group.Select(waiting => column(waiting.Row))]));
}
