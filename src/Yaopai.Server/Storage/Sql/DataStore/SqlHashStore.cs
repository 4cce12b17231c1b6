using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Hot;

namespace Yaopai.Server.Storage.Sql.DataStore;

internal sealed class SqlHashStore(Database database, DataLedger ledger) : IHashStore
{
    /// <summary>The property that stands for the value of the key itself.</summary>
    private const long OfKey = 0;

    public async Task<DataAnswer<DataValue>> FindAsync(long appId, string type, string key, string property, CancellationToken ct)
    {
        var row = await database.ReadAsync(session => session.FirstAsync<HashRow>(
            """
            SELECT data_property.name AS property, data_hash.number, data_hash.text
              FROM data_type
              LEFT JOIN data_property
                ON data_property.app_id = data_type.app_id AND data_property.type_id = data_type.id AND data_property.name = @property
              LEFT JOIN data_hash
                ON data_hash.app_id = data_type.app_id AND data_hash.type_id = data_type.id AND data_hash.hash_key = @key
               AND data_hash.property_id = CASE WHEN @property = '' THEN 0 ELSE data_property.id END
             WHERE data_type.app_id = @appId AND data_type.name = @type
            """, new { appId, type, key, property }), ct);

        return row is not null && (property is "" || row.Property is not null)
            ? DataAnswer.Done(row.ToValue())
            : DataOutcome.InvalidOperation;
    }

    public async Task<DataAnswer<IReadOnlyDictionary<string, DataValue>>> ListAsync(
        long appId, string type, string key, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.ListAsync<HashRow>(
            """
            SELECT data_property.name AS property, data_hash.number, data_hash.text
              FROM data_type
              LEFT JOIN data_hash
                ON data_hash.app_id = data_type.app_id AND data_hash.type_id = data_type.id AND data_hash.hash_key = @key
               AND data_hash.property_id NOT IN (
                   SELECT property_id FROM data_dropped_property
                    WHERE data_dropped_property.app_id = data_type.app_id AND data_dropped_property.type_id = data_type.id)
              LEFT JOIN data_property
                ON data_property.app_id = data_type.app_id AND data_property.type_id = data_type.id
               AND data_property.id = data_hash.property_id
             WHERE data_type.app_id = @appId AND data_type.name = @type
            """, new { appId, type, key }), ct);

        return rows.Count == 0
            ? DataOutcome.InvalidOperation
            : DataAnswer.Done<IReadOnlyDictionary<string, DataValue>>(
                rows.Where(row => row.ToValue() is not null).ToDictionary(row => row.Property ?? "", row => row.ToValue()!));
    }

    public Task<DataOutcome> PutAsync(
        long appId, string type, string key, IReadOnlyDictionary<string, DataValue?> values, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await change.Session.FindTypeAsync(appId, type) is not { } typeId)
                return DataOutcome.InvalidOperation;

            var named = values.Where(pair => pair.Key is not "").ToDictionary();
            var fitted = (await change.Session.ListPropertiesAsync(appId, typeId)).Fit(named);
            if (!fitted.IsDone)
                return fitted.Outcome;
            if (values.TryGetValue("", out var own))
                fitted.Value!.Add(new(OfKey, own?.Normalised()));

            var hash = new HashChange(change, typeId, key);
            foreach (var (propertyId, value) in fitted.Value!)
                await hash.PutAsync(propertyId, value);
            return DataOutcome.Done;
        }, ct);

    public async Task<DataAnswer<long>> IncrementAsync(long appId, string type, string key, string property, long by, CancellationToken ct)
    {
        var increment = new HashIncrement(appId, type, key, property, by);
        return await database.RunAsync(HotStatements.IncrementHash, increment, ct) is { } after
            ? DataAnswer.Done(after)
            : await ledger.WriteAsync(appId, change => BeginAsync(change, increment), ct);
    }

    public Task<DataOutcome> RemoveAsync(
        long appId, string type, IReadOnlyCollection<string> keys, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await change.Session.FindTypeAsync(appId, type) is not { } typeId)
                return DataOutcome.InvalidOperation;

            await change.RemoveAsync(
                """
                DELETE FROM data_hash
                 WHERE app_id = @appId AND type_id = @typeId AND hash_key IN @keys
                RETURNING size
                """, new { appId, typeId, keys = keys.ToArray() });
            return DataOutcome.Done;
        }, ct);

    /// <summary>The first increment of a number, and the one that cannot be.</summary>
    private static async Task<DataAnswer<long>> BeginAsync(DataChange change, HashIncrement increment)
    {
        if (await change.Session.FindTypeAsync(change.AppId, increment.Type) is not { } typeId)
            return DataOutcome.InvalidOperation;

        var propertyId = OfKey;
        if (increment.Property is not "")
        {
            var properties = await change.Session.ListPropertiesAsync(change.AppId, typeId);
            if (!properties.TryGetValue(increment.Property, out var property) || property.ToKind() is not PropertyKind.Integer)
                return DataOutcome.InvalidOperation;
            propertyId = property.Id;
        }

        return await new HashChange(change, typeId, increment.Key).IncrementAsync(propertyId, increment);
    }

    private sealed class HashRow
    {
        public string? Property { get; init; }
        public long? Number { get; init; }
        public string? Text { get; init; }

        public DataValue? ToValue() => Number is null && Text is null ? null : DataColumns.ToValue(Number, Text);
    }
}
