namespace Yaopai.Server.DataStore;

/// <summary>How an app's objects may be associated.</summary>
internal sealed class AssociationDefinitions(IAssociationDefinitionStore store)
{
    public async Task<DataOutcome> DefineAsync(long appId, AssociationDefinition definition, CancellationToken ct) =>
        IsSound(definition) ? await store.AddAsync(appId, definition, ct) : DataOutcome.InvalidArgument;

    /// <summary>By its inverse an association is renamed as the inverse sees it.</summary>
    public async Task<DataOutcome> RenameAsync(long appId, string name, AssociationRename change, CancellationToken ct) =>
        DataText.IsName(name) && change is not { Name: null, FirstAlias: null, SecondAlias: null }
            && IsNameIfAny(change.Name) && IsNameIfAny(change.FirstAlias) && IsNameIfAny(change.SecondAlias)
            ? await store.RenameAsync(appId, name, change, ct)
            : DataOutcome.InvalidArgument;

    /// <summary>Removes the definition and every association of it.</summary>
    public async Task<DataOutcome> UndefineAsync(long appId, string name, CancellationToken ct) =>
        DataText.IsName(name) ? await store.RemoveAsync(appId, name, ct) : DataOutcome.InvalidArgument;

    public async Task<DataAnswer<AssociationDefinition>> GetAsync(long appId, string name, CancellationToken ct)
    {
        if (!DataText.IsName(name))
            return DataOutcome.InvalidArgument;

        return await store.FindAsync(appId, name, ct) is { } definition ? DataAnswer.Done(definition) : DataOutcome.NotFound;
    }

    public async Task<DataAnswer<IReadOnlyList<AssociationDefinition>>> ListAsync(long appId, CancellationToken ct) =>
        DataAnswer.Done(await store.ListAsync(appId, ct));

    private static bool IsSound(AssociationDefinition definition) =>
        Enum.IsDefined(definition.Kind)
        && DataText.IsName(definition.Name)
        && IsNameIfAny(definition.Inverse)
        && definition.Kind is AssociationKind.Asymmetric == definition.Inverse is not null
        && definition.Inverse != definition.Name
        && IsSound(definition.First)
        && IsSound(definition.Second);

    private static bool IsSound(AssociationEnd end) => IsNameIfAny(end.Alias) && IsNameIfAny(end.Type);

    private static bool IsNameIfAny(string? name) => name is null || DataText.IsName(name);
}
