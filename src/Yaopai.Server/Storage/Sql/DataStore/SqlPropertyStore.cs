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

            var row = new { appId, typeId, property.Id };
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
            await change.Session.ExecuteAsync("DELETE FROM data_property WHERE app_id = @appId AND type_id = @typeId AND id = @Id", row);
            return DataOutcome.Done;
        }, ct);
}
