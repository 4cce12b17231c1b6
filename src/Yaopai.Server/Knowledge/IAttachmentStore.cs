namespace Yaopai.Server.Knowledge;

/// <summary>Files on their way in: nobody finds one until all of it is there.</summary>
internal interface IUploadStore
{
    /// <summary>False when the id is taken.</summary>
    Task<bool> TryAddAsync(long tenantId, Attachment attachment, DateTimeOffset keepUntil, CancellationToken ct);

    /// <summary>Adds the next bytes of a file that is not complete. False when the tenant would store more than it may.</summary>
    /// <param name="number">Of this part, from zero.</param>
    Task<bool> TryAppendAsync(long tenantId, string id, int number, byte[] bytes, long mostOfTenant, CancellationToken ct);

    /// <summary>Says that all of it is there. False when it was said before, or the file was swept.</summary>
    Task<bool> TrySealAsync(long tenantId, string id, AttachmentContent content, DateTimeOffset keepUntil, CancellationToken ct);

    /// <summary>Lets its parts and itself leave.</summary>
    Task AbandonAsync(long tenantId, string id, CancellationToken ct);
}

/// <summary>Files of apps, complete or announced.</summary>
internal interface IAttachmentStore
{
    Task<Attachment?> FindAsync(long tenantId, string id, CancellationToken ct);

    /// <summary>The bytes of a part; null behind the last.</summary>
    Task<byte[]?> ReadPartAsync(long tenantId, string contentId, int number, CancellationToken ct);

    /// <summary>Gives a file the name and content of another that is complete, which leaves. False when the app has no such file.</summary>
    Task<bool> TryTakeOverAsync(long tenantId, long appId, string id, string fromId, DateTimeOffset keepUntil, CancellationToken ct);

    /// <summary>False when the app has no such file, or an article has it.</summary>
    Task<bool> TryRemoveAsync(long tenantId, long appId, string id, CancellationToken ct);

    /// <summary>Whether an article in one of these lists has it.</summary>
    Task<bool> IsInListAsync(long tenantId, string id, IReadOnlyList<string> scopes, DateTimeOffset publishedBy, CancellationToken ct);
}
