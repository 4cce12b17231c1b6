using Yaopai.Server.Consents;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Sql.Consents;

internal sealed class SqlDeviceAuthorizationStore(Database database, PairwiseIdentifiers identifiers) : IDeviceAuthorizationStore
{
    public Task<bool> TryAddAsync(DeviceAuthorization device, DateTimeOffset keepUntil, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            INSERT INTO device_authorization (app_id, device_id, user_code, scopes, state, account_id, phone_id,
                                              created_at, scan_until, expires_at, confirmed_at, polls, polled_at, polled_before, bucket)
            VALUES (@AppId, @DeviceId, @UserCode, @Scopes, @State, @AccountId, @PhoneId,
                    @CreatedAt, @ScanUntil, @ExpiresAt, @ConfirmedAt, @Polls, @PolledAt, @PolledBefore, @Bucket)
            """, DeviceRow.Of(device, keepUntil)) == 1, ct);

    public async Task<DeviceAuthorization?> FindAsync(string userCode, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<DeviceRow>(
            """
            SELECT app_id, device_id, user_code, scopes, state, account_id, phone_id,
                   created_at, scan_until, expires_at, confirmed_at, polls, polled_at, polled_before, bucket
              FROM device_authorization
             WHERE user_code = @userCode
            """, new { userCode }), ct))?.ToDevice();

    public async Task<DeviceAuthorization?> PollAsync(long appId, Guid id, DateTimeOffset at, CancellationToken ct) =>
        (await database.WriteAsync(session => session.FirstAsync<DeviceRow>(
            """
            UPDATE device_authorization
               SET polls         = polls + 1,
                   polled_before = polled_at,
                   polled_at     = @polledAt
             WHERE app_id = @appId AND device_id = @deviceId
            RETURNING app_id, device_id, user_code, scopes, state, account_id, phone_id,
                      created_at, scan_until, expires_at, confirmed_at, polls, polled_at, polled_before, bucket
            """, new { appId, deviceId = RevocationRow.BlobOf(id), polledAt = at.ToMilliseconds() }), ct))?.ToDevice();

    public Task<bool> TryScanAsync(DeviceAuthorization device, long accountId, CancellationToken ct) => TryStepAsync(
        """
        UPDATE device_authorization
           SET state      = 1,
               account_id = @accountId
         WHERE app_id = @AppId AND device_id = @deviceId
           AND (state = 0 OR (state = 1 AND account_id = @accountId))
        """, new { device.AppId, deviceId = RevocationRow.BlobOf(device.Id), accountId }, ct);

    public Task<bool> TryConfirmAsync(DeviceAuthorization device, Consent consent, DateTimeOffset confirmedAt, CancellationToken ct) =>
        database.TryWriteAsync(
            async session =>
            {
                var confirmed = await session.ExecuteAsync(
                    """
                    UPDATE device_authorization
                       SET state        = 2,
                           phone_id     = @PhoneId,
                           confirmed_at = @confirmedAt
                     WHERE app_id = @AppId AND device_id = @deviceId
                       AND state = 1 AND account_id = @AccountId
                    """,
                    new
                    {
                        device.AppId,
                        deviceId = RevocationRow.BlobOf(device.Id),
                        consent.AccountId,
                        consent.PhoneId,
                        confirmedAt = confirmedAt.ToMicroseconds(),
                    });
                if (confirmed == 0)
                    return false;

                await ConsentRow.AddAsync(session, consent, identifiers);
                return true;
            }, ct);

    public Task<bool> TryDenyAsync(DeviceAuthorization device, long accountId, CancellationToken ct) => TryStepAsync(
        """
        UPDATE device_authorization
           SET state = 3
         WHERE app_id = @AppId AND device_id = @deviceId
           AND state = 1 AND account_id = @accountId
        """, new { device.AppId, deviceId = RevocationRow.BlobOf(device.Id), accountId }, ct);

    public Task<bool> TryTakeAsync(DeviceAuthorization device, CancellationToken ct) => TryStepAsync(
        """
        UPDATE device_authorization
           SET state = 4
         WHERE app_id = @AppId AND device_id = @deviceId
           AND state = 2
        """, new { device.AppId, deviceId = RevocationRow.BlobOf(device.Id) }, ct);

    private async Task<bool> TryStepAsync(string sql, object parameters, CancellationToken ct) =>
        await database.WriteAsync(session => session.ExecuteAsync(sql, parameters), ct) == 1;
}
