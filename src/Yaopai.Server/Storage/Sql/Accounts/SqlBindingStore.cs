using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlBindingStore(Database database) : IBindingStore
{
    private const string Select = "SELECT provider, provider_app_id, open_id, union_id, account_id, developer_id, bound_at FROM binding";

    public async Task<Binding?> FindAsync(ThirdPartyIdentity identity, long developerId, CancellationToken ct)
    {
        var key = new { identity.Provider, identity.ProviderAppId, identity.OpenId, identity.UnionId, developerId };
        var row = await database.ReadAsync(session => session.FirstAsync<Row>(
            $"""
            {Select}
             WHERE provider = @Provider AND provider_app_id = @ProviderAppId AND open_id = @OpenId
            """, key), ct);
        if (row is null && identity.UnionId is not null)
        {
            row = await database.ReadAsync(session => session.FirstAsync<Row>(
                $"""
                {Select}
                 WHERE provider = @Provider AND developer_id = @developerId AND union_id = @UnionId
                 ORDER BY bound_at
                 LIMIT 1
                """, key), ct);
        }

        return row?.ToBinding();
    }

    public async Task<IReadOnlyList<Binding>> ListAsync(long accountId, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<Row>(
               $"""
               {Select}
                WHERE account_id = @accountId
                ORDER BY provider, provider_app_id, open_id
               """, new { accountId }), ct)
           select row.ToBinding(),
    ];

    public Task<bool> TryAddAsync(Binding binding, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            INSERT INTO binding (provider, provider_app_id, open_id, union_id, account_id, developer_id, bound_at)
            SELECT @Provider, @ProviderAppId, @OpenId, @UnionId, @AccountId, @DeveloperId, @boundAt
             WHERE EXISTS (SELECT 1 FROM account WHERE id = @AccountId)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                binding.Identity.Provider,
                binding.Identity.ProviderAppId,
                binding.Identity.OpenId,
                binding.Identity.UnionId,
                binding.AccountId,
                binding.DeveloperId,
                boundAt = binding.BoundAt.ToMilliseconds(),
            }) == 1, ct);

    public Task<bool> TryRemoveAsync(long accountId, ThirdPartyIdentity identity, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            DELETE FROM binding
             WHERE account_id = @accountId AND provider = @Provider AND provider_app_id = @ProviderAppId AND open_id = @OpenId
            """, new { accountId, identity.Provider, identity.ProviderAppId, identity.OpenId }) == 1, ct);

    private sealed class Row
    {
        public string Provider { get; init; } = "";
        public string ProviderAppId { get; init; } = "";
        public string OpenId { get; init; } = "";
        public string? UnionId { get; init; }
        public long AccountId { get; init; }
        public long DeveloperId { get; init; }
        public long BoundAt { get; init; }

        public Binding ToBinding() => new(
            new ThirdPartyIdentity(Provider, ProviderAppId, OpenId, UnionId), AccountId, DeveloperId, Instants.FromMilliseconds(BoundAt));
    }
}
