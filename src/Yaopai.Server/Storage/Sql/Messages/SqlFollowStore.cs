using Yaopai.Server.Messages;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Messages;

internal sealed class SqlFollowStore(Database database) : IFollowStore
{
    /// <summary>How many ids a statement names at most.</summary>
    private const int Chunk = 500;

    public Task<bool> TryAddAsync(Follow follow, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            INSERT INTO public_account_follow (tenant_id, user_id, account_id, since)
            SELECT tenant_id, @UserId, id, @since
              FROM public_account
             WHERE tenant_id = @TenantId AND id = @AccountId
               AND (SELECT COUNT(*) FROM public_account_follow WHERE tenant_id = @TenantId AND user_id = @UserId) < @Most
            ON CONFLICT (tenant_id, user_id, account_id) DO NOTHING
            """,
            new { follow.TenantId, follow.UserId, follow.AccountId, since = follow.Since.ToMilliseconds(), Most = (long)Follow.Most })
            == 1, ct);

    public Task<bool> TryRemoveAsync(long tenantId, string accountId, string userId, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            DELETE FROM public_account_follow
             WHERE tenant_id = @tenantId AND user_id = @userId AND account_id = @accountId
            """, new { tenantId, accountId, userId }) == 1, ct);

    public Task<IReadOnlySet<string>> AmongAsync(
        long tenantId, string accountId, IReadOnlyCollection<string> userIds, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            foreach (var chunk in userIds.Chunk(Chunk))
            {
                found.UnionWith(await session.ListAsync<string>(
                    """
                    SELECT user_id
                      FROM public_account_follow
                     WHERE tenant_id = @tenantId AND user_id IN @chunk AND account_id = @accountId
                    """, new { tenantId, accountId, chunk }));
            }

            return (IReadOnlySet<string>)found;
        }, ct);

    public async Task<IReadOnlyList<Follow>> OfAsync(long tenantId, string userId, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<Row>(
               """
               SELECT account_id, since
                 FROM public_account_follow
                WHERE tenant_id = @tenantId AND user_id = @userId
                ORDER BY account_id
               """, new { tenantId, userId }), ct)
           select new Follow(tenantId, row.AccountId, userId, Instants.FromMilliseconds(row.Since)),
    ];

    private sealed class Row
    {
        public string AccountId { get; init; } = "";
        public long Since { get; init; }
    }
}
