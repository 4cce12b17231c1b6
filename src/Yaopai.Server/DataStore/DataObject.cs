namespace Yaopai.Server.DataStore;

/// <param name="Properties">Those that were asked for and have a value.</param>
internal sealed record DataObject(long Id, string Type, IReadOnlyDictionary<string, DataValue> Properties);
