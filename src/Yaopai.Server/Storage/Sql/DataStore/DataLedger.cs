using Microsoft.Extensions.Options;
using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>Writes to an app's data one after another, and keeps exact what the app stores.</summary>
/// <remarks>
/// Each write takes the app's row of usage first and so waits for the one before it: what it reads stays true until it is committed.
/// The increment of a number that is there changes neither usage nor definitions, and takes no part in this.
/// </remarks>
internal sealed class DataLedger(Database database, IOptions<DataStoreOptions> options) : IDataUsageStore
{
    private readonly DataStoreOptions _quota = options.Value;
    private readonly PerAppLock? _turns = database.WritesWaitOnConnections ? new(database.Timeout) : null;

    public async Task<DataUsage> FindAsync(long appId, CancellationToken ct) =>
        await database.ReadAsync(session => session.FirstAsync<DataUsage>(
            """
            SELECT objects, bytes
              FROM data_usage
             WHERE app_id = @appId
            """, new { appId }), ct) ?? new(0, 0);

    /// <summary>Runs the statements in one transaction; unless they are done and within the quota, nothing of it stays.</summary>
    public Task<DataAnswer<T>> WriteAsync<T>(long appId, Func<DataChange, Task<DataAnswer<T>>> write, CancellationToken ct) =>
        _turns is null ? WriteNowAsync(appId, write, ct) : _turns.TakeAsync(appId, ct => WriteNowAsync(appId, write, ct), ct);

    public async Task<DataOutcome> WriteAsync(long appId, Func<DataChange, Task<DataOutcome>> write, CancellationToken ct) =>
        (await WriteAsync<bool>(appId, async change => await write(change), ct)).Outcome;

    /// <summary>Waits for the write before it. One that takes several apps takes them in the order of their ids.</summary>
    public static async Task<DataUsage> TakeAsync(Session session, long appId) =>
        (await session.FirstAsync<DataUsage>(
            """
            INSERT INTO data_usage (app_id, objects, bytes)
            VALUES (@appId, 0, 0)
            ON CONFLICT (app_id) DO UPDATE SET objects = data_usage.objects
            RETURNING objects, bytes
            """, new { appId }))!;

    public static Task SettleAsync(DataChange change, DataUsage usage) => change.Session.ExecuteAsync(
        """
        UPDATE data_usage
           SET objects = @objects, bytes = @bytes
         WHERE app_id = @AppId
        """, new { change.AppId, objects = usage.Objects + change.Objects, bytes = usage.Bytes + change.Bytes });

    private Task<DataAnswer<T>> WriteNowAsync<T>(long appId, Func<DataChange, Task<DataAnswer<T>>> write, CancellationToken ct) =>
        database.WriteAsync(
            async session =>
            {
                var usage = await TakeAsync(session, appId);
                var change = new DataChange(session, appId);
                var answer = await write(change);
                return !answer.IsDone || await TrySettleAsync(change, usage) ? answer : DataOutcome.QuotaExceeded;
            },
            answer => answer.IsDone, ct);

    private async Task<bool> TrySettleAsync(DataChange change, DataUsage usage)
    {
        if (change is { Objects: 0, Bytes: 0 })
            return true;

        var (objects, bytes) = (usage.Objects + change.Objects, usage.Bytes + change.Bytes);
        if ((change.Objects > 0 && objects > _quota.MaxObjects) || (change.Bytes > 0 && bytes > _quota.MaxBytes))
            return false;

        await SettleAsync(change, usage);
        return true;
    }
}
