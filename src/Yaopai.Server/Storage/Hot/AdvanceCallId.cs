using Npgsql;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sqlite;

namespace Yaopai.Server.Storage.Hot;

/// <summary>A number that somebody takes, of a session or of a chain.</summary>
internal readonly record struct CallId(long AppId, Guid SessionId, long Number, DateTimeOffset KeepUntil);

/// <summary>Takes a number. False when it is not above the last one.</summary>
internal sealed class AdvanceCallId : HotWrite<CallId, bool>
{
    private const string PutOne =
        """
        INSERT INTO call_id (app_id, session_id, last, bucket)
        VALUES (@AppId, @SessionId, @Last, @Bucket)
        """ + Merge;

    private const string PutMany =
        """
        INSERT INTO call_id (app_id, session_id, last, bucket)
        SELECT app_id, session_id, last, bucket
          FROM unnest(@apps, @sessions, @numbers, @buckets) AS called (app_id, session_id, last, bucket)
        """ + Merge + Returning;

    private const string Returning =
        """

        RETURNING app_id, session_id
        """;

    private const string Merge =
        """

        ON CONFLICT (app_id, session_id) DO UPDATE
           SET last   = excluded.last,
               bucket = CASE WHEN excluded.bucket > call_id.bucket THEN excluded.bucket ELSE call_id.bucket END
         WHERE call_id.last < excluded.last
        """;

    public override bool Write(SqlitePrepared connection, CallId row, DateTimeOffset now) => connection.Run(
        PutOne,
        ("@AppId", row.AppId),
        ("@SessionId", RevocationRow.BlobOf(row.SessionId)),
        ("@Last", row.Number),
        ("@Bucket", Bucket.Of(row.KeepUntil))) == 1;

    // Rows are sorted, so that two nodes whose groups overlap lock them in the same order and cannot deadlock.
    public override async Task<bool> RunAsync(
        NpgsqlDataSource pool, IReadOnlyList<PendingRow<CallId, bool>> group, DateTimeOffset now, CancellationToken ct)
    {
        // One statement may not write a row twice: of several for one session the least number is first.
        var rest = group.OrderBy(waiting => waiting.Row.AppId).ThenBy(waiting => waiting.Row.SessionId)
            .ThenBy(waiting => waiting.Row.Number).ToList();
        while (rest.Count > 0)
        {
            var round = rest.DistinctBy(waiting => Key(waiting.Row)).ToHashSet();
            var taken = await TakeAsync(pool, [.. round.Select(waiting => waiting.Row)], ct);
            foreach (var waiting in round)
                waiting.Answer(taken.Contains(Key(waiting.Row)));
            rest.RemoveAll(round.Contains);
        }

        return true;
    }

    private static async Task<HashSet<(long, Guid)>> TakeAsync(NpgsqlDataSource pool, CallId[] calls, CancellationToken ct)
    {
        await using var command = pool.CreateCommand(PutMany);
        command.AddColumn("apps", calls, call => call.AppId);
        command.AddColumn("sessions", calls, call => RevocationRow.BlobOf(call.SessionId));
        command.AddColumn("numbers", calls, call => call.Number);
        command.AddColumn("buckets", calls, call => Bucket.Of(call.KeepUntil));

        // The statement is committed when its reader is closed.
        var taken = new HashSet<(long, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            taken.Add((reader.GetInt64(0), new Guid(reader.GetFieldValue<byte[]>(1), bigEndian: true)));
        return taken;
    }

    private static (long, Guid) Key(CallId call) => (call.AppId, call.SessionId);
}
