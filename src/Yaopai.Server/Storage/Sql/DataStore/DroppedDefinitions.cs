using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>Removes what dropped properties and associations held, as <see cref="DroppedTypes"/> does for types.</summary>
internal sealed class DroppedDefinitions(Database database, DataLedger ledger)
{
    /// <summary>Rows in one slice.</summary>
    public const int Slice = 2000;

    /// <summary>Removes one slice. The statement is given the slice, and returns sizes.</summary>
    /// <returns>Whether anything may be left.</returns>
    public static async Task<bool> RemoveSliceAsync(DataChange change, string sql, object parameters) =>
        await change.RemoveAsync(sql, parameters) == Slice;

    public async Task PurgeAsync(CancellationToken ct)
    {
        foreach (var (appId, typeId, id) in await database.ReadAsync(
            session => session.ListAsync<PropertyRow>("SELECT app_id, type_id, property_id FROM data_dropped_property"), ct))
        {
            await PurgePropertyAsync(appId, typeId, id, ct);
        }

        foreach (var (appId, id) in await database.ReadAsync(
            session => session.ListAsync<AssociationRow>("SELECT app_id, association_id FROM data_dropped_association"), ct))
        {
            await PurgeAssociationAsync(appId, id, ct);
        }
    }

    private async Task PurgePropertyAsync(long appId, long typeId, long propertyId, CancellationToken ct)
    {
        for (var after = long.MinValue; ;)
        {
            var objects = await database.ReadAsync(session => session.ListAsync<long>(
                """
                SELECT id
                  FROM data_object
                 WHERE app_id = @appId AND type_id = @typeId AND id > @after
                 ORDER BY id
                 LIMIT @Slice
                """, new { appId, typeId, after, Slice }), ct);
            if (objects.Count == 0)
                break;

            after = objects[^1];
            await ledger.WriteAsync(
                appId,
                async change =>
                {
                    await change.RemovePartsAsync(
                        """
                        DELETE FROM data_value
                         WHERE app_id = @appId AND property_id = @propertyId AND object_id IN @ids
                        RETURNING size
                        """, new { appId, propertyId, ids = objects.ToArray() });
                    return DataOutcome.Done;
                }, ct);
        }

        var property = new { appId, typeId, propertyId, Slice };
        await UntilDoneAsync(
            appId,
            change => RemoveSliceAsync(
                change,
                """
                DELETE FROM data_hash
                 WHERE app_id = @appId AND type_id = @typeId AND property_id = @propertyId
                   AND hash_key IN (
                       SELECT hash_key FROM data_hash
                        WHERE app_id = @appId AND type_id = @typeId AND property_id = @propertyId LIMIT @Slice)
                RETURNING size
                """, property),
            "DELETE FROM data_dropped_property WHERE app_id = @appId AND type_id = @typeId AND property_id = @propertyId",
            property, ct);
    }

    private Task PurgeAssociationAsync(long appId, long associationId, CancellationToken ct)
    {
        var association = new { appId, associationId, Slice };
        return UntilDoneAsync(
            appId,
            change => RemoveSliceAsync(
                change,
                """
                DELETE FROM data_link
                 WHERE app_id = @appId AND association_id = @associationId
                   AND (first_id, second_id) IN (
                       SELECT first_id, second_id FROM data_link
                        WHERE app_id = @appId AND association_id = @associationId LIMIT @Slice)
                RETURNING size
                """, association),
            "DELETE FROM data_dropped_association WHERE app_id = @appId AND association_id = @associationId",
            association, ct);
    }

    /// <param name="forget">Run with the last slice.</param>
    private async Task UntilDoneAsync(
        long appId, Func<DataChange, Task<bool>> removeSlice, string forget, object parameters, CancellationToken ct)
    {
        DataAnswer<bool> mayBeMore;
        do
        {
            mayBeMore = await ledger.WriteAsync<bool>(
                appId,
                async change =>
                {
                    if (await removeSlice(change))
                        return DataAnswer.Done(true);

                    await change.Session.ExecuteAsync(forget, parameters);
                    return DataAnswer.Done(false);
                }, ct);
        }
        while (mayBeMore.Value);
    }

    private sealed record PropertyRow(long AppId, long TypeId, long PropertyId);

    private sealed record AssociationRow(long AppId, long AssociationId);
}
