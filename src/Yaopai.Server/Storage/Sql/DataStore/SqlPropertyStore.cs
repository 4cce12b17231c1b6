using Yaopai.Server.DataStore;

namespace Yaopai.Server.Storage.Sql.DataStore;

internal sealed class SqlPropertyStore(DataLedger ledger) : IPropertyStore
{
    public Task<DataOutcome> AddAsync(long appId, string type, PropertyDefinition property, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await change.Session.FindTypeAsync(appId, type) is not { } typeId)
                return DataOutcome.InvalidOperation;

            var properties = await change.Session.ListPropertiesAsync(appId, typeId);
            if (properties.ContainsKey(property.Name))
                return DataOutcome.AlreadyExists;
            if (properties.Count >= DataLimits.PropertiesOfType)
                return DataOutcome.QuotaExceeded;

            const string Insert =
                """
                INSERT INTO data_property (app_id, type_id, id, name, kind)
                VALUES (@appId, @typeId, @id, @Name, @kind)
                ON CONFLICT (app_id, type_id, id) DO NOTHING
                """;
            while (await change.Session.ExecuteAsync(
                Insert, new { appId, typeId, id = DataId.New(change.Session.Now), property.Name, kind = (long)property.Kind }) == 0)
            {
            }

            return DataOutcome.Done;
        }, ct);

    public Task<DataOutcome> RenameAsync(long appId, string type, string name, string newName, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await change.Session.FindTypeAsync(appId, type) is not { } typeId)
                return DataOutcome.NotFound;

            var properties = await change.Session.ListPropertiesAsync(appId, typeId);
            if (!properties.TryGetValue(name, out var property))
                return DataOutcome.InvalidOperation;
            if (properties.ContainsKey(newName))
                return DataOutcome.AlreadyExists;

            await change.Session.ExecuteAsync(
                """
                UPDATE data_property
                   SET name = @newName
                 WHERE app_id = @appId AND type_id = @typeId AND id = @Id
                """, new { appId, typeId, property.Id, newName });
            return DataOutcome.Done;
        }, ct);

    public Task<DataOutcome> RemoveAsync(long appId, string type, string name, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await change.Session.FindTypeAsync(appId, type) is not { } typeId)
                return DataOutcome.NotFound;
            if (!(await change.Session.ListPropertiesAsync(appId, typeId)).TryGetValue(name, out var property))
                return DataOutcome.InvalidOperation;

            var row = new { appId, typeId, property.Id, DroppedDefinitions.Slice };
            if (!await IsSmallAsync(change, row))
            {
                // It is only hidden; removing its values would keep every other write waiting, and might take longer than one may.
                await change.Session.ExecuteAsync(
                    "INSERT INTO data_dropped_property (app_id, type_id, property_id) VALUES (@appId, @typeId, @Id)", row);
                await RemoveDefinitionAsync(change, row);
                return DataOutcome.Done;
            }

            await change.RemovePartsAsync(
                """
                DELETE FROM data_value
                 WHERE app_id = @appId
                   AND property_id = @Id
                   AND object_id IN (SELECT id FROM data_object WHERE app_id = @appId AND type_id = @typeId)
                RETURNING size
                """, row);
            await change.RemoveAsync(
                """
                DELETE FROM data_hash
                 WHERE app_id = @appId AND type_id = @typeId AND property_id = @Id
                RETURNING size
                """, row);
            await RemoveDefinitionAsync(change, row);
            return DataOutcome.Done;
        }, ct);

    /// <summary>Whether there are no more objects and values of it than <see cref="DroppedDefinitions"/> removes at once.</summary>
    private static async Task<bool> IsSmallAsync(DataChange change, object row)
    {
        var objects = await change.Session.ListAsync<long>(
            "SELECT id FROM data_object WHERE app_id = @appId AND type_id = @typeId LIMIT @Slice", row);
        var values = await change.Session.ListAsync<long>(
            "SELECT size FROM data_hash WHERE app_id = @appId AND type_id = @typeId AND property_id = @Id LIMIT @Slice", row);
        return objects.Count < DroppedDefinitions.Slice && values.Count < DroppedDefinitions.Slice;
    }

    private static Task<int> RemoveDefinitionAsync(DataChange change, object row) =>
        change.Session.ExecuteAsync("DELETE FROM data_property WHERE app_id = @appId AND type_id = @typeId AND id = @Id", row);
}
