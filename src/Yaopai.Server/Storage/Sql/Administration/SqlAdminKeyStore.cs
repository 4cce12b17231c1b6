using Yaopai.Server.Administration;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Administration;

internal sealed class SqlAdminKeyStore(Database database) : IAdminKeyStore
{
    private const string Select =
        """
        SELECT id, name, role, hash, previous_hash, previous_until, created_at, rotated_at, expires_at, revoked_at,
               last_used_at, last_address
          FROM admin_key
        """;

    public async Task<AdminKey?> FindAsync(long id, CancellationToken ct) =>
        (await database.ReadAsync(session => FirstAsync(session, id), ct))?.ToKey();

    public async Task<IReadOnlyList<AdminKey>> ListAsync(long after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<KeyRow>(
               $"""
               {Select}
                WHERE id > @after
                ORDER BY id
                LIMIT @take
               """, new { after, take }), ct)
           select row.ToKey(),
    ];

    public Task<bool> TryAddAsync(AdminKey key, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            INSERT INTO admin_key (id, name, role, hash, previous_hash, previous_until, created_at, rotated_at, expires_at, revoked_at)
            VALUES (@Id, @Name, @Role, @Hash, @PreviousHash, @PreviousUntil, @CreatedAt, @RotatedAt, @ExpiresAt, @RevokedAt)
            """, KeyRow.Of(key)) == 1, ct);

    public async Task<AdminKey?> ChangeAsync(long id, Func<AdminKey, AdminKey?> change, CancellationToken ct)
    {
        AdminKey? changed = null;
        var stored = await database.TryWriteAsync(
            async session =>
            {
                // Written before it is read, which keeps other changes of it waiting.
                if (await session.ExecuteAsync("UPDATE admin_key SET name = name WHERE id = @id", new { id }) == 0)
                    return false;

                changed = change((await FirstAsync(session, id))!.ToKey());
                return changed is not null && await session.ExecuteAsync(
                    """
                    UPDATE admin_key
                       SET name           = @Name,
                           role           = @Role,
                           hash           = @Hash,
                           previous_hash  = @PreviousHash,
                           previous_until = @PreviousUntil,
                           rotated_at     = @RotatedAt,
                           expires_at     = @ExpiresAt,
                           revoked_at     = @RevokedAt
                     WHERE id = @Id
                    """, KeyRow.Of(changed)) == 1;
            }, ct);
        return stored ? changed : null;
    }

    public Task TouchAsync(long id, DateTimeOffset usedAt, string address, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE admin_key
               SET last_used_at = @usedAt,
                   last_address = @address
             WHERE id = @id
            """, new { id, usedAt = usedAt.ToMilliseconds(), address }), ct);

    private static Task<KeyRow?> FirstAsync(Session session, long id) => session.FirstAsync<KeyRow>(
        $"""
        {Select}
         WHERE id = @id
        """, new { id });

    private sealed class KeyRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public long Role { get; init; }
        public byte[] Hash { get; init; } = [];
        public byte[]? PreviousHash { get; init; }
        public long? PreviousUntil { get; init; }
        public long CreatedAt { get; init; }
        public long? RotatedAt { get; init; }
        public long? ExpiresAt { get; init; }
        public long? RevokedAt { get; init; }
        public long? LastUsedAt { get; init; }
        public string? LastAddress { get; init; }

        public static KeyRow Of(AdminKey key) => new()
        {
            Id = key.Id,
            Name = key.Name,
            Role = (long)key.Role,
            Hash = key.Hash,
            PreviousHash = key.PreviousHash,
            PreviousUntil = key.PreviousUntil.ToMilliseconds(),
            CreatedAt = key.CreatedAt.ToMilliseconds(),
            RotatedAt = key.RotatedAt.ToMilliseconds(),
            ExpiresAt = key.ExpiresAt.ToMilliseconds(),
            RevokedAt = key.RevokedAt.ToMilliseconds(),
        };

        public AdminKey ToKey() => new()
        {
            Id = Id,
            Name = Name,
            Role = (AdminRole)Role,
            Hash = Hash,
            PreviousHash = PreviousHash,
            PreviousUntil = Instants.FromMilliseconds(PreviousUntil),
            CreatedAt = Instants.FromMilliseconds(CreatedAt),
            RotatedAt = Instants.FromMilliseconds(RotatedAt),
            ExpiresAt = Instants.FromMilliseconds(ExpiresAt),
            RevokedAt = Instants.FromMilliseconds(RevokedAt),
            LastUsedAt = Instants.FromMilliseconds(LastUsedAt),
            LastAddress = LastAddress,
        };
    }
}
