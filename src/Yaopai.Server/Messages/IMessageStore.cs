namespace Yaopai.Server.Messages;

/// <summary>A message as one member has it.</summary>
/// <param name="Status">Their own where the sender gave them one, else the message's.</param>
internal sealed record InboxItem(Message Message, MessageStatus Status);

/// <summary>Messages, and who has them.</summary>
internal interface IMessageStore
{
    /// <summary>Stores the message and a row for each member who is named, all or nothing. False when the id is taken.</summary>
    Task<bool> TryAddAsync(Message message, Recipients recipients, CancellationToken ct);

    Task<Message?> FindAsync(long tenantId, long id, CancellationToken ct);

    /// <summary>A page of what a member has, the latest first: what came to them, and what came to an audience of theirs.</summary>
    /// <param name="before">Only older ones.</param>
    Task<IReadOnlyList<InboxItem>> ListAsync(
        long tenantId, string userId, IReadOnlyList<Belonging> belongings, long before, int take, CancellationToken ct);

    /// <summary>Changes what the message of that app says of its thing. False when there is none, or none any more.</summary>
    /// <param name="userIds">Those of its recipients who see it changed; empty for everybody.</param>
    Task<bool> TryChangeStatusAsync(
        long tenantId, long appId, long id, MessageStatus status, IReadOnlyList<string> userIds, CancellationToken ct);

    /// <summary>Takes back what the message of that app said, and forgets it. False when there is none, or none any more.</summary>
    Task<bool> TryRecallAsync(long tenantId, long appId, long id, DateTimeOffset now, CancellationToken ct);
}
