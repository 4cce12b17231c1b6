using Yaopai.Server.Apps;

namespace Yaopai.Server.DataStore;

/// <summary>The associations of an app's objects.</summary>
internal sealed class Associations(IAssociationStore store, IAppClock clock)
{
    /// <summary>What is there already gets the new data and time.</summary>
    /// <param name="time">Null for now.</param>
    public Task<DataOutcome> SetAsync(
        long appId, AssociationKey key, string? data, DateTimeOffset? time, CancellationToken ct) =>
        SetManyAsync(appId, [(key, data, time)], ct);

    /// <summary>Stores all of them or none.</summary>
    public async Task<DataOutcome> SetManyAsync(
        long appId, IReadOnlyCollection<(AssociationKey Key, string? Data, DateTimeOffset? Time)> associations, CancellationToken ct)
    {
        if (!DataLimits.Fit(associations) || !associations.All(one => DataText.IsName(one.Key.Name) && IsData(one.Data)))
            return DataOutcome.InvalidArgument;

        var now = clock.NowFor(appId);
        var complete = associations.Select(
            one => new Association(one.Key.Name, one.Key.FirstId, one.Key.SecondId, one.Data ?? "", one.Time ?? now));
        return await store.PutAsync(appId, [.. complete], ct);
    }

    public Task<DataOutcome> RemoveAsync(long appId, AssociationKey key, CancellationToken ct) => RemoveManyAsync(appId, [key], ct);

    /// <summary>When one is not there, none is removed.</summary>
    public async Task<DataOutcome> RemoveManyAsync(long appId, IReadOnlyCollection<AssociationKey> keys, CancellationToken ct) =>
        DataLimits.Fit(keys) && keys.All(key => DataText.IsName(key.Name))
            ? await store.RemoveAsync(appId, keys, ct)
            : DataOutcome.InvalidArgument;

    /// <summary>Removes what all pages of <see cref="GetAsync"/> would answer.</summary>
    public async Task<DataOutcome> RemoveAllAsync(long appId, string name, long id, CancellationToken ct) =>
        DataText.IsName(name) ? await store.RemoveAllAsync(appId, name, id, ct) : DataOutcome.InvalidArgument;

    /// <summary>A page of the objects associated with this one, the oldest association first.</summary>
    public async Task<DataAnswer<IReadOnlyList<AssociatedObject>>> GetAsync(
        long appId, string name, long id, DataPage page, CancellationToken ct) =>
        DataText.IsName(name) && page.IsSound ? await store.ListAsync(appId, name, id, page, ct) : DataOutcome.InvalidArgument;

    public async Task<DataAnswer<long>> CountAsync(long appId, string name, long id, CancellationToken ct)
    {
        var counts = await CountManyAsync(appId, name, [id], ct);
        return new(counts.Outcome, counts.Value?[id] ?? 0);
    }

    public async Task<DataAnswer<IReadOnlyDictionary<long, long>>> CountManyAsync(
        long appId, string name, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        DataText.IsName(name) && DataLimits.Fit(ids) ? await store.CountAsync(appId, name, ids, ct) : DataOutcome.InvalidArgument;

    /// <summary>Everything that can be read from the first object and leads to the second.</summary>
    public Task<DataAnswer<IReadOnlyList<Association>>> BetweenAsync(long appId, long firstId, long secondId, CancellationToken ct) =>
        store.BetweenAsync(appId, firstId, secondId, ct);

    private static bool IsData(string? data) => data is null || DataText.IsText(data, DataText.LongestAssociationData);
}
