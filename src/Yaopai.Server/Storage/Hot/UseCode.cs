using Npgsql;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sqlite;

namespace Yaopai.Server.Storage.Hot;

/// <summary>A code that somebody claims.</summary>
internal readonly record struct UsedCode(long AppId, Guid CodeId, DateTimeOffset KeepUntil);

/// <summary>Marks a code as used. False when it was already.</summary>
internal sealed class UseCode : HotWrite<UsedCode, bool>
{
    public override bool Write(SqlitePrepared connection, UsedCode row, DateTimeOffset now) => connection.Run(
        """
        INSERT INTO used_code (app_id, code_id, bucket)
        VALUES (@AppId, @CodeId, @Bucket)
        ON CONFLICT DO NOTHING
        """,
        ("@AppId", row.AppId),
        ("@CodeId", RevocationRow.BlobOf(row.CodeId)),
        ("@Bucket", Bucket.Of(row.KeepUntil))) == 1;

    // Rows are sorted, so that two nodes whose groups overlap lock them in the same order and cannot deadlock.
    public override async Task<bool> RunAsync(
        NpgsqlDataSource pool, IReadOnlyList<PendingRow<UsedCode, bool>> group, DateTimeOffset now, CancellationToken ct)
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
        command.AddColumn("apps", codes, code => code.AppId);
        command.AddColumn("codes", codes, code => RevocationRow.BlobOf(code.CodeId));
        command.AddColumn("buckets", codes, code => Bucket.Of(code.KeepUntil));

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
}
