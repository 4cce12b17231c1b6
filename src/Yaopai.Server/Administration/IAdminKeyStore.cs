namespace Yaopai.Server.Administration;

/// <summary>Admin keys. They are few, and none is ever removed: the audit log names them.</summary>
internal interface IAdminKeyStore
{
    Task<AdminKey?> FindAsync(long id, CancellationToken ct);

    /// <summary>Up to <paramref name="take"/> keys with an id above <paramref name="after"/>, by id.</summary>
    Task<IReadOnlyList<AdminKey>> ListAsync(long after, int take, CancellationToken ct);

    /// <summary>False when the id is taken, or the name by a key that is not revoked.</summary>
    Task<bool> TryAddAsync(AdminKey key, CancellationToken ct);

    /// <summary>Changes the key as it is at that moment, but for its last use. Null when there is none, or the change answers so.</summary>
    /// <param name="change">May be asked again, where the first try did not come to its end.</param>
    Task<AdminKey?> ChangeAsync(long id, Func<AdminKey, AdminKey?> change, CancellationToken ct);

    /// <summary>Notes a use.</summary>
    Task TouchAsync(long id, DateTimeOffset usedAt, string address, CancellationToken ct);
}
