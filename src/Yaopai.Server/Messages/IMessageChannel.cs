namespace Yaopai.Server.Messages;

/// <summary>What happens to a message.</summary>
internal abstract record Delivery(Message Message);

internal sealed record Sending(Message Message, Recipients Recipients) : Delivery(Message);

/// <param name="UserIds">Empty for all who have it.</param>
internal sealed record StatusChange(Message Message, MessageStatus Status, IReadOnlyList<string> UserIds) : Delivery(Message);

internal sealed record Recall(Message Message, DateTimeOffset At) : Delivery(Message);

/// <summary>A way by which messages reach people.</summary>
/// <remarks>
/// They are asked one after the other, the inbox last: it is the one that can be all or nothing, so what another refused is in no inbox.
/// What was handed on by another, and then failed in the inbox, comes to it again with another id when its sender tries again.
/// </remarks>
internal interface IMessageChannel
{
    /// <summary>False when it could not be handed on.</summary>
    Task<bool> TryDeliverAsync(Delivery delivery, CancellationToken ct);
}

/// <summary>The inbox that every member has.</summary>
internal sealed class InboxChannel(IMessageStore store) : IMessageChannel
{
    public Task<bool> TryDeliverAsync(Delivery delivery, CancellationToken ct) => delivery switch
    {
        Sending it => store.TryAddAsync(it.Message, it.Recipients, ct),
        StatusChange { Message: var message } it =>
            store.TryChangeStatusAsync(message.TenantId, message.AppId, message.Id, it.Status, it.UserIds, ct),
        Recall { Message: var message } it => store.TryRecallAsync(message.TenantId, message.AppId, message.Id, it.At, ct),
        _ => throw new InvalidOperationException($"An inbox knows no {delivery.GetType().Name}."),
    };
}
