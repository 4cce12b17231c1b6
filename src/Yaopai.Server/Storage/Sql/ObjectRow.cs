using Yaopai.Server.DataStore;

namespace Yaopai.Server.Storage.Sql;

/// <summary>One property of one object, with its value if it has one; a single row without for an object of a type that has none.</summary>
internal sealed class ObjectRow
{
    public long Id { get; init; }
    public string Type { get; init; } = "";
    public string? Property { get; init; }
    public long? Number { get; init; }
    public string? Text { get; init; }

    /// <summary>The objects in the order of the ids.</summary>
    /// <param name="properties">Those to read, or null for all.</param>
    public static DataAnswer<IReadOnlyList<DataObject>> ToObjects(
        IReadOnlyList<ObjectRow> rows, IReadOnlyCollection<long> ids, IReadOnlyCollection<string>? properties)
    {
        var found = rows.ToLookup(row => row.Id);
        if (!ids.All(found.Contains))
            return DataOutcome.NotFound;
        if (properties is not null && found.Any(rows => properties.Except(rows.Select(row => row.Property)).Any()))
            return DataOutcome.InvalidOperation;

        return DataAnswer.Done<IReadOnlyList<DataObject>>([.. ids.Select(id => ToObject(id, found[id], properties))]);
    }

    private static DataObject ToObject(long id, IEnumerable<ObjectRow> rows, IReadOnlyCollection<string>? properties) => new(
        id,
        rows.First().Type,
        rows.Where(row => (row.Number is not null || row.Text is not null) && (properties is null || properties.Contains(row.Property)))
            .ToDictionary(row => row.Property!, row => DataColumns.ToValue(row.Number, row.Text)));
}
