using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Organisations;

internal sealed class SqlTenantStore(Database database) : ITenantStore
{
    private const string Select =
        """
        SELECT id, name, name_en, domain, contact_name, scale, registered, type, licensed_from, licensed_until,
               created_at, changed_at, disabled_at
          FROM tenant
        """;

    private const string Update =
        """
        UPDATE tenant
           SET name           = @Name,
               name_en        = @NameEn,
               contact_name   = @ContactName,
               scale          = @Scale,
               registered     = @Registered,
               type           = @Type,
               licensed_from  = @LicensedFrom,
               licensed_until = @LicensedUntil,
               created_at     = @CreatedAt,
               changed_at     = @ChangedAt,
               disabled_at    = @DisabledAt
         WHERE id = @Id
        """;

    public Task<Tenant?> FindAsync(long id, CancellationToken ct) => FirstAsync(
        $"""
        {Select}
         WHERE id = @id
        """, new { id }, ct);

    public Task<Tenant?> FindByDomainAsync(string domain, CancellationToken ct) => FirstAsync(
        $"""
        {Select}
         WHERE domain = @domain
        """, new { domain }, ct);

    public async Task<IReadOnlyList<Tenant>> ListAsync(long? after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<TenantRow>(
               $"""
               {Select}
                WHERE id > @after
                ORDER BY id
                LIMIT @take
               """, new { after = after ?? long.MinValue, take = (long)take }), ct)
           select row.ToTenant(),
    ];

    public async Task<IReadOnlyList<Tenant>> ListAsync(TenantFilter filter, long? after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<TenantRow>(
               $"""
               {Select}
                WHERE (@after IS NULL OR id > @after)
                  AND (@Domain     IS NULL OR domain = @Domain)
                  AND (@NameBegins IS NULL OR SUBSTR(name, 1, LENGTH(@NameBegins)) = @NameBegins)
                  AND (@isDisabled IS NULL OR CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END = @isDisabled)
                ORDER BY id
                LIMIT @take
               """,
               new { filter.Domain, filter.NameBegins, isDisabled = Flags.Of(filter.IsDisabled), after, take = (long)take }), ct)
           select row.ToTenant(),
    ];

    public Task<bool> TryAddAsync(Tenant tenant, CancellationToken ct) => TryStoreAsync(
        """
        INSERT INTO tenant (id, name, name_en, domain, contact_name, scale, registered, type, licensed_from, licensed_until,
                            created_at, changed_at, disabled_at, last_number)
        VALUES (@Id, @Name, @NameEn, @Domain, @ContactName, @Scale, @Registered, @Type, @LicensedFrom, @LicensedUntil,
                @CreatedAt, @ChangedAt, @DisabledAt, 1000)
        """, tenant, ct);

    public Task<bool> TryChangeAsync(Tenant tenant, CancellationToken ct) => TryStoreAsync(Update, tenant, ct);

    public async Task<Tenant?> ChangeAsync(long id, Func<Tenant, Tenant?> change, CancellationToken ct)
    {
        Tenant? changed = null;
        var stored = await database.TryWriteAsync(
            async session =>
            {
                // Written before it is read, which keeps other changes of it waiting.
                if (await session.ExecuteAsync("UPDATE tenant SET name = name WHERE id = @id", new { id }) == 0)
                    return false;

                var row = await session.FirstAsync<TenantRow>(
                    $"""
                    {Select}
                     WHERE id = @id
                    """, new { id });
                changed = change(row!.ToTenant());
                return changed is not null && await StoreAsync(session, Update, changed);
            }, ct);
        return stored ? changed : null;
    }

    private async Task<Tenant?> FirstAsync(string sql, object parameters, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<TenantRow>(sql, parameters), ct))?.ToTenant();

    private Task<bool> TryStoreAsync(string sql, Tenant tenant, CancellationToken ct) =>
        database.TryWriteAsync(session => StoreAsync(session, sql, tenant), ct);

    private static async Task<bool> StoreAsync(Session session, string sql, Tenant tenant)
    {
        var stored = await session.ExecuteAsync(sql, TenantRow.Of(tenant)) == 1;
        await session.AnnounceAsync(ChangeKind.Tenant, tenant.Id);
        return stored;
    }

    private sealed class TenantRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string NameEn { get; init; } = "";
        public string Domain { get; init; } = "";
        public string? ContactName { get; init; }
        public string? Scale { get; init; }
        public long Registered { get; init; }
        public long Type { get; init; }
        public long? LicensedFrom { get; init; }
        public long? LicensedUntil { get; init; }
        public long CreatedAt { get; init; }
        public long ChangedAt { get; init; }
        public long? DisabledAt { get; init; }

        public static TenantRow Of(Tenant tenant) => new()
        {
            Id = tenant.Id,
            Name = tenant.Name,
            NameEn = tenant.NameEn,
            Domain = tenant.Domain,
            ContactName = tenant.ContactName,
            Scale = tenant.Scale,
            Registered = tenant.Registered,
            Type = tenant.Type,
            LicensedFrom = tenant.LicensedFrom.ToMilliseconds(),
            LicensedUntil = tenant.LicensedUntil.ToMilliseconds(),
            CreatedAt = tenant.CreatedAt.ToMilliseconds(),
            ChangedAt = tenant.ChangedAt.ToMilliseconds(),
            DisabledAt = tenant.DisabledAt.ToMilliseconds(),
        };

        public Tenant ToTenant() => new()
        {
            Id = Id,
            Name = Name,
            NameEn = NameEn,
            Domain = Domain,
            ContactName = ContactName,
            Scale = Scale,
            Registered = (int)Registered,
            Type = (int)Type,
            LicensedFrom = Instants.FromMilliseconds(LicensedFrom),
            LicensedUntil = Instants.FromMilliseconds(LicensedUntil),
            CreatedAt = Instants.FromMilliseconds(CreatedAt),
            ChangedAt = Instants.FromMilliseconds(ChangedAt),
            DisabledAt = Instants.FromMilliseconds(DisabledAt),
        };
    }
}
