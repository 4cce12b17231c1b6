namespace Yaopai.Server.Messages;

/// <summary>Members of a tenant, as far as messages ask: whom they reach, and to which audiences somebody belongs.</summary>
internal interface IRecipientStore
{
    /// <summary>Which of these are members who are not closed.</summary>
    Task<IReadOnlySet<string>> ReachableAsync(long tenantId, IReadOnlyCollection<string> userIds, CancellationToken ct);

    /// <summary>Everything that the member belongs to, but for the public accounts that they follow: the tenant since they are in it,
    /// and its departments, those above them, and roles, whenever they came to them.</summary>
    Task<IReadOnlyList<Belonging>> BelongingsAsync(long tenantId, string userId, CancellationToken ct);
}
