using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>Removes what apps keep for a person, before the account goes.</summary>
internal static class PreferenceRemoval
{
    /// <remarks>
    /// Apps that the person trusts are taken too, lest one of them is just storing its first preference: that is seen here, or finds
    /// no account.
    /// </remarks>
    public static async Task RunAsync(Session session, long accountId)
    {
        var apps = await session.ListAsync<long>(
            """
            SELECT app_id FROM data_preference WHERE account_id = @accountId
             UNION
            SELECT app_id FROM consent WHERE account_id = @accountId
             ORDER BY app_id
            """, new { accountId });
        foreach (var appId in apps)
        {
            var usage = await DataLedger.TakeAsync(session, appId);
            var change = new DataChange(session, appId);
            await change.RemoveAsync(
                """
                DELETE FROM data_preference
                 WHERE app_id = @appId AND account_id = @accountId
                RETURNING size
                """, new { appId, accountId });
            await DataLedger.SettleAsync(change, usage);
        }
    }
}
