using Yaopai.Server.Accounts;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlFriendStore(Database database) : IFriendStore
{
    private const string FriendsOf =
        """
        SELECT account.id, account.name, account.nickname, account.avatar_url
          FROM friendship
          JOIN account ON account.id = friendship.friend_id
         WHERE friendship.account_id = @accountId

        """;

    private const string WhoUse = " AND EXISTS (SELECT 1 FROM consent WHERE consent.account_id = account.id AND consent.app_id = @appId) ";
    private const string WhoDoNot =
        " AND NOT EXISTS (SELECT 1 FROM consent WHERE consent.account_id = account.id AND consent.app_id = @appId) ";
    private const string ByTime = " ORDER BY friendship.added_at DESC, account.id ";

    private const string BySignIn =
        """
         ORDER BY COALESCE((SELECT MAX(sign_in.at) FROM sign_in
                             WHERE sign_in.account_id = account.id AND sign_in.outcome = @signedIn), 0) DESC,
                  friendship.added_at DESC, account.id

        """;

    private const string Page = " LIMIT @take OFFSET @skip";

    public async Task<IReadOnlyList<Friend>> ListAsync(
        long accountId, FriendOrder order, FriendUse? use, int skip, int take, CancellationToken ct)
    {
        var statement = FriendsOf + (use is null ? "" : use.Uses ? WhoUse : WhoDoNot)
            + (order is FriendOrder.AddedAt ? ByTime : BySignIn) + Page;
        var rows = await database.ReadAsync(session => session.ListAsync<FriendRow>(statement,
            new { accountId, appId = use?.AppId ?? 0, signedIn = (long)SignInOutcome.SignedIn, skip = (long)skip, take = (long)take }), ct);
        return [.. rows.Select(row => new Friend(row.Id, row.Name, row.Nickname, row.AvatarUrl))];
    }

    public async Task<IReadOnlySet<long>> MutualAsync(long accountId, IReadOnlyCollection<long> friendIds, CancellationToken ct) =>
        (await database.ReadAsync(session => session.ListAsync<PairRow>(
            """
            SELECT account_id, friend_id
              FROM friendship
             WHERE account_id IN @ids AND friend_id = @accountId
            """, new { accountId, ids = friendIds.ToArray() }), ct)).Select(row => row.AccountId).ToHashSet();

    public async Task<IReadOnlyList<(long AccountId, long FriendId)>> AmongAsync(IReadOnlyCollection<long> accountIds, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.ListAsync<PairRow>(
            """
            SELECT account_id, friend_id
              FROM friendship
             WHERE account_id IN @ids AND friend_id IN @ids
            """, new { ids = accountIds.ToArray() }), ct);
        return [.. rows.Select(row => (row.AccountId, row.FriendId))];
    }

    public Task<bool> TryAddAsync(long accountId, long friendId, DateTimeOffset addedAt, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            INSERT INTO friendship (account_id, friend_id, added_at)
            SELECT one.id, other.id, @addedAt
              FROM account AS one, account AS other
             WHERE one.id = @accountId AND other.id = @friendId AND one.id <> other.id
            ON CONFLICT (account_id, friend_id) DO NOTHING
            """, new { accountId, friendId, addedAt = addedAt.ToMilliseconds() }) == 1, ct);

    public Task<bool> TryRemoveAsync(long accountId, long friendId, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            DELETE FROM friendship
             WHERE account_id = @accountId AND friend_id = @friendId
            """, new { accountId, friendId }) == 1, ct);

    private sealed class FriendRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string? Nickname { get; init; }
        public string? AvatarUrl { get; init; }
    }

    private sealed class PairRow
    {
        public long AccountId { get; init; }
        public long FriendId { get; init; }
    }
}
