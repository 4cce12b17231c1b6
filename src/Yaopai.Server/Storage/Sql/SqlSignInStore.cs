using System.Data.Common;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;

namespace Yaopai.Server.Storage.Sql;

internal sealed class SqlSignInStore(Database database, IOptions<SignInOptions> options) : ISignInStore
{
    /// <summary>Whether a locked_until binds. One that lies further away than a lockout lasts was made before a clock was put back.</summary>
    private const string IsLocked = "(sign_in_failure.locked_until > @now AND sign_in_failure.locked_until <= @farthest)";

    /// <summary>Whether the failures counted so far still count: within their window, or while they lock out.</summary>
    private const string IsCounting =
        """
        ((sign_in_failure.locked_until IS NULL AND sign_in_failure.window_start > @floor AND sign_in_failure.window_start <= @ceiling)
        OR (sign_in_failure.locked_until > @now AND sign_in_failure.locked_until <= @farthest))
        """;

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    public async Task<DateTimeOffset?> LockedUntilAsync(byte[] subject, DateTimeOffset now, CancellationToken ct) =>
        await database.ReadAsync(session => session.HotListAsync(
            $"""
            SELECT locked_until
              FROM sign_in_failure
             WHERE subject = @subject AND {IsLocked}
            """,
            [("@subject", subject), ("@now", now.ToMilliseconds()), ("@farthest", Farthest(now))],
            row => Instants.FromMilliseconds(row.GetInt64(0))), ct) is [var until] ? until : null;

    public Task<int> FailAsync(byte[] subject, DateTimeOffset now, SignInRecord? record, CancellationToken ct) => database.WriteAsync(
        async session =>
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
            await AddAsync(session, record);
            return (int)counted[0];
        }, ct);

    public Task<bool> TryProveAsync(byte[] subject, DateTimeOffset now, SignInRecord? record, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            var at = new { subject, now = now.ToMilliseconds(), farthest = Farthest(now) };
            await session.ExecuteAsync($"DELETE FROM sign_in_failure WHERE subject = @subject AND {IsLocked} IS NOT TRUE", at);
            if ((await session.ListAsync<long>($"SELECT count FROM sign_in_failure WHERE subject = @subject AND {IsLocked}", at)).Count > 0)
                return false;

            await AddAsync(session, record);
            return true;
        }, ct);

    public Task UnlockAsync(byte[] subject, CancellationToken ct) =>
        database.WriteAsync(session => session.ExecuteAsync("DELETE FROM sign_in_failure WHERE subject = @subject", new { subject }), ct);

    // Two ranges of the primary key, however long the account's past is.
    public async Task<SignInHistory> HistoryAsync(long accountId, DateTimeOffset failuresSince, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.HotListAsync(
            """
            SELECT at, outcome, address, network, device
              FROM (SELECT at, outcome, address, network, device
                      FROM sign_in
                     WHERE account_id = @account AND outcome = 0
                     ORDER BY at DESC LIMIT 20) AS success
             UNION ALL
            SELECT at, outcome, address, network, device
              FROM (SELECT at, outcome, address, network, device
                      FROM sign_in
                     WHERE account_id = @account AND outcome = 1 AND at > @since
                     ORDER BY at DESC LIMIT 100) AS failure
            """,
            [("@account", accountId), ("@since", failuresSince.ToMilliseconds())], row => Read(accountId, row)), ct);

        return new SignInHistory(
            [.. rows.Where(row => row.Outcome is SignInOutcome.SignedIn).OrderByDescending(row => row.At)],
            rows.Count(row => row.Outcome is SignInOutcome.Refused));
    }

    // Three ranges, each cut off where more would tell nothing new.
    public async Task<SignInNeighbours> NeighboursAsync(SignInRecord of, Neighbourhood within, CancellationToken ct) =>
        (await database.ReadAsync(session => session.HotListAsync(
            """
            SELECT (SELECT count(DISTINCT account_id)
                      FROM (SELECT account_id FROM sign_in
                             WHERE address = @address AND outcome = 0 AND at BETWEEN @addressFrom AND @addressTo
                             ORDER BY at DESC LIMIT 500) AS near),
                   (SELECT count(DISTINCT account_id)
                      FROM (SELECT account_id FROM sign_in
                             WHERE network = @network AND outcome = 0 AND at BETWEEN @networkFrom AND @networkTo
                             ORDER BY at DESC LIMIT 500) AS near),
                   (SELECT count(DISTINCT account_id)
                      FROM (SELECT account_id FROM sign_in
                             WHERE device = @device AND device IS NOT NULL AND outcome = 0 AND at BETWEEN @deviceFrom AND @deviceTo
                             ORDER BY at DESC LIMIT 500) AS near)
            """,
            [
                ("@address", of.Address),
                ("@addressFrom", (of.At - within.OfAddress).ToMilliseconds()), ("@addressTo", (of.At + within.OfAddress).ToMilliseconds()),
                ("@network", of.Network),
                ("@networkFrom", (of.At - within.OfNetwork).ToMilliseconds()), ("@networkTo", (of.At + within.OfNetwork).ToMilliseconds()),
                ("@device", of.Device ?? []), // no device has an empty trace
                ("@deviceFrom", (of.At - within.OfDevice).ToMilliseconds()), ("@deviceTo", (of.At + within.OfDevice).ToMilliseconds()),
            ],
            row => new SignInNeighbours((int)row.GetInt64(0), (int)row.GetInt64(1), (int)row.GetInt64(2))), ct))[0];

    private long Farthest(DateTimeOffset now) => (now + options.Value.LockoutDuration + s_skew).ToMilliseconds();

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
                id = RevocationRow.BlobOf(Guid.NewGuid()),
                record.Address,
                record.Network,
                record.Device,
                bucket = Bucket.Of(session.Now + options.Value.Retention),
            });
    }

    private static SignInRecord Read(long accountId, DbDataReader row) => new(
        accountId,
        Instants.FromMilliseconds(row.GetInt64(0)),
        (SignInOutcome)row.GetInt64(1),
        row.GetFieldValue<byte[]>(2),
        row.GetFieldValue<byte[]>(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4));
}
