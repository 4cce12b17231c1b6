namespace Yaopai.Server.DataStore;

/// <summary>What an app stores.</summary>
/// <param name="Objects">Objects, hash values, associations and preferences.</param>
/// <param name="Bytes">Of their values, keys and data: texts in UTF-8, eight for a number, and some for each value itself.</param>
internal sealed record DataUsage(long Objects, long Bytes);

internal interface IDataUsageStore
{
    Task<DataUsage> FindAsync(long appId, CancellationToken ct);
}
