namespace Yaopai.Server.Storage.Sql;

/// <summary>Removes all that hangs on an object type, and the type.</summary>
internal static class TypeRemoval
{
    public static async Task RunAsync(DataChange change, long typeId)
    {
        var type = new { change.AppId, typeId };
        await RemoveAssociationsAsync(change, typeId);
        await change.RemoveAsync(
            """
            DELETE FROM data_link
             WHERE app_id = @AppId
               AND (   first_id  IN (SELECT id FROM data_object WHERE app_id = @AppId AND type_id = @typeId)
                    OR second_id IN (SELECT id FROM data_object WHERE app_id = @AppId AND type_id = @typeId))
            RETURNING size
            """, type);
        await change.RemovePartsAsync(
            """
            DELETE FROM data_value
             WHERE app_id = @AppId
               AND object_id IN (SELECT id FROM data_object WHERE app_id = @AppId AND type_id = @typeId)
            RETURNING size
            """, type);
        await change.RemoveAsync(
            """
            DELETE FROM data_hash
             WHERE app_id = @AppId AND type_id = @typeId
            RETURNING size
            """, type);
        change.Count(-await change.Session.ExecuteAsync("DELETE FROM data_object WHERE app_id = @AppId AND type_id = @typeId", type), 0);
        await change.Session.ExecuteAsync("DELETE FROM data_property WHERE app_id = @AppId AND type_id = @typeId", type);
        await change.Session.ExecuteAsync("DELETE FROM data_type WHERE app_id = @AppId AND id = @typeId", type);
    }

    /// <summary>Associations defined for the type can hold nothing any more.</summary>
    private static async Task RemoveAssociationsAsync(DataChange change, long typeId)
    {
        var type = new { change.AppId, typeId };
        await change.RemoveAsync(
            """
            DELETE FROM data_link
             WHERE app_id = @AppId
               AND association_id IN (
                   SELECT id FROM data_association WHERE app_id = @AppId AND (first_type = @typeId OR second_type = @typeId))
            RETURNING size
            """, type);
        await change.Session.ExecuteAsync(
            "DELETE FROM data_association WHERE app_id = @AppId AND (first_type = @typeId OR second_type = @typeId)", type);
    }
}
