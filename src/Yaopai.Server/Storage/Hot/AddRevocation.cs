using Npgsql;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sqlite;

namespace Yaopai.Server.Storage.Hot;

/// <summary>Stores a revocation; of two for the same subject the later instants win.</summary>
internal sealed class AddRevocation : HotWrite<Revocation, bool>
{
    public override bool Write(SqlitePrepared connection, Revocation row, DateTimeOffset now)
    {
        var stored = RevocationRow.Of(row, now);
        return connection.Run(
            RevocationRow.Put,
            ("@AppId", stored.AppId),
            ("@AccountId", stored.AccountId),
            ("@GrantId", stored.GrantId),
            ("@BeforeAt", stored.BeforeAt),
            ("@RecordedAt", stored.RecordedAt),
            ("@Bucket", stored.Bucket)) == 1;
    }

    // Rows are sorted, so that two nodes whose groups overlap lock them in the same order and cannot deadlock.
    public override async Task<bool> RunAsync(
        NpgsqlDataSource pool, IReadOnlyList<PendingRow<Revocation, bool>> group, DateTimeOffset now, CancellationToken ct)
    {
        // One statement may not update a row twice.
        var rows = group.Select(waiting => waiting.Row)
            .GroupBy(revocation => (revocation.AppId, revocation.AccountId, revocation.GrantId))
            .OrderBy(same => same.Key)
            .Select(same => RevocationRow.Of(
                same.First() with { Before = same.Max(row => row.Before), KeepUntil = same.Max(row => row.KeepUntil) }, now))
            .ToArray();

        // The notification leaves with the commit that both statements share.
        await using var command = pool.CreateCommand(
            $"""
            INSERT INTO revocation (app_id, account_id, pair_id, before_at, recorded_at, bucket)
            SELECT app_id, account_id, pair_id, before_at, recorded_at, bucket
              FROM unnest(@apps, @accounts, @pairs, @befores, @recorded, @buckets)
                   AS revoked (app_id, account_id, pair_id, before_at, recorded_at, bucket)
            {RevocationRow.Merge};
            NOTIFY {PostgresDatabase.Channel}
            """);
        command.AddColumn("apps", rows, row => row.AppId);
        command.AddColumn("accounts", rows, row => row.AccountId);
        command.AddColumn("pairs", rows, row => row.GrantId);
        command.AddColumn("befores", rows, row => row.BeforeAt);
        command.AddColumn("recorded", rows, row => row.RecordedAt);
        command.AddColumn("buckets", rows, row => row.Bucket);
        await command.ExecuteNonQueryAsync(ct);

        foreach (var waiting in group)
            waiting.Answer(true);
        return true;
    }
}
