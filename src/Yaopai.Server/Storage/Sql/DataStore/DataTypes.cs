using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>Which types and properties an app's names mean.</summary>
internal static class DataTypes
{
    public static async Task<long?> FindTypeAsync(this Session session, long appId, string name) =>
        (await session.FirstAsync<IdRow>(
            """
            SELECT id
              FROM data_type
             WHERE app_id = @appId AND name = @name
            """, new { appId, name }))?.Id;

    public static async Task<IReadOnlyDictionary<string, PropertyRow>> ListPropertiesAsync(this Session session, long appId, long typeId) =>
        (await session.ListAsync<PropertyRow>(
            """
            SELECT id, name, kind
              FROM data_property
             WHERE app_id = @appId AND type_id = @typeId
            """, new { appId, typeId })).ToDictionary(row => row.Name);

    /// <summary>The values as the type's properties keep them; null is a value that goes.</summary>
    public static DataAnswer<List<KeyValuePair<long, DataValue?>>> Fit(
        this IReadOnlyDictionary<string, PropertyRow> properties, IReadOnlyDictionary<string, DataValue?> values)
    {
        var fitted = new List<KeyValuePair<long, DataValue?>>();
        foreach (var (name, value) in values)
        {
            if (!properties.TryGetValue(name, out var property))
                return DataOutcome.InvalidOperation;

            var fit = value is null ? DataAnswer.Done(value) : property.ToKind().Fit(value);
            if (!fit.IsDone)
                return fit.Outcome;

            fitted.Add(new(property.Id, fit.Value));
        }

        return DataAnswer.Done(fitted);
    }

    internal sealed record IdRow(long Id);

    internal sealed record PropertyRow(long Id, string Name, long Kind)
    {
        public PropertyKind ToKind() => (PropertyKind)Kind;
    }
}

/// <summary>The columns of a stored value.</summary>
internal static class DataColumns
{
    public static DataValue ToValue(long? number, string? text) => text is null ? DataValue.Of(number!.Value) : DataValue.Of(text);
}
