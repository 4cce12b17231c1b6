namespace Yaopai.Server.DataStore;

/// <summary>An app's objects.</summary>
internal sealed class Objects(IObjectStore store)
{
    private static readonly Dictionary<string, DataValue?> s_nothing = [];

    /// <summary>Answers the id of the new object.</summary>
    public async Task<DataAnswer<long>> CreateAsync(
        long appId, string type, IReadOnlyDictionary<string, DataValue?>? properties, CancellationToken ct) =>
        DataText.IsName(type) && (properties is null || AreProperties(properties))
            ? await store.AddAsync(appId, type, properties ?? s_nothing, ct)
            : DataOutcome.InvalidArgument;

    /// <param name="replace">Whether properties that are not named lose their values, as named ones do whose value is null.</param>
    public async Task<DataOutcome> UpdateAsync(
        long appId, long id, IReadOnlyDictionary<string, DataValue?> properties, bool replace, CancellationToken ct) =>
        AreProperties(properties) ? await store.ChangeAsync(appId, id, properties, replace, ct) : DataOutcome.InvalidArgument;

    public Task<DataOutcome> SetPropertyAsync(long appId, long id, string property, DataValue? value, CancellationToken ct) =>
        UpdateAsync(appId, id, new Dictionary<string, DataValue?> { [property] = value }, replace: false, ct);

    public async Task<DataOutcome> DeleteAsync(long appId, long id, CancellationToken ct)
    {
        var removed = await store.RemoveAsync(appId, [id], ct);
        return removed.IsDone && removed.Value == 0 ? DataOutcome.NotFound : removed.Outcome;
    }

    /// <summary>Ids that are not there are passed over.</summary>
    public async Task<DataOutcome> DeleteManyAsync(long appId, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        DataLimits.Fit(ids) ? (await store.RemoveAsync(appId, ids, ct)).Outcome : DataOutcome.InvalidArgument;

    /// <param name="properties">Null for all.</param>
    public async Task<DataAnswer<DataObject>> GetAsync(
        long appId, long id, IReadOnlyCollection<string>? properties, CancellationToken ct)
    {
        var found = await GetManyAsync(appId, [id], properties, ct);
        return new(found.Outcome, found.Value?[0]);
    }

    /// <summary>Objects in the order of the ids, each once; when one is not there, none.</summary>
    public async Task<DataAnswer<IReadOnlyList<DataObject>>> GetManyAsync(
        long appId, IReadOnlyCollection<long> ids, IReadOnlyCollection<string>? properties, CancellationToken ct) =>
        DataLimits.Fit(ids) && (properties is null || (DataLimits.Fit(properties) && properties.All(DataText.IsName)))
            ? await store.ListAsync(appId, [.. ids.Distinct()], properties, ct)
            : DataOutcome.InvalidArgument;

    /// <summary>The value, or null when the property has none.</summary>
    public async Task<DataAnswer<DataValue>> GetPropertyAsync(long appId, long id, string property, CancellationToken ct)
    {
        var found = await GetAsync(appId, id, [property], ct);
        return new(found.Outcome, found.Value?.Properties.GetValueOrDefault(property));
    }

    private static bool AreProperties(IReadOnlyDictionary<string, DataValue?> properties) =>
        DataLimits.Fit(properties) && properties.All(pair => DataText.IsName(pair.Key) && DataText.IsBlob(pair.Value?.Text ?? ""));
}
