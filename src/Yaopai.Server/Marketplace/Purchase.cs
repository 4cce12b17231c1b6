namespace Yaopai.Server.Marketplace;

internal enum PurchaseState
{
    Active = 1,

    /// <summary>Its time is over; it can be renewed.</summary>
    Expired = 2,

    /// <summary>Gone for good.</summary>
    Released = 3,
}

/// <summary>What a customer bought of an app on a marketplace: one instance of its service.</summary>
/// <param name="InstanceId">By which app and marketplace speak of it.</param>
/// <param name="OrderId">The order that made it.</param>
/// <param name="CustomerId">Who bought it, at the marketplace.</param>
/// <param name="Plan">What was bought of the product; may be empty.</param>
/// <param name="ExpiresAt">Null for what was bought for good.</param>
internal sealed record Purchase(
    long AppId, string InstanceId, string OrderId, string CustomerId, string ProductId, string Plan, DateTimeOffset? ExpiresAt,
    PurchaseState State, DateTimeOffset CreatedAt);

/// <summary>Something that happened to a purchase after it was made.</summary>
/// <param name="OrderId">The order that asked for it; an order counts once.</param>
internal sealed record Renewal(long AppId, string InstanceId, string OrderId, string ProductId, DateTimeOffset? ExpiresAt);

/// <summary>Purchases: an order makes one, or renews one, and does so once however often it comes.</summary>
internal interface IPurchaseStore
{
    /// <summary>The purchase that the order made: this one, or the one that it made before.
    /// Null, and nothing is kept, when the order was for something else or the customer is another tenant.</summary>
    /// <param name="tenantId">The tenant that the customer is; null where that is not known.</param>
    Task<Purchase?> AddAsync(Purchase purchase, long? tenantId, CancellationToken ct);

    Task<Purchase?> FindAsync(long appId, string instanceId, CancellationToken ct);

    /// <summary>True also when the order renewed it before; false when there is no such instance any more,
    /// or the order was for another.</summary>
    Task<bool> TryRenewAsync(Renewal renewal, CancellationToken ct);

    /// <summary>False when there is no such instance, or it is released and was to be something else.</summary>
    Task<bool> TryEndAsync(long appId, string instanceId, PurchaseState state, CancellationToken ct);
}

/// <summary>Which tenant a customer of the marketplace is: bound once.</summary>
internal interface ICustomerStore
{
    Task<long?> FindTenantAsync(long appId, string customerId, CancellationToken ct);

    /// <summary>False when the customer is bound to another tenant.</summary>
    Task<bool> TryBindAsync(long appId, string customerId, long tenantId, DateTimeOffset now, CancellationToken ct);
}

/// <summary>The keys that an app shares with the marketplace, sealed: one an app.</summary>
internal interface IMarketKeyStore
{
    Task<byte[]?> FindAsync(long appId, CancellationToken ct);

    Task PutAsync(long appId, byte[] @sealed, CancellationToken ct);

    Task<bool> TryRemoveAsync(long appId, CancellationToken ct);
}
