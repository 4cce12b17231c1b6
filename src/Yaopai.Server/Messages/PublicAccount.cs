namespace Yaopai.Server.Messages;

/// <summary>A sender that members of a tenant follow.</summary>
internal sealed record PublicAccount(long TenantId, string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>The public accounts of a tenant.</summary>
internal interface IPublicAccountStore
{
    /// <summary>False when the tenant has one of that id.</summary>
    Task<bool> TryAddAsync(PublicAccount account, CancellationToken ct);

    Task<PublicAccount?> FindAsync(long tenantId, string id, CancellationToken ct);

    /// <summary>By id, those behind this one.</summary>
    Task<IReadOnlyList<PublicAccount>> ListAsync(long tenantId, string after, int take, CancellationToken ct);
}

/// <summary>Somebody who follows a public account.</summary>
internal sealed record Follow(long TenantId, string AccountId, string UserId, DateTimeOffset Since)
{
    /// <summary>How many public accounts a member may follow: each is looked at when the inbox is read.</summary>
    public const int Most = 200;
}

/// <summary>Who follows which public account of a tenant.</summary>
internal interface IFollowStore
{
    /// <summary>False when it is so already, when the account is not there, or when the member follows as many as one may.</summary>
    Task<bool> TryAddAsync(Follow follow, CancellationToken ct);

    /// <summary>False when there was none.</summary>
    Task<bool> TryRemoveAsync(long tenantId, string accountId, string userId, CancellationToken ct);

    /// <summary>Which of these members follow the account.</summary>
    Task<IReadOnlySet<string>> AmongAsync(long tenantId, string accountId, IReadOnlyCollection<string> userIds, CancellationToken ct);

    /// <summary>What the member follows.</summary>
    Task<IReadOnlyList<Follow>> OfAsync(long tenantId, string userId, CancellationToken ct);
}
