namespace Yaopai.Server.DataStore;

/// <summary>Values of an object type that are found by a key: those of its properties, and one of the key itself.</summary>
internal sealed class HashValues(IHashStore store)
{
    private const string OfKey = "";

    /// <summary>The value, or null when the key has none.</summary>
    /// <param name="property">Null for the value of the key itself, which takes numbers and texts.</param>
    public async Task<DataAnswer<DataValue>> GetAsync(long appId, string type, string key, string? property, CancellationToken ct) =>
        IsAddress(type, key, property) ? await store.FindAsync(appId, type, key, property ?? OfKey, ct) : DataOutcome.InvalidArgument;

    /// <summary>All values of the key by their properties; that of the key itself by "".</summary>
    public async Task<DataAnswer<IReadOnlyDictionary<string, DataValue>>> GetAllAsync(
        long appId, string type, string key, CancellationToken ct) =>
        IsAddress(type, key, property: null) ? await store.ListAsync(appId, type, key, ct) : DataOutcome.InvalidArgument;

    /// <param name="value">Null removes what is there.</param>
    public Task<DataOutcome> SetAsync(long appId, string type, string key, string? property, DataValue? value, CancellationToken ct) =>
        SetManyAsync(appId, type, key, new Dictionary<string, DataValue?> { [property ?? OfKey] = value }, ct);

    /// <summary>Stores all of them or none.</summary>
    public async Task<DataOutcome> SetManyAsync(
        long appId, string type, string key, IReadOnlyDictionary<string, DataValue?> values, CancellationToken ct) =>
        DataLimits.Fit(values) && values.All(
            pair => IsAddress(type, key, pair.Key is OfKey ? null : pair.Key) && DataText.IsBlob(pair.Value?.Text ?? ""))
            ? await store.PutAsync(appId, type, key, values, ct)
            : DataOutcome.InvalidArgument;

    /// <summary>Adds to a number, zero when it is not there, and answers what it was right after that.</summary>
    public async Task<DataAnswer<long>> IncrementAsync(
        long appId, string type, string key, string? property, long by, CancellationToken ct) =>
        IsAddress(type, key, property)
            ? await store.IncrementAsync(appId, type, key, property ?? OfKey, by, ct)
            : DataOutcome.InvalidArgument;

    public Task<DataOutcome> RemoveAsync(long appId, string type, string key, CancellationToken ct) =>
        RemoveManyAsync(appId, type, [key], ct);

    /// <summary>Keys that are not there are passed over.</summary>
    public async Task<DataOutcome> RemoveManyAsync(long appId, string type, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        DataText.IsName(type) && DataLimits.Fit(keys) && keys.All(DataText.IsKey)
            ? await store.RemoveAsync(appId, type, keys, ct)
            : DataOutcome.InvalidArgument;

    private static bool IsAddress(string type, string key, string? property) =>
        DataText.IsName(type) && DataText.IsKey(key) && (property is null || DataText.IsName(property));
}
