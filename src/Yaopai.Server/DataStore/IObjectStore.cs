namespace Yaopai.Server.DataStore;

internal interface IObjectStore
{
    /// <summary>Stores an object and answers its id.</summary>
    Task<DataAnswer<long>> AddAsync(long appId, string type, IReadOnlyDictionary<string, DataValue?> values, CancellationToken ct);

    /// <param name="replace">Whether properties that are not named lose their values, as named ones do whose value is null.</param>
    Task<DataOutcome> ChangeAsync(
        long appId, long id, IReadOnlyDictionary<string, DataValue?> values, bool replace, CancellationToken ct);

    /// <summary>Removes those that are there, with their associations, and answers how many there were.</summary>
    Task<DataAnswer<int>> RemoveAsync(long appId, IReadOnlyCollection<long> ids, CancellationToken ct);

    /// <summary>
    /// Objects in the order of the ids; all or <see cref="DataOutcome.NotFound"/>, and none when their values have more than
    /// <see cref="DataLimits.BytesOfAnswer"/>.
    /// </summary>
    /// <param name="properties">Null for all.</param>
    Task<DataAnswer<IReadOnlyList<DataObject>>> ListAsync(
        long appId, IReadOnlyCollection<long> ids, IReadOnlyCollection<string>? properties, CancellationToken ct);
}
