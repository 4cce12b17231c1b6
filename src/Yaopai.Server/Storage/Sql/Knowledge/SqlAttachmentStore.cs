using Yaopai.Server.Knowledge;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Knowledge;

internal sealed class SqlAttachmentStore(Database database) : IAttachmentStore
{
    public async Task<Attachment?> FindAsync(long tenantId, string id, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<AttachmentRow>(
            """
            SELECT id, app_id, name, content_id, stored, type, md5, sha256,
                   announced_size, announced_md5, announced_key, announced_until, links
              FROM knowledge_attachment
             WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id }), ct))?.ToAttachment();

    public async Task<byte[]?> ReadPartAsync(long tenantId, string contentId, int number, CancellationToken ct) =>
        (await database.ReadAsync(session => session.ListAsync<byte[]>(
            """
            SELECT bytes
              FROM knowledge_part
             WHERE tenant_id = @tenantId AND content_id = @contentId AND number = @number
            """, new { tenantId, contentId, number = (long)number }), ct)).SingleOrDefault();

    public Task<bool> TryTakeOverAsync(
        long tenantId, long appId, string id, string fromId, DateTimeOffset keepUntil, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            if (await TakeAsync(session, tenantId, appId, id) is not { } old
                || await TakeAsync(session, tenantId, appId, fromId) is not { Sha256: not null } from)
                return false;

            await session.ExecuteAsync(
                """
                UPDATE knowledge_attachment
                   SET name = @Name, content_id = @ContentId, stored = @Stored, type = @Type, md5 = @Md5, sha256 = @Sha256,
                       bucket = CASE WHEN links > 0 THEN NULL ELSE @fresh END
                 WHERE tenant_id = @tenantId AND id = @id
                """,
                new
                {
                    tenantId,
                    id,
                    from.Name,
                    from.ContentId,
                    from.Stored,
                    from.Type,
                    from.Md5,
                    from.Sha256,
                    fresh = from.Bucket,
                });
            await session.ExecuteAsync(
                """
                UPDATE knowledge_attachment
                   SET content_id = @ContentId, stored = @Stored, sha256 = NULL, bucket = @bucket
                 WHERE tenant_id = @tenantId AND id = @fromId
                """, new { tenantId, fromId, old.ContentId, old.Stored, bucket = Bucket.Of(keepUntil) });
            return true;
        }, ct);

    public Task<bool> TryRemoveAsync(long tenantId, long appId, string id, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            if (await TakeAsync(session, tenantId, appId, id) is not { Links: 0 } row)
                return false;

            await RemoveAsync(session, tenantId, id, row.ContentId, row.Stored);
            return true;
        }, ct);

    public async Task<bool> IsInListAsync(
        long tenantId, string id, IReadOnlyList<string> scopes, DateTimeOffset publishedBy, CancellationToken ct) =>
        (await database.ReadAsync(session => session.ListAsync<long>(
            """
            SELECT knowledge_listing.article_id
              FROM knowledge_link
              JOIN knowledge_listing ON knowledge_listing.tenant_id = knowledge_link.tenant_id
                                    AND knowledge_listing.article_id = knowledge_link.article_id
             WHERE knowledge_link.tenant_id = @tenantId
               AND knowledge_link.attachment_id = @id
               AND knowledge_listing.scope IN @scopes
               AND knowledge_listing.published_at <= @publishedBy
             LIMIT 1
            """, new { tenantId, id, scopes = scopes.ToArray(), publishedBy = publishedBy.ToMilliseconds() }), ct)).Count > 0;

    /// <summary>Removes a file and its bytes, and takes them off what its tenant stores.</summary>
    public static async Task RemoveAsync(Session session, long tenantId, string id, string contentId, long stored)
    {
        var row = new { tenantId, id, contentId, stored };
        await session.ExecuteAsync("DELETE FROM knowledge_attachment WHERE tenant_id = @tenantId AND id = @id", row);
        await session.ExecuteAsync("DELETE FROM knowledge_part WHERE tenant_id = @tenantId AND content_id = @contentId", row);
        await session.ExecuteAsync("UPDATE knowledge_usage SET bytes = bytes - @stored WHERE tenant_id = @tenantId", row);
    }

    /// <summary>The row, which nobody else changes until this is committed.</summary>
    private static async Task<AttachmentRow?> TakeAsync(Session session, long tenantId, long appId, string id) =>
        await session.FirstAsync<AttachmentRow>(
            """
            UPDATE knowledge_attachment
               SET links = links
             WHERE tenant_id = @tenantId AND id = @id AND app_id = @appId
            RETURNING id, app_id, name, content_id, stored, type, md5, sha256,
                      announced_size, announced_md5, announced_key, announced_until, links, bucket
            """, new { tenantId, id, appId });
}
