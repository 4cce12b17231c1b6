using Yaopai.Server.Knowledge;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Knowledge;

internal sealed class SqlUploadStore(Database database) : IUploadStore
{
    public Task<bool> TryAddAsync(long tenantId, Attachment attachment, DateTimeOffset keepUntil, CancellationToken ct) =>
        database.TryWriteAsync(
            async session => await session.ExecuteAsync(
                """
                INSERT INTO knowledge_attachment (
                    tenant_id, id, app_id, name, content_id, stored,
                    announced_size, announced_md5, announced_key, announced_until, links, bucket)
                VALUES (@tenantId, @Id, @AppId, @Name, @ContentId, 0, @size, @md5, @key, @until, 0, @bucket)
                ON CONFLICT (tenant_id, id) DO NOTHING
                """,
                new
                {
                    tenantId,
                    attachment.Id,
                    attachment.AppId,
                    attachment.Name,
                    attachment.ContentId,
                    size = attachment.Announced?.Size,
                    md5 = attachment.Announced?.Md5,
                    key = attachment.Announced?.KeyHash,
                    until = attachment.Announced?.Until.ToMilliseconds(),
                    bucket = Bucket.Of(keepUntil),
                }) == 1, ct);

    public Task<bool> TryAppendAsync(
        long tenantId, string id, int number, byte[] bytes, long mostOfTenant, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            var part = new { tenantId, id, number = (long)number, bytes, length = (long)bytes.Length, mostOfTenant };
            return await session.ExecuteAsync(
                    """
                    UPDATE knowledge_attachment
                       SET stored = stored + @length
                     WHERE tenant_id = @tenantId AND id = @id AND sha256 IS NULL
                    """, part) == 1
                && await session.ExecuteAsync(
                    """
                    INSERT INTO knowledge_part (tenant_id, content_id, number, bytes)
                    SELECT tenant_id, content_id, @number, @bytes
                      FROM knowledge_attachment
                     WHERE tenant_id = @tenantId AND id = @id
                    """, part) == 1
                && await session.ExecuteAsync(
                    """
                    INSERT INTO knowledge_usage (tenant_id, bytes)
                    SELECT @tenantId, @length
                     WHERE @length <= @mostOfTenant
                    ON CONFLICT (tenant_id) DO UPDATE
                       SET bytes = knowledge_usage.bytes + excluded.bytes
                     WHERE knowledge_usage.bytes + excluded.bytes <= @mostOfTenant
                    """, part) == 1;
        }, ct);

    public Task<bool> TrySealAsync(
        long tenantId, string id, AttachmentContent content, DateTimeOffset keepUntil, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            UPDATE knowledge_attachment
               SET type = @Type, md5 = @Md5, sha256 = @Sha256, bucket = @bucket
             WHERE tenant_id = @tenantId AND id = @id AND sha256 IS NULL AND stored = @Size
            """,
            new { tenantId, id, content.Type, content.Md5, content.Sha256, content.Size, bucket = Bucket.Of(keepUntil) }) == 1, ct);

    public Task AbandonAsync(long tenantId, string id, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE knowledge_attachment
               SET bucket = @bucket
             WHERE tenant_id = @tenantId AND id = @id AND links = 0
            """, new { tenantId, id, bucket = Bucket.LastPassed(session.Now) }), ct);
}
