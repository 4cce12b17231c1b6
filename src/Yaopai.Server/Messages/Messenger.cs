using Yaopai.Server.Apps;

namespace Yaopai.Server.Messages;

/// <summary>What an app asks to be sent.</summary>
internal sealed record Draft(long TenantId, long AppId, MessageKind Kind)
{
    /// <summary>How many bytes a title has at most, and a content: what is longer is cut.</summary>
    public const int TitleBytes = 128, ContentBytes = 512;

    public string? PublicAccountId { get; init; }

    public string Owner { get; init; } = "";

    public Bilingual Title { get; init; } = Bilingual.None;

    public Bilingual Content { get; init; } = Bilingual.None;

    public MessageStatus Status { get; init; } = MessageStatus.None;

    /// <inheritdoc cref="Message.Details"/>
    public string Details { get; init; } = "{}";
}

/// <summary>Sends messages to members of a tenant, and shows them what they got.</summary>
internal sealed class Messenger(IEnumerable<IMessageChannel> channels, IMessageStore store, IFollowStore follows, IAppClock clock)
{
    private readonly IMessageChannel[] _channels = [.. channels];

    /// <summary>Null when it could not be delivered; then nobody has it.</summary>
    public async Task<Message?> SendAsync(Draft draft, Recipients recipients, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(recipients.AreFew, false, nameof(recipients));
        var now = clock.Now;
        var message = new Message
        {
            TenantId = draft.TenantId,
            Id = MessageIds.NewId(now),
            AppId = draft.AppId,
            PublicAccountId = draft.PublicAccountId,
            Kind = draft.Kind,
            Owner = draft.Owner,
            Title = draft.Title.Truncated(Draft.TitleBytes),
            Content = draft.Content.Truncated(Draft.ContentBytes),
            Details = draft.Details,
            Status = draft.Status,
            SentAt = now,
        };
        return await TryDeliverAsync(new Sending(message, recipients), ct) ? message : null;
    }

    /// <summary>A message of that app that nobody took back; of another's it answers as of one that is not there.</summary>
    public async Task<Message?> FindAsync(long tenantId, long appId, long id, CancellationToken ct) =>
        await store.FindAsync(tenantId, id, ct) is { RecalledAt: null } message && message.AppId == appId ? message : null;

    /// <summary>False when it could not be delivered; then nobody sees it.</summary>
    /// <param name="userIds">Those of its recipients who see it changed; empty for everybody.</param>
    public Task<bool> TryChangeStatusAsync(Message message, MessageStatus status, IReadOnlyList<string> userIds, CancellationToken ct) =>
        TryDeliverAsync(new StatusChange(message, status, userIds), ct);

    /// <summary>False when it could not be delivered; then everybody still has it.</summary>
    public Task<bool> TryRecallAsync(Message message, CancellationToken ct) => TryDeliverAsync(new Recall(message, clock.Now), ct);

    /// <summary>A page of what a member has, the latest first.</summary>
    /// <param name="others">What else they belong to, beside the public accounts that they follow.</param>
    /// <param name="before">Only older ones; null for the latest.</param>
    public async Task<IReadOnlyList<InboxItem>> InboxAsync(
        long tenantId, string userId, IEnumerable<Belonging> others, long? before, int take, CancellationToken ct)
    {
        var followed = from follow in await follows.OfAsync(tenantId, userId, ct)
                       select new Belonging(Audience.FollowersOf(follow.AccountId), follow.Since);
        return await store.ListAsync(tenantId, userId, [.. followed, .. others], before ?? long.MaxValue, take, ct);
    }

    private async Task<bool> TryDeliverAsync(Delivery delivery, CancellationToken ct)
    {
        foreach (var channel in _channels)
        {
            if (!await channel.TryDeliverAsync(delivery, ct))
                return false;
        }

        return true;
    }
}
