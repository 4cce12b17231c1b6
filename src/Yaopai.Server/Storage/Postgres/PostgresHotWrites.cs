using Npgsql;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Postgres;

/// <summary>Hot writes that put rows: a whole group is one statement, one round trip and one commit.</summary>
/// <remarks>Rows are sorted, so that two nodes whose groups overlap lock them in the same order and cannot deadlock.</remarks>
internal static class PostgresHotWrites
{
    public static async Task<bool> UseCodesAsync(
        NpgsqlDataSource pool, IReadOnlyList<PendingRow<UsedCode, bool>> group, CancellationToken ct)
    {
        var codes = group.Select(waiting => waiting.Row)
            .DistinctBy(Key)
            .OrderBy(code => code.AppId).ThenBy(code => code.CodeId)
            .ToArray();

        await using var command = pool.CreateCommand(
            """
            INSERT INTO used_code (app_id, code_id, bucket)
            SELECT app_id, code_id, bucket
              FROM unnest(@apps, @codes, @buckets) AS claimed (app_id, code_id, bucket)
            ON CONFLICT DO NOTHING
            RETURNING app_id, code_id
            """);
        Add(command, "apps", codes, code => code.AppId);
        Add(command, "codes", codes, code => RevocationRow.BlobOf(code.CodeId));
        Add(command, "buckets", codes, code => Bucket.Of(code.KeepUntil));

        var won = new HashSet<(long, Guid)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                won.Add((reader.GetInt64(0), new Guid(reader.GetFieldValue<byte[]>(1), bigEndian: true)));
        }

        // The statement is committed when its reader is closed. Of equal codes in the group the first takes the win.
        foreach (var waiting in group)
            waiting.Answer(won.Remove(Key(waiting.Row)));
        return true;

        static (long, Guid) Key(UsedCode code) => (code.AppId, code.CodeId);
    }

    public static async Task<bool> AddRevocationsAsync(
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
        Add(command, "apps", rows, row => row.AppId);
        Add(command, "accounts", rows, row => row.AccountId);
        Add(command, "pairs", rows, row => row.GrantId);
        Add(command, "befores", rows, row => row.BeforeAt);
        Add(command, "recorded", rows, row => row.RecordedAt);
        Add(command, "buckets", rows, row => row.Bucket);
        await command.ExecuteNonQueryAsync(ct);

        foreach (var waiting in group)
            waiting.Answer(true);
        return true;
    }

    private static void Add<TRow, TValue>(NpgsqlCommand command, string name, TRow[] rows, Func<TRow, TValue> column) =>
        command.Parameters.Add(new NpgsqlParameter<TValue[]>(name, Array.ConvertAll(rows, row => column(row))));
}
