namespace Yaopai.Server.Knowledge;

/// <summary>A file of an app, for its articles.</summary>
/// <param name="Id">32 hexadecimal digits, random.</param>
/// <param name="ContentId">Where its bytes are kept.</param>
/// <param name="Content">Null until all of them are.</param>
/// <param name="Announced">Null for one that nobody announced.</param>
internal sealed record Attachment(
    string Id, long AppId, string Name, string ContentId, AttachmentContent? Content, Announcement? Announced);

/// <param name="Type">What the first bytes say that it is, whatever its name says.</param>
internal sealed record AttachmentContent(long Size, string Type, byte[] Md5, byte[] Sha256);

/// <summary>What somebody said of a file that they are going to send.</summary>
/// <param name="KeyHash">SHA-256 of what the sender has to show.</param>
/// <param name="Until">By the clock of the app.</param>
internal sealed record Announcement(long Size, byte[] Md5, byte[] KeyHash, DateTimeOffset Until);

/// <summary>What a sender says of the bytes; null where nothing was said.</summary>
internal sealed record Expected(long? Size = null, byte[]? Md5 = null);

internal enum UploadOutcome
{
    Done,
    Empty,
    TooLarge,

    /// <summary>The bytes are not those that were said to come.</summary>
    Different,

    /// <summary>The tenant would store more than it may.</summary>
    QuotaExceeded,

    /// <summary>There is no such file, or its bytes may come no longer.</summary>
    Unknown,
}

/// <param name="Attachment">Null unless it is done.</param>
internal readonly record struct UploadAnswer(UploadOutcome Outcome, Attachment? Attachment = null)
{
    public static implicit operator UploadAnswer(UploadOutcome outcome) => new(outcome);
}
