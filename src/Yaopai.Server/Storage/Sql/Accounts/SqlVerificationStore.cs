using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlVerificationStore(Database database) : IVerificationStore
{
    /// <summary>Whether the codes counted so far still count: those of a day, and none of a time before a clock was put back.</summary>
    private const string IsCounting = "(verification_count.window_start > @floor AND verification_count.window_start <= @ceiling)";

    private static readonly TimeSpan s_window = TimeSpan.FromDays(1);

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    public Task<bool> TryAddAsync(StoredCode code, IReadOnlyList<CodeQuota> quotas, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            if (!await TryCountAsync(session, quotas, code.SentAt))
                return false;

            await session.ExecuteAsync(
                """
                INSERT INTO verification_code (subject, code, sent_at, expires_at, tries, bucket)
                VALUES (@Subject, @Code, @sentAt, @expiresAt, 0, @bucket)
                ON CONFLICT (subject) DO UPDATE
                   SET code       = excluded.code,
                       sent_at    = excluded.sent_at,
                       expires_at = excluded.expires_at,
                       tries      = 0,
                       bucket     = excluded.bucket
                """,
                new
                {
                    code.Subject,
                    code.Code,
                    sentAt = code.SentAt.ToMilliseconds(),
                    expiresAt = code.ExpiresAt.ToMilliseconds(),
                    bucket = Bucket.Of(session.Now + (code.ExpiresAt - code.SentAt) + s_skew),
                });
            return true;
        }, ct);

    public Task<bool> TryCountAsync(IReadOnlyList<CodeQuota> quotas, DateTimeOffset now, CancellationToken ct) =>
        database.TryWriteAsync(session => TryCountAsync(session, quotas, now), ct);

    public async Task<byte[]?> TakeTryAsync(byte[] subject, int mostTries, DateTimeOffset now, CancellationToken ct) =>
        (await database.WriteAsync(
            session => session.ListAsync<byte[]>(
                """
                UPDATE verification_code
                   SET tries = tries + 1
                 WHERE subject = @subject AND tries < @mostTries AND expires_at > @now AND sent_at <= @ceiling
                RETURNING code
                """,
                new { subject, mostTries = (long)mostTries, now = now.ToMilliseconds(), ceiling = (now + s_skew).ToMilliseconds() }), ct))
            .SingleOrDefault();

    public Task<bool> TryUseAsync(byte[] subject, byte[] code, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            DELETE FROM verification_code
             WHERE subject = @subject AND code = @code
            """, new { subject, code }) == 1, ct);

    private static async Task<bool> TryCountAsync(Session session, IReadOnlyList<CodeQuota> quotas, DateTimeOffset now)
    {
        foreach (var quota in quotas)
        {
            if (!await TryCountAsync(session, quota, now))
                return false;
        }

        return true;
    }

    private static async Task<bool> TryCountAsync(Session session, CodeQuota quota, DateTimeOffset now) => await session.ExecuteAsync(
        $"""
        INSERT INTO verification_count (subject, count, window_start, last_at, bucket)
        VALUES (@Subject, 1, @now, @now, @bucket)
        ON CONFLICT (subject) DO UPDATE
           SET count        = CASE WHEN {IsCounting} THEN verification_count.count + 1 ELSE 1 END,
               window_start = CASE WHEN {IsCounting} THEN verification_count.window_start ELSE excluded.window_start END,
               last_at      = excluded.last_at,
               bucket       = excluded.bucket
         WHERE ({IsCounting} IS NOT TRUE OR verification_count.count < @limit)
           AND (verification_count.last_at <= @paused OR verification_count.last_at > @ceiling)
        """,
        new
        {
            quota.Subject,
            now = now.ToMilliseconds(),
            floor = (now - s_window).ToMilliseconds(),
            ceiling = (now + s_skew).ToMilliseconds(),
            limit = (long)quota.Limit,
            paused = (now - quota.Pause).ToMilliseconds(),
            bucket = Bucket.Of(session.Now + s_window + s_skew),
        }) == 1;
}
