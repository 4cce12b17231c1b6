using Yaopai.Server.DataStore;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>One property of one object, with its value if it has one; a single row without for an object of a type that has none.</summary>
internal sealed class ObjectRow
{
    // One statement, so that an object is never read half before and half after a change, and what was measured is what is read.
    public const string SelectAll = Measure + Read + Values;
    public const string SelectNamed = Measure + Named + Read + Named + Values;

    private const string Named = " AND data_property.name IN @properties ";

    private const string Measure =
        """
        WITH asked AS (
            SELECT CAST(COALESCE(SUM(data_value.size), 0) AS BIGINT) AS bytes
              FROM data_object
              JOIN data_property ON data_property.app_id = data_object.app_id AND data_property.type_id = data_object.type_id

        """;

    private const string Read =
        """

              JOIN data_value
                ON data_value.app_id = data_object.app_id AND data_value.object_id = data_object.id
               AND data_value.property_id = data_property.id
             WHERE data_object.app_id = @appId AND data_object.id IN @ids)
        SELECT data_object.id, data_type.name AS type, data_property.name AS property, data_value.number, asked.bytes,
               CASE WHEN asked.bytes <= @BytesOfAnswer THEN data_value.text END AS text
          FROM asked
          JOIN data_object ON data_object.app_id = @appId AND data_object.id IN @ids
          JOIN data_type ON data_type.app_id = data_object.app_id AND data_type.id = data_object.type_id
          LEFT JOIN data_property ON data_property.app_id = data_object.app_id AND data_property.type_id = data_object.type_id

        """;

    private const string Values =
        """

          LEFT JOIN data_value
            ON data_value.app_id = data_object.app_id AND data_value.object_id = data_object.id
           AND data_value.property_id = data_property.id
        """;

    public long Id { get; init; }
    public string Type { get; init; } = "";
    public string? Property { get; init; }
    public long? Number { get; init; }
    public string? Text { get; init; }

    /// <summary>Of all values that were asked for. Above the limit the texts are not read.</summary>
    public long Bytes { get; init; }

    /// <summary>The objects in the order of the ids.</summary>
    /// <param name="properties">Those that were read, or null for all.</param>
    public static DataAnswer<IReadOnlyList<DataObject>> ToObjects(
        IReadOnlyList<ObjectRow> rows, IReadOnlyCollection<long> ids, IReadOnlyCollection<string>? properties)
    {
        var found = rows.ToLookup(row => row.Id);
        if (!ids.All(found.Contains))
            return DataOutcome.NotFound;
        if (properties is not null && found.Any(rows => properties.Except(rows.Select(row => row.Property)).Any()))
            return DataOutcome.InvalidOperation;

        if (rows.Count > 0 && rows[0].Bytes > DataLimits.BytesOfAnswer)
            return DataOutcome.TooMuch;

        return DataAnswer.Done<IReadOnlyList<DataObject>>([.. ids.Select(id => ToObject(id, found[id]))]);
    }

    private static DataObject ToObject(long id, IEnumerable<ObjectRow> rows) => new(
        id,
        rows.First().Type,
        rows.Where(row => row.Number is not null || row.Text is not null)
            .ToDictionary(row => row.Property!, row => DataColumns.ToValue(row.Number, row.Text)));
}
