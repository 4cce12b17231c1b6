namespace Yaopai.Server.DataStore;

/// <summary>Small texts that an app keeps for a person.</summary>
internal interface IPreferenceStore
{
    Task<IReadOnlyDictionary<int, string>> ListAsync(long appId, long accountId, CancellationToken ct);

    /// <summary>Stores all of them or none; an empty one is removed.
    /// <see cref="DataOutcome.NotFound"/> when there is no such person.</summary>
    /// <param name="replace">Whether those that are not named are removed.</param>
    Task<DataOutcome> PutAsync(long appId, long accountId, IReadOnlyDictionary<int, string> values, bool replace, CancellationToken ct);
}
