namespace Yaopai.Server.DataStore;

/// <summary>What an app keeps for a person, under numbers from 0 to 200.</summary>
internal sealed class Preferences(IPreferenceStore store)
{
    public const int LastId = 200;

    /// <summary>An empty value removes the preference.</summary>
    public Task<DataOutcome> SetAsync(long appId, long accountId, int id, string value, CancellationToken ct) =>
        SetManyAsync(appId, accountId, new Dictionary<int, string> { [id] = value }, replace: false, ct);

    /// <param name="replace">Whether preferences that are not named are removed.</param>
    public async Task<DataOutcome> SetManyAsync(
        long appId, long accountId, IReadOnlyDictionary<int, string> values, bool replace, CancellationToken ct) =>
        values.All(pair => IsId(pair.Key) && DataText.IsText(pair.Value, DataText.LongestPreference))
            ? await store.PutAsync(appId, accountId, values, replace, ct)
            : DataOutcome.InvalidArgument;

    /// <summary>The value, or null when there is none.</summary>
    public async Task<DataAnswer<string>> GetAsync(long appId, long accountId, int id, CancellationToken ct) =>
        IsId(id)
            ? DataAnswer.Done((await store.ListAsync(appId, accountId, ct)).GetValueOrDefault(id))
            : DataOutcome.InvalidArgument;

    public async Task<DataAnswer<IReadOnlyDictionary<int, string>>> GetAllAsync(long appId, long accountId, CancellationToken ct) =>
        DataAnswer.Done(await store.ListAsync(appId, accountId, ct));

    private static bool IsId(int id) => id is >= 0 and <= LastId;
}
