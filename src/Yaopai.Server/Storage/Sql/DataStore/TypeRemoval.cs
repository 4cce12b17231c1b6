namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>Removes all that hangs on an object type, and the type.</summary>
internal static class TypeRemoval
{
    /// <summary>Whether what it holds is no more than a slice of <see cref="DroppedTypes"/>.</summary>
    public static async Task<bool> IsSmallAsync(DataChange change, long typeId)
    {
        var type = new { change.AppId, typeId, DroppedTypes.ObjectSlice, DroppedTypes.HashSlice };
        var objects = await change.Session.ListAsync<long>(
            "SELECT id FROM data_object WHERE app_id = @AppId AND type_id = @typeId LIMIT @ObjectSlice", type);
        var values = await change.Session.ListAsync<long>(
            "SELECT size FROM data_hash WHERE app_id = @AppId AND type_id = @typeId LIMIT @HashSlice", type);
        return objects.Count < DroppedTypes.ObjectSlice && values.Count < DroppedTypes.HashSlice;
    }

    /// <summary>From here on nobody finds the type, nor anything that it holds; <see cref="DroppedTypes"/> removes that.</summary>
    public static async Task HideAsync(DataChange change, long typeId)
    {
        var type = new { change.AppId, typeId };
        await change.Session.ExecuteAsync("INSERT INTO data_dropped_type (app_id, type_id) VALUES (@AppId, @typeId)", type);
        await change.Session.ExecuteAsync(
            // Each association of such a definition ends at an object of the type.
            "DELETE FROM data_association WHERE app_id = @AppId AND (first_type = @typeId OR second_type = @typeId)", type);
        await RemoveDefinitionAsync(change, typeId);
    }

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
        await RemoveDefinitionAsync(change, typeId);
    }

    private static async Task RemoveDefinitionAsync(DataChange change, long typeId)
    {
        var type = new { change.AppId, typeId };
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
