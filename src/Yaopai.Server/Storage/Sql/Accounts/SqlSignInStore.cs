using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed partial class SqlSignInStore(Database database, IOptions<SignInOptions> options) : ISignInStore
{
    /// <summary>Whether a locked_until binds. One that lies further away than a lockout lasts was made before
    /// a clock was put back.</summary>
    private const string IsLocked = "(sign_in_failure.locked_until > @now AND sign_in_failure.locked_until <= @farthest)";

    /// <summary>Whether the failures counted so far still count: within their window, or while they lock out.</summary>
    private const string IsCounting =
        """
        ((sign_in_failure.locked_until IS NULL AND sign_in_failure.window_start > @floor AND sign_in_failure.window_start <= @ceiling)
        OR (sign_in_failure.locked_until > @now AND sign_in_failure.locked_until <= @farthest))
        """;

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    public Task<DateTimeOffset?> LockedUntilAsync(IReadOnlyList<byte[]> subjects, DateTimeOffset now, CancellationToken ct) =>
        database.ReadAsync(async session =>
        {
            DateTimeOffset? latest = null;
            foreach (var subject in subjects)
            {
                var locked = await session.HotListAsync(
                    $"""
                    SELECT locked_until
                      FROM sign_in_failure
                     WHERE subject = @subject AND {IsLocked}
                    """,
                    [("@subject", subject), ("@now", now.ToMilliseconds()), ("@farthest", Farthest(now))],
                    row => Instants.FromMilliseconds(row.GetInt64(0)));
                if (locked is [var until] && !(until < latest))
                    latest = until;
            }

            return latest;
        }, ct);

    public Task<int> FailAsync(IReadOnlyList<byte[]> subjects, DateTimeOffset now, SignInRecord? record, CancellationToken ct) =>
        database.WriteAsync(
            async session =>
            {
                var highest = 0;
                foreach (var subject in subjects)
                    highest = Math.Max(highest, await CountAsync(session, subject, now));

                await AddAsync(session, record);
                return highest;
            }, ct);

    public Task<bool> TryProveAsync(IReadOnlyList<byte[]> subjects, DateTimeOffset now, SignInRecord? record, CancellationToken ct) =>
        database.TryWriteAsync(
            async session =>
            {
                foreach (var subject in subjects)
                {
                    var at = new { subject, now = now.ToMilliseconds(), farthest = Farthest(now) };
                    await session.ExecuteAsync($"DELETE FROM sign_in_failure WHERE subject = @subject AND {IsLocked} IS NOT TRUE", at);
                    if ((await session.ListAsync<long>(
                        $"SELECT count FROM sign_in_failure WHERE subject = @subject AND {IsLocked}", at)).Count > 0)
                        return false;
                }

                await AddAsync(session, record);
                return true;
            }, ct);

    public Task UnlockAsync(byte[] subject, CancellationToken ct) =>
        database.WriteAsync(session => session.ExecuteAsync("DELETE FROM sign_in_failure WHERE subject = @subject", new { subject }), ct);

    private long Farthest(DateTimeOffset now) => (now + options.Value.LockoutDuration + s_skew).ToMilliseconds();

    private async Task<int> CountAsync(Session session, byte[] subject, DateTimeOffset now)
    {
        var terms = options.Value;
        var counted = await session.ListAsync<long>(
            $"""
            INSERT INTO sign_in_failure (subject, count, window_start, locked_until, bucket)
            VALUES (@subject, 1, @now, CASE WHEN @limit <= 1 THEN @until END, @bucket)
            ON CONFLICT (subject) DO UPDATE
               SET count        = CASE WHEN {IsCounting} THEN sign_in_failure.count + 1 ELSE 1 END,
                   window_start = CASE WHEN {IsCounting} THEN sign_in_failure.window_start ELSE excluded.window_start END,
                   locked_until = CASE WHEN {IsLocked} THEN sign_in_failure.locked_until
                                       WHEN {IsCounting} AND sign_in_failure.count + 1 >= @limit THEN @until
                                       ELSE excluded.locked_until END,
                   bucket       = excluded.bucket
            RETURNING count
            """,
            new
            {
                subject,
                now = now.ToMilliseconds(),
                floor = (now - terms.FailureWindow).ToMilliseconds(),
                ceiling = (now + s_skew).ToMilliseconds(),
                limit = (long)terms.FailuresBeforeLockout,
                until = (now + terms.LockoutDuration).ToMilliseconds(),
                farthest = Farthest(now),
                bucket = Bucket.Of(session.Now + terms.FailureWindow + terms.LockoutDuration),
            });
        return (int)counted[0];
    }

    private async Task AddAsync(Session session, SignInRecord? record)
    {
        if (record is null)
            return;

        await session.ExecuteAsync(
            """
            INSERT INTO sign_in (account_id, outcome, at, id, address, network, device, bucket)
            VALUES (@AccountId, @outcome, @at, @id, @Address, @Network, @Device, @bucket)
            """,
            new
            {
                record.AccountId,
                outcome = (long)record.Outcome,
                at = record.At.ToMilliseconds(),
                id = RevocationRow.BlobOf(Randomness.NewGuid()),
                record.Address,
                record.Network,
                record.Device,
                bucket = Bucket.Of(session.Now + options.Value.Retention),
            });
    }
}
