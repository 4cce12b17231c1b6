using System.Data.Common;
using Yaopai.Server.Accounts;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Accounts;

// What risk is made of: ranges of an index, each cut off where more would tell nothing new.
internal sealed partial class SqlSignInStore
{
    // Of two at once neither is before the other: both are new.
    public Task<bool> IsNewDeviceAsync(long accountId, byte[] device, DateTimeOffset at, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            var when = new { accountId, device, at = at.ToMilliseconds() };
            var known = await session.ListAsync<long>(
                """
                SELECT at
                  FROM sign_in
                 WHERE device = @device AND outcome = 0 AND account_id = @accountId AND at < @at
                 LIMIT 1
                """, when);
            var before = await session.ListAsync<long>(
                """
                SELECT at
                  FROM sign_in
                 WHERE account_id = @accountId AND outcome = 0 AND at < @at
                 LIMIT 1
                """, when);
            return known.Count == 0 && before.Count > 0;
        }, ct);

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

    // Accounts are counted once here and not by a DISTINCT, for which SQLite sets up and takes down a table of 90 KB each time.
    public async Task<SignInNeighbours> NeighboursAsync(SignInRecord of, Neighbourhood within, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.HotListAsync(
            """
            SELECT 0, account_id
              FROM (SELECT account_id FROM sign_in
                     WHERE address = @address AND outcome = 0 AND at BETWEEN @addressFrom AND @addressTo
                     ORDER BY at DESC LIMIT 500) AS near
             UNION ALL
            SELECT 1, account_id
              FROM (SELECT account_id FROM sign_in
                     WHERE network = @network AND outcome = 0 AND at BETWEEN @networkFrom AND @networkTo
                     ORDER BY at DESC LIMIT 500) AS near
             UNION ALL
            SELECT 2, account_id
              FROM (SELECT account_id FROM sign_in
                     WHERE device = @device AND device IS NOT NULL AND outcome = 0 AND at BETWEEN @deviceFrom AND @deviceTo
                     ORDER BY at DESC LIMIT 500) AS near
            """,
            [
                ("@address", of.Address),
                ("@addressFrom", (of.At - within.OfAddress).ToMilliseconds()), ("@addressTo", (of.At + within.OfAddress).ToMilliseconds()),
                ("@network", of.Network),
                ("@networkFrom", (of.At - within.OfNetwork).ToMilliseconds()), ("@networkTo", (of.At + within.OfNetwork).ToMilliseconds()),
                ("@device", of.Device ?? []), // no device has an empty trace
                ("@deviceFrom", (of.At - within.OfDevice).ToMilliseconds()), ("@deviceTo", (of.At + within.OfDevice).ToMilliseconds()),
            ],
            row => (Where: row.GetInt32(0), AccountId: row.GetInt64(1))), ct);

        return new SignInNeighbours(Count(0), Count(1), Count(2));

        int Count(int where) => rows.Where(row => row.Where == where).Select(row => row.AccountId).Distinct().Count();
    }

    private static SignInRecord Read(long accountId, DbDataReader row) => new(
        accountId,
        Instants.FromMilliseconds(row.GetInt64(0)),
        (SignInOutcome)row.GetInt64(1),
        row.GetFieldValue<byte[]>(2),
        row.GetFieldValue<byte[]>(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4));
}
