namespace Yaopai.Server.Accounts;

/// <summary>A friend of somebody, with what others may read of them.</summary>
internal sealed record Friend(long AccountId, string Name, string? Nickname, string? AvatarUrl);

internal enum FriendOrder
{
    /// <summary>The latest first.</summary>
    AddedAt,

    /// <summary>By the last sign-in, latest first; friends without one that is remembered come last.</summary>
    LastSignIn,
}

/// <summary>Only friends who use an app, or only those who do not: a person uses an app as long as they allow it something.</summary>
internal sealed record FriendUse(long AppId, bool Uses);

/// <summary>Friendships. One holds one way: the other way is a friendship of its own.</summary>
internal interface IFriendStore
{
    /// <param name="use">Null for all of them.</param>
    Task<IReadOnlyList<Friend>> ListAsync(long accountId, FriendOrder order, FriendUse? use, int skip, int take, CancellationToken ct);

    /// <summary>Which of these have this account for a friend.</summary>
    Task<IReadOnlySet<long>> MutualAsync(long accountId, IReadOnlyCollection<long> friendIds, CancellationToken ct);

    /// <summary>The friendships among these accounts, whichever way they hold.</summary>
    Task<IReadOnlyList<(long AccountId, long FriendId)>> AmongAsync(IReadOnlyCollection<long> accountIds, CancellationToken ct);

    /// <summary>False when it is there already, or when one of the two accounts is not.</summary>
    Task<bool> TryAddAsync(long accountId, long friendId, DateTimeOffset addedAt, CancellationToken ct);

    /// <summary>False when there was none.</summary>
    Task<bool> TryRemoveAsync(long accountId, long friendId, CancellationToken ct);
}
