namespace Yaopai.Server.DataStore;

/// <summary>Associations. Each is found by its name or its inverse, and seen as the name that was used sees it.</summary>
internal interface IAssociationDefinitionStore
{
    Task<IReadOnlyList<AssociationDefinition>> ListAsync(long appId, CancellationToken ct);

    Task<AssociationDefinition?> FindAsync(long appId, string name, CancellationToken ct);

    Task<DataOutcome> AddAsync(long appId, AssociationDefinition definition, CancellationToken ct);

    Task<DataOutcome> RenameAsync(long appId, string name, AssociationRename change, CancellationToken ct);

    /// <summary>Removes the definition and every association of it.</summary>
    Task<DataOutcome> RemoveAsync(long appId, string name, CancellationToken ct);
}

/// <summary>Associations of objects.</summary>
internal interface IAssociationStore
{
    /// <summary>Stores all of them or none; one that is there gets new data and a new time.</summary>
    Task<DataOutcome> PutAsync(long appId, IReadOnlyCollection<Association> associations, CancellationToken ct);

    /// <summary>Removes all of them, or none when one is not there.</summary>
    Task<DataOutcome> RemoveAsync(long appId, IReadOnlyCollection<AssociationKey> associations, CancellationToken ct);

    /// <summary>Removes what all pages of <see cref="ListAsync"/> would find.</summary>
    Task<DataOutcome> RemoveAllAsync(long appId, string name, long id, CancellationToken ct);

    /// <summary>A page of the objects associated with this one, the oldest association first.</summary>
    Task<DataAnswer<IReadOnlyList<AssociatedObject>>> ListAsync(long appId, string name, long id, DataPage page, CancellationToken ct);

    Task<DataAnswer<IReadOnlyDictionary<long, long>>> CountAsync(
        long appId, string name, IReadOnlyCollection<long> ids, CancellationToken ct);

    /// <summary>Everything that can be read from the first and leads to the second.</summary>
    Task<DataAnswer<IReadOnlyList<Association>>> BetweenAsync(long appId, long firstId, long secondId, CancellationToken ct);
}
