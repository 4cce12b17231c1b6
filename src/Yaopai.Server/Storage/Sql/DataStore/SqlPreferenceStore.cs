using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

internal sealed class SqlPreferenceStore(Database database, DataLedger ledger) : IPreferenceStore
{
    public async Task<IReadOnlyDictionary<int, string>> ListAsync(long appId, long accountId, CancellationToken ct) =>
        (await database.ReadAsync(session => session.ListAsync<PreferenceRow>(
            """
            SELECT preference_id, value
              FROM data_preference
             WHERE app_id = @appId AND account_id = @accountId
             ORDER BY preference_id
            """, new { appId, accountId }), ct)).ToDictionary(row => (int)row.PreferenceId, row => row.Value);

    public Task<DataOutcome> PutAsync(
        long appId, long accountId, IReadOnlyDictionary<int, string> values, bool replace, CancellationToken ct) =>
        ledger.WriteAsync(
            appId,
            async change =>
            {
                // Of an account that is deleted meanwhile nothing may stay.
                if (await change.Session.FirstAsync<DataTypes.IdRow>("SELECT id FROM account WHERE id = @accountId", new { accountId })
                    is null)
                    return DataOutcome.NotFound;

                await RemoveAsync(change, accountId, values, replace);
                foreach (var (id, value) in values.Where(pair => pair.Value is not ""))
                    await AddAsync(change, accountId, id, value);
                return DataOutcome.Done;
            }, ct);

    private static Task<int> RemoveAsync(
        DataChange change, long accountId, IReadOnlyDictionary<int, string> values, bool replace) => replace
        ? change.RemoveAsync(
            """
            DELETE FROM data_preference
             WHERE app_id = @AppId AND account_id = @accountId
            RETURNING size
            """, new { change.AppId, accountId })
        : change.RemoveAsync(
            """
            DELETE FROM data_preference
             WHERE app_id = @AppId AND account_id = @accountId AND preference_id IN @ids
            RETURNING size
            """, new { change.AppId, accountId, ids = values.Keys.Select(id => (long)id).ToArray() });

    private static async Task AddAsync(DataChange change, long accountId, int id, string value)
    {
        long size = DataText.Size(value);
        await change.Session.ExecuteAsync(
            """
            INSERT INTO data_preference (app_id, account_id, preference_id, value, size)
            VALUES (@AppId, @accountId, @id, @value, @size)
            """, new { change.AppId, accountId, id = (long)id, value, size });
        change.Count(1, size);
    }

    private sealed record PreferenceRow(long PreferenceId, string Value);
}
