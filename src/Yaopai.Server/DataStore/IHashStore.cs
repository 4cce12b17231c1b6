namespace Yaopai.Server.DataStore;

/// <summary>Values found by a key of the app's own choice. The property "" is the value of the key itself.</summary>
internal interface IHashStore
{
    /// <summary>The value, or null when the key has none.</summary>
    Task<DataAnswer<DataValue>> FindAsync(long appId, string type, string key, string property, CancellationToken ct);

    Task<DataAnswer<IReadOnlyDictionary<string, DataValue>>> ListAsync(long appId, string type, string key, CancellationToken ct);

    /// <summary>Stores all of them or none; null removes a value.</summary>
    Task<DataOutcome> PutAsync(long appId, string type, string key, IReadOnlyDictionary<string, DataValue?> values, CancellationToken ct);

    /// <summary>Adds to a number, which is zero when it is not there, and answers what it was right after that.</summary>
    Task<DataAnswer<long>> IncrementAsync(long appId, string type, string key, string property, long by, CancellationToken ct);

    /// <summary>Removes the keys that are there, with all their values.</summary>
    Task<DataOutcome> RemoveAsync(long appId, string type, IReadOnlyCollection<string> keys, CancellationToken ct);
}
