using Yaopai.Server.Messages;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Messages;

internal sealed class SqlMessageStore(Database database) : IMessageStore
{
    /// <summary>How many ids a statement names at most.</summary>
    private const int Chunk = 500;

    private const string Select = MessageRow.Select;

    public Task<bool> TryAddAsync(Message message, Recipients recipients, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            if (await MessageRow.AddAsync(session, message) != 1)
                return false;

            await InboxRows.AddAsync(session, message.TenantId, message.Id, recipients.UserIds);
            foreach (var (kind, key) in recipients.Audiences)
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO message_broadcast (tenant_id, audience_kind, audience_key, message_id)
                    VALUES (@TenantId, @kind, @key, @Id)
                    ON CONFLICT (tenant_id, audience_kind, audience_key, message_id) DO NOTHING
                    """, new { message.TenantId, kind = (long)kind, key, message.Id });
            }

            return true;
        }, ct);

    public async Task<Message?> FindAsync(long tenantId, long id, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<MessageRow>(
            $"""
            {Select}
             WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id }), ct))?.ToMessage();

    public Task<IReadOnlyList<InboxItem>> ListAsync(
        long tenantId, string userId, IReadOnlyList<Belonging> belongings, long before, int take, CancellationToken ct) =>
        database.ReadAsync(
            async session =>
            {
                var own = await session.ListAsync<InboxRow>(
                    """
                    SELECT message_id, status, status_color
                      FROM message_inbox
                     WHERE tenant_id = @tenantId AND user_id = @userId AND message_id < @before
                     ORDER BY message_id DESC
                     LIMIT @take
                    """, new { tenantId, userId, before, take = (long)take });
                var ids = own.Select(row => row.MessageId).ToHashSet();
                foreach (var belonging in belongings)
                    ids.UnionWith(await BroadcastAsync(session, tenantId, belonging, before, take));

                var page = ids.OrderDescending().Take(take).ToArray();
                var messages = await session.ListAsync<MessageRow>(
                    $"""
                    {Select}
                     WHERE tenant_id = @tenantId AND id IN @page
                     ORDER BY id DESC
                    """, new { tenantId, page });
                var statuses = own.ToDictionary(row => row.MessageId);
                return (IReadOnlyList<InboxItem>)[.. messages.Select(row => ItemOf(row, statuses.GetValueOrDefault(row.Id)))];
            }, ct);

    public Task<bool> TryChangeStatusAsync(
        long tenantId, long appId, long id, MessageStatus status, IReadOnlyList<string> userIds, CancellationToken ct) =>
        database.TryWriteAsync(
            async session =>
            {
                // Where it is for some alone, it is still looked at as a whole: a message that was taken back changes for nobody.
                var isThere = await session.ExecuteAsync(
                    """
                    UPDATE message
                       SET status       = CASE WHEN @isForAll THEN @Text ELSE status END,
                           status_color = CASE WHEN @isForAll THEN @Color ELSE status_color END
                     WHERE tenant_id = @tenantId AND id = @id AND app_id = @appId AND recalled_at IS NULL
                    """, new { tenantId, id, appId, isForAll = userIds.Count == 0, status.Text, status.Color }) == 1;
                foreach (var chunk in isThere ? userIds.Chunk(Chunk) : [])
                {
                    await session.ExecuteAsync(
                        """
                        UPDATE message_inbox
                           SET status = @Text, status_color = @Color
                         WHERE tenant_id = @tenantId AND user_id IN @chunk AND message_id = @id
                        """, new { tenantId, id, chunk, status.Text, status.Color });
                }

                return isThere;
            }, ct);

    public Task<bool> TryRecallAsync(long tenantId, long appId, long id, DateTimeOffset now, CancellationToken ct) =>
        database.TryWriteAsync(
            async session => await session.ExecuteAsync(
                """
                UPDATE message
                   SET recalled_at = @now, title_zh = '', title_en = '', content_zh = '', content_en = '', details = '{}',
                       status = '', status_color = ''
                 WHERE tenant_id = @tenantId AND id = @id AND app_id = @appId AND recalled_at IS NULL
                """, new { tenantId, id, appId, now = now.ToMilliseconds() }) == 1, ct);

    private static Task<IReadOnlyList<long>> BroadcastAsync(
        Session session, long tenantId, Belonging belonging, long before, int take) => session.ListAsync<long>(
        """
        SELECT message_id
          FROM message_broadcast
         WHERE tenant_id = @tenantId AND audience_kind = @kind AND audience_key = @Key
           AND message_id >= @first AND message_id < @before
         ORDER BY message_id DESC
         LIMIT @take
        """,
        new
        {
            tenantId,
            kind = (long)belonging.Audience.Kind,
            belonging.Audience.Key,
            first = MessageIds.FirstAt(belonging.Since),
            before,
            take = (long)take,
        });

    private static InboxItem ItemOf(MessageRow row, InboxRow? own)
    {
        var message = row.ToMessage();
        return new(message, message.RecalledAt is null && own is { Status: { } text, StatusColor: { } color }
            ? new MessageStatus(text, color)
            : message.Status);
    }

    private sealed class InboxRow
    {
        public long MessageId { get; init; }
        public string? Status { get; init; }
        public string? StatusColor { get; init; }
    }
}
