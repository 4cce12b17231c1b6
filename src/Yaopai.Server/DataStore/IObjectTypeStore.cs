namespace Yaopai.Server.DataStore;

/// <summary>Object types. What is stored refers to them by ids that no caller sees, so that a rename touches one row.</summary>
internal interface IObjectTypeStore
{
    Task<IReadOnlyList<ObjectType>> ListAsync(long appId, CancellationToken ct);

    Task<ObjectType?> FindAsync(long appId, string name, CancellationToken ct);

    Task<DataOutcome> AddAsync(long appId, string name, CancellationToken ct);

    Task<DataOutcome> RenameAsync(long appId, string name, string newName, CancellationToken ct);

    /// <summary>Removes the type with its objects, its hash values, their associations and the associations defined for it.</summary>
    Task<DataOutcome> RemoveAsync(long appId, string name, CancellationToken ct);
}

/// <summary>The properties of object types.</summary>
internal interface IPropertyStore
{
    Task<DataOutcome> AddAsync(long appId, string type, PropertyDefinition property, CancellationToken ct);

    Task<DataOutcome> RenameAsync(long appId, string type, string name, string newName, CancellationToken ct);

    /// <summary>Removes the property with every value of it.</summary>
    Task<DataOutcome> RemoveAsync(long appId, string type, string name, CancellationToken ct);
}
