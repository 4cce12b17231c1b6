using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>Removes what dropped types held, in slices short enough to let other writes through.
/// Nobody sees it meanwhile; the app's usage counts it.</summary>
internal sealed class DroppedTypes(Database database, DataLedger ledger)
{
    /// <summary>Objects in one slice: each may have two hundred values.</summary>
    public const int ObjectSlice = 200;

    public const int HashSlice = 2000;

    public async Task PurgeAsync(CancellationToken ct)
    {
        foreach (var (appId, typeId) in await database.ReadAsync(
            session => session.ListAsync<DroppedRow>("SELECT app_id, type_id FROM data_dropped_type"), ct))
        {
            while ((await ledger.WriteAsync(appId, change => RemoveSliceAsync(change, typeId), ct)).Value)
            {
            }
        }
    }

    /// <summary>False when nothing is left.</summary>
    private static async Task<DataAnswer<bool>> RemoveSliceAsync(DataChange change, long typeId)
    {
        var type = new { change.AppId, typeId, ObjectSlice, HashSlice };
        var ids = await change.Session.ListAsync<long>(
            "SELECT id FROM data_object WHERE app_id = @AppId AND type_id = @typeId LIMIT @ObjectSlice", type);
        if (ids.Count > 0)
        {
            await ObjectRemoval.RunAsync(change, ids);
            return DataAnswer.Done(true);
        }

        var removed = await change.RemoveAsync(
            """
            DELETE FROM data_hash
             WHERE app_id = @AppId AND type_id = @typeId
               AND (hash_key, property_id) IN (
                   SELECT hash_key, property_id FROM data_hash WHERE app_id = @AppId AND type_id = @typeId LIMIT @HashSlice)
            RETURNING size
            """, type);
        if (removed == 0)
            await change.Session.ExecuteAsync("DELETE FROM data_dropped_type WHERE app_id = @AppId AND type_id = @typeId", type);

        return DataAnswer.Done(removed > 0);
    }

    private sealed record DroppedRow(long AppId, long TypeId);
}
