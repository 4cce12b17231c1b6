using Yaopai.Server.Knowledge;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Knowledge;

internal sealed class AttachmentRow
{
    public string Id { get; init; } = "";
    public long AppId { get; init; }
    public string Name { get; init; } = "";
    public string ContentId { get; init; } = "";
    public long Stored { get; init; }
    public string? Type { get; init; }
    public byte[]? Md5 { get; init; }
    public byte[]? Sha256 { get; init; }
    public long? AnnouncedSize { get; init; }
    public byte[]? AnnouncedMd5 { get; init; }
    public byte[]? AnnouncedKey { get; init; }
    public long? AnnouncedUntil { get; init; }
    public long Links { get; init; }
    public long? Bucket { get; init; }

    public Attachment ToAttachment() => new(
        Id, AppId, Name, ContentId,
        Sha256 is null ? null : new AttachmentContent(Stored, Type!, Md5!, Sha256),
        AnnouncedKey is null
            ? null
            : new Announcement(AnnouncedSize!.Value, AnnouncedMd5!, AnnouncedKey, Instants.FromMilliseconds(AnnouncedUntil!.Value)));
}
