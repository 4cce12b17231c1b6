namespace Yaopai.Server.Stores;

/// <summary>A copy of the demo data as it is stored: what it consists of is for the sandbox alone to read.</summary>
internal sealed record StoredWorld(string Id, string Parts, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>The worlds of the sandbox, for all nodes and beyond a restart.</summary>
internal interface IWorldStore
{
    Task<StoredWorld?> FindAsync(string id, CancellationToken ct);

    /// <summary>Up to <paramref name="take"/> worlds with an id above this, by id.</summary>
    Task<IReadOnlyList<StoredWorld>> ListAsync(string after, int take, CancellationToken ct);

    /// <summary>Up to <paramref name="take"/> worlds whose time is over.</summary>
    Task<IReadOnlyList<StoredWorld>> ListExpiredAsync(DateTimeOffset now, int take, CancellationToken ct);

    /// <summary>False when the id is taken, or when there are as many as may be.</summary>
    Task<bool> TryAddAsync(StoredWorld world, int most, CancellationToken ct);

    Task RemoveAsync(string id, CancellationToken ct);
}
