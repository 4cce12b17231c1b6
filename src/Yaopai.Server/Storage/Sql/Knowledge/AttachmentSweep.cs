using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Knowledge;

/// <summary>Removes files that never became complete, that no article wants, or whose bytes were replaced: one a write, so that
/// others come through.</summary>
internal sealed class AttachmentSweep(Database database)
{
    private const int Slice = 100;

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        var limit = Bucket.LastPassed(now);
        IReadOnlyList<Row> rows;
        do
        {
            rows = await database.ReadAsync(session => session.ListAsync<Row>(
                """
                SELECT tenant_id, id
                  FROM knowledge_attachment
                 WHERE bucket <= @limit
                 LIMIT @Slice
                """, new { limit, Slice }), ct);
            foreach (var row in rows)
                await database.WriteAsync(session => RemoveAsync(session, row, limit), ct);
        }
        while (rows.Count == Slice);
    }

    // An article may have taken it meanwhile.
    private static async Task<bool> RemoveAsync(Session session, Row row, long limit)
    {
        var taken = await session.FirstAsync<AttachmentRow>(
            """
            UPDATE knowledge_attachment
               SET links = links
             WHERE tenant_id = @TenantId AND id = @Id AND bucket <= @limit
            RETURNING content_id, stored
            """, new { row.TenantId, row.Id, limit });
        if (taken is not null)
            await SqlAttachmentStore.RemoveAsync(session, row.TenantId, row.Id, taken.ContentId, taken.Stored);

        return taken is not null;
    }

    private sealed class Row
    {
        public long TenantId { get; init; }
        public string Id { get; init; } = "";
    }
}
