using Yaopai.Server.Messages;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Messages;

internal sealed class MessageRow
{
    public const string Select =
        """
        SELECT tenant_id, id, app_id, public_account_id, kind, owner, title_zh, title_en, content_zh, content_en,
               details, status, status_color, sent_at, recalled_at
          FROM message
        """;

    public long TenantId { get; init; }
    public long Id { get; init; }
    public long AppId { get; init; }
    public string? PublicAccountId { get; init; }
    public long Kind { get; init; }
    public string Owner { get; init; } = "";
    public string TitleZh { get; init; } = "";
    public string TitleEn { get; init; } = "";
    public string ContentZh { get; init; } = "";
    public string ContentEn { get; init; } = "";
    public string Details { get; init; } = "";
    public string Status { get; init; } = "";
    public string StatusColor { get; init; } = "";
    public long SentAt { get; init; }
    public long? RecalledAt { get; init; }

    public static Task<int> AddAsync(Session session, Message message) => session.ExecuteAsync(
        """
        INSERT INTO message (tenant_id, id, app_id, public_account_id, kind, owner, title_zh, title_en, content_zh, content_en,
                             details, status, status_color, sent_at)
        VALUES (@TenantId, @Id, @AppId, @PublicAccountId, @kind, @Owner, @titleZh, @titleEn, @contentZh, @contentEn,
                @Details, @status, @statusColor, @sentAt)
        ON CONFLICT (tenant_id, id) DO NOTHING
        """,
        new
        {
            message.TenantId,
            message.Id,
            message.AppId,
            message.PublicAccountId,
            kind = (long)message.Kind,
            message.Owner,
            titleZh = message.Title.Zh,
            titleEn = message.Title.En,
            contentZh = message.Content.Zh,
            contentEn = message.Content.En,
            message.Details,
            status = message.Status.Text,
            statusColor = message.Status.Color,
            sentAt = message.SentAt.ToMilliseconds(),
        });

    public Message ToMessage() => new()
    {
        TenantId = TenantId,
        Id = Id,
        AppId = AppId,
        PublicAccountId = PublicAccountId,
        Kind = (MessageKind)Kind,
        Owner = Owner,
        Title = new(TitleZh, TitleEn),
        Content = new(ContentZh, ContentEn),
        Details = Details,
        Status = new(Status, StatusColor),
        SentAt = Instants.FromMilliseconds(SentAt),
        RecalledAt = Instants.FromMilliseconds(RecalledAt),
    };
}
