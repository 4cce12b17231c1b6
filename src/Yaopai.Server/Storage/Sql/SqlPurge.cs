using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql;

/// <summary>Removes what no longer matters, found by an index range, in slices short enough to let other writes through.</summary>
internal sealed class SqlPurge(Database database)
{
    private const int Slice = 2000;

    /// <summary>Longer than any node may be away and still know what its caches missed.</summary>
    private static readonly TimeSpan s_feedLife = TimeSpan.FromDays(1);

    private static readonly TimeSpan s_deliveredEventLife = TimeSpan.FromDays(7);

    /// <summary>Time for somebody to mend a receiver and try again.</summary>
    private static readonly TimeSpan s_deadEventLife = TimeSpan.FromDays(30);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        var passed = Bucket.LastPassed(now);
        await RemoveAsync(
            """
            DELETE FROM used_code
             WHERE (app_id, code_id) IN (SELECT app_id, code_id FROM used_code WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM call_id
             WHERE bucket <= @limit
               AND (app_id, session_id) IN (SELECT app_id, session_id FROM call_id WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM numbered_request
             WHERE (app_id, request_id) IN (SELECT app_id, request_id FROM numbered_request WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM device_authorization
             WHERE (app_id, device_id) IN (SELECT app_id, device_id FROM device_authorization WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM revocation
             WHERE bucket <= @limit
               AND (app_id, account_id, pair_id) IN
                   (SELECT app_id, account_id, pair_id FROM revocation WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM personal_data_use
             WHERE (account_id, id) IN (SELECT account_id, id FROM personal_data_use WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM sign_in
             WHERE (account_id, outcome, at, id) IN (SELECT account_id, outcome, at, id FROM sign_in WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM sign_in_failure
             WHERE bucket <= @limit
               AND subject IN (SELECT subject FROM sign_in_failure WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM open_session
             WHERE bucket <= @limit
               AND (account_id, id) IN (SELECT account_id, id FROM open_session WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM short_link
             WHERE code IN (SELECT code FROM short_link WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM scan_scene
             WHERE scene_key IN (SELECT scene_key FROM scan_scene WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM third_party_session
             WHERE bucket <= @limit
               AND id IN (SELECT id FROM third_party_session WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM verification_code
             WHERE bucket <= @limit
               AND subject IN (SELECT subject FROM verification_code WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM verification_count
             WHERE bucket <= @limit
               AND subject IN (SELECT subject FROM verification_count WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM mobile_change
             WHERE bucket <= @limit
               AND (tenant_id, user_id, at, id) IN
                   (SELECT tenant_id, user_id, at, id FROM mobile_change WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM provisioning_item
             WHERE bucket <= @limit
               AND (tenant_id, job_id, ordinal) IN
                   (SELECT tenant_id, job_id, ordinal FROM provisioning_item WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM todo
             WHERE bucket <= @limit
               AND (tenant_id, task_id, user_id) IN (SELECT tenant_id, task_id, user_id FROM todo WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM admin_answer
             WHERE (admin_key_id, asked_id) IN (SELECT admin_key_id, asked_id FROM admin_answer WHERE bucket <= @limit LIMIT @Slice)
            """, passed, ct);
        await RemoveAsync(
            """
            DELETE FROM change_feed
             WHERE recorded_at < @limit
               AND (kind, id) IN (SELECT kind, id FROM change_feed WHERE recorded_at < @limit LIMIT @Slice)
            """, (now - s_feedLife).ToMilliseconds(), ct);
        await RemoveAsync(
            """
            DELETE FROM security_event
             WHERE delivered_at < @limit
               AND (app_id, id) IN (SELECT app_id, id FROM security_event WHERE delivered_at < @limit LIMIT @Slice)
            """, (now - s_deliveredEventLife).ToMilliseconds(), ct);
        await RemoveAsync(
            """
            DELETE FROM security_event
             WHERE dead_at < @limit
               AND (app_id, id) IN (SELECT app_id, id FROM security_event WHERE dead_at < @limit LIMIT @Slice)
            """, (now - s_deadEventLife).ToMilliseconds(), ct);
    }

    private async Task RemoveAsync(string sql, long limit, CancellationToken ct)
    {
        int removed;
        do
            removed = await database.WriteAsync(session => session.ExecuteAsync(sql, new { limit, Slice }), ct);
        while (removed == Slice);
    }
}
