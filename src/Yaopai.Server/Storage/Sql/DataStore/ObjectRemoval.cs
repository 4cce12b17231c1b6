namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>Removes objects with all that hangs on them.</summary>
internal static class ObjectRemoval
{
    public static async Task RunAsync(DataChange change, IReadOnlyCollection<long> objects)
    {
        var named = new { change.AppId, ids = objects.ToArray() };
        await change.RemoveAsync(
            """
            DELETE FROM data_link
             WHERE app_id = @AppId AND (first_id IN @ids OR second_id IN @ids)
            RETURNING size
            """, named);
        await change.RemovePartsAsync("DELETE FROM data_value WHERE app_id = @AppId AND object_id IN @ids RETURNING size", named);
        change.Count(-await change.Session.ExecuteAsync("DELETE FROM data_object WHERE app_id = @AppId AND id IN @ids", named), 0);
    }
}
