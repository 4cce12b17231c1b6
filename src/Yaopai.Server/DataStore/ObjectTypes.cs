namespace Yaopai.Server.DataStore;

/// <summary>The types of an app's objects, and their properties.</summary>
internal sealed class ObjectTypes(IObjectTypeStore types, IPropertyStore properties)
{
    public async Task<DataOutcome> CreateAsync(long appId, string name, CancellationToken ct) =>
        AreNames(name) ? await types.AddAsync(appId, name, ct) : DataOutcome.InvalidArgument;

    public async Task<DataOutcome> RenameAsync(long appId, string name, string newName, CancellationToken ct) =>
        AreNames(name, newName) ? await types.RenameAsync(appId, name, newName, ct) : DataOutcome.InvalidArgument;

    public async Task<DataOutcome> DropAsync(long appId, string name, CancellationToken ct) =>
        AreNames(name) ? await types.RemoveAsync(appId, name, ct) : DataOutcome.InvalidArgument;

    public async Task<DataAnswer<IReadOnlyList<ObjectType>>> ListAsync(long appId, CancellationToken ct) =>
        DataAnswer.Done(await types.ListAsync(appId, ct));

    public async Task<DataAnswer<ObjectType>> GetAsync(long appId, string name, CancellationToken ct)
    {
        if (!AreNames(name))
            return DataOutcome.InvalidArgument;

        return await types.FindAsync(appId, name, ct) is { } type ? DataAnswer.Done(type) : DataOutcome.NotFound;
    }

    public async Task<DataOutcome> DefinePropertyAsync(long appId, string type, string name, PropertyKind kind, CancellationToken ct) =>
        AreNames(type, name) && Enum.IsDefined(kind)
            ? await properties.AddAsync(appId, type, new(name, kind), ct)
            : DataOutcome.InvalidArgument;

    public async Task<DataOutcome> RenamePropertyAsync(long appId, string type, string name, string newName, CancellationToken ct) =>
        AreNames(type, name, newName) ? await properties.RenameAsync(appId, type, name, newName, ct) : DataOutcome.InvalidArgument;

    public async Task<DataOutcome> UndefinePropertyAsync(long appId, string type, string name, CancellationToken ct) =>
        AreNames(type, name) ? await properties.RemoveAsync(appId, type, name, ct) : DataOutcome.InvalidArgument;

    private static bool AreNames(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!DataText.IsName(name))
                return false;
        }

        return true;
    }
}
