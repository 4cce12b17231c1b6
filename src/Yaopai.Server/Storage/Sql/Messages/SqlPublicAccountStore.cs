using Yaopai.Server.Messages;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Messages;

internal sealed class SqlPublicAccountStore(Database database) : IPublicAccountStore
{
    public Task<bool> TryAddAsync(PublicAccount account, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            INSERT INTO public_account (tenant_id, id, name, created_at)
            VALUES (@TenantId, @Id, @Name, @createdAt)
            ON CONFLICT (tenant_id, id) DO NOTHING
            """, new { account.TenantId, account.Id, account.Name, createdAt = account.CreatedAt.ToMilliseconds() }) == 1, ct);

    public async Task<PublicAccount?> FindAsync(long tenantId, string id, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<Row>(
            """
            SELECT tenant_id, id, name, created_at
              FROM public_account
             WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id }), ct))?.ToAccount();

    public async Task<IReadOnlyList<PublicAccount>> ListAsync(long tenantId, string after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<Row>(
               """
               SELECT tenant_id, id, name, created_at
                 FROM public_account
                WHERE tenant_id = @tenantId AND id > @after
                ORDER BY id
                LIMIT @take
               """, new { tenantId, after, take = (long)take }), ct)
           select row.ToAccount(),
    ];

    private sealed class Row
    {
        public long TenantId { get; init; }
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public long CreatedAt { get; init; }

        public PublicAccount ToAccount() => new(TenantId, Id, Name, Instants.FromMilliseconds(CreatedAt));
    }
}
