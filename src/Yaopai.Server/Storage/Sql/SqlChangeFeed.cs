using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql;

/// <summary>One row for each thing that changed lately, with the last time it did.</summary>
internal sealed class SqlChangeFeed(Database database) : IChangeFeed
{
    public async Task<IReadOnlyList<RecordedChange>> SinceAsync(DateTimeOffset recordedAt, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.ListAsync<ChangeRow>(
            """
            SELECT kind, id, recorded_at, number
              FROM change_feed
             WHERE recorded_at >= @since
             ORDER BY recorded_at
            """, new { since = recordedAt.ToMilliseconds() }), ct);

        return [.. rows.Select(row => row.ToChange())];
    }

    private sealed record ChangeRow(long Kind, long Id, long RecordedAt, long Number)
    {
        public RecordedChange ToChange() => new(new Change((ChangeKind)Kind, Id), Instants.FromMilliseconds(RecordedAt), Number);
    }
}

internal static class ChangeAnnouncement
{
    /// <summary>Tells every node, in the transaction of the change itself.</summary>
    public static async Task AnnounceAsync(this Session session, ChangeKind kind, long id)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO change_feed (kind, id, recorded_at)
            VALUES (@kind, @id, @now)
            ON CONFLICT (kind, id) DO UPDATE
               SET number      = change_feed.number + 1,
                   recorded_at = CASE WHEN excluded.recorded_at > change_feed.recorded_at THEN excluded.recorded_at
                                      ELSE change_feed.recorded_at END
            """, new { kind = (long)kind, id, now = session.Now.ToMilliseconds() });
        session.WakeOthers();
    }
}
