namespace Yaopai.Server.Apps;

/// <summary>A developer account: the owner of apps, and the scope of a UnionID.</summary>
/// <param name="GroupId">The account group it belongs to: the scope of a GroupUnionID.</param>
internal sealed record Developer(long Id, string Name, long? GroupId, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);

/// <summary>Linked developers whose apps may know one user by one GroupUnionID.</summary>
internal sealed record AccountGroup(long Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);
