using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

internal sealed class SqlObjectStore(Database database, DataLedger ledger) : IObjectStore
{
    public Task<DataAnswer<long>> AddAsync(
        long appId, string type, IReadOnlyDictionary<string, DataValue?> values, CancellationToken ct) => ledger.WriteAsync<long>(
        appId,
        async change =>
        {
            if (await change.Session.FindTypeAsync(appId, type) is not { } typeId)
                return DataOutcome.InvalidOperation;

            var fitted = (await change.Session.ListPropertiesAsync(appId, typeId)).Fit(values);
            if (!fitted.IsDone)
                return fitted.Outcome;

            var id = await AddAsync(change, typeId);
            await AddValuesAsync(change, id, fitted.Value!);
            return DataAnswer.Done(id);
        }, ct);

    public Task<DataOutcome> ChangeAsync(
        long appId, long id, IReadOnlyDictionary<string, DataValue?> values, bool replace, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (!(await AssociationChange.ListTypesAsync(change.Session, appId, [id])).TryGetValue(id, out var typeId))
                return DataOutcome.NotFound;

            var fitted = (await change.Session.ListPropertiesAsync(appId, typeId)).Fit(values);
            if (!fitted.IsDone)
                return fitted.Outcome;

            await RemoveValuesAsync(change, id, fitted.Value!, replace);
            await AddValuesAsync(change, id, fitted.Value!);
            return DataOutcome.Done;
        }, ct);

    public Task<DataAnswer<int>> RemoveAsync(long appId, IReadOnlyCollection<long> ids, CancellationToken ct) => ledger.WriteAsync<int>(
        appId,
        async change =>
        {
            var there = await AssociationChange.ListTypesAsync(change.Session, appId, ids);
            await ObjectRemoval.RunAsync(change, [.. there.Keys]);
            return DataAnswer.Done(there.Count);
        }, ct);

    public async Task<DataAnswer<IReadOnlyList<DataObject>>> ListAsync(
        long appId, IReadOnlyCollection<long> ids, IReadOnlyCollection<string>? properties, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.ListAsync<ObjectRow>(
            properties is null ? ObjectRow.SelectAll : ObjectRow.SelectNamed,
            new { appId, ids = ids.ToArray(), properties = properties?.ToArray(), DataLimits.BytesOfAnswer }), ct);

        return ObjectRow.ToObjects(rows, ids, properties);
    }

    private static async Task<long> AddAsync(DataChange change, long typeId)
    {
        const string Insert =
            """
            INSERT INTO data_object (app_id, id, type_id)
            VALUES (@AppId, @id, @typeId)
            ON CONFLICT (app_id, id) DO NOTHING
            """;
        long id;
        do
            id = DataId.New(change.Session.Now);
        while (await change.Session.ExecuteAsync(Insert, new { change.AppId, id, typeId }) == 0);

        change.Count(1, 0);
        return id;
    }

    private static Task RemoveValuesAsync(DataChange change, long id, List<KeyValuePair<long, DataValue?>> values, bool replace) => replace
        ? change.RemovePartsAsync(
            """
            DELETE FROM data_value
             WHERE app_id = @AppId AND object_id = @id
            RETURNING size
            """, new { change.AppId, id })
        : change.RemovePartsAsync(
            """
            DELETE FROM data_value
             WHERE app_id = @AppId AND object_id = @id AND property_id IN @named
            RETURNING size
            """, new { change.AppId, id, named = values.Select(pair => pair.Key).ToArray() });

    private static async Task AddValuesAsync(DataChange change, long id, List<KeyValuePair<long, DataValue?>> values)
    {
        foreach (var (propertyId, value) in values)
        {
            if (value is null)
                continue;

            await change.Session.ExecuteAsync(
                """
                INSERT INTO data_value (app_id, object_id, property_id, number, text, size)
                VALUES (@AppId, @id, @propertyId, @Number, @Text, @Size)
                """, new { change.AppId, id, propertyId, value.Number, value.Text, value.Size });
            change.Count(0, value.Size);
        }
    }
}
