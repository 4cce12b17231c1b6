using Yaopai.Server.Credentials;
using Yaopai.Server.Events;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Hot;
using Yaopai.Server.Storage.Sql.Events;

namespace Yaopai.Server.Storage.Sql.Credentials;

internal sealed class SqlRevocationStore(Database database, SqlOutbox? outbox = null) : IRevocationStore
{
    /// <summary>What touches a credential, each once; the last columns are those of the consent that a grant is read with.</summary>
    // One look-up of the key a branch: for OR and IN, SQLite sets up and takes down a table of 90 KB each time.
    public const string Touching =
        """
        SELECT app_id, account_id, pair_id, before_at, bucket, NULL AS scopes, NULL AS phone_id, NULL AS granted_at
          FROM revocation
         WHERE app_id = @app AND account_id = @account AND pair_id = @pair
         UNION ALL
        SELECT app_id, account_id, pair_id, before_at, bucket, NULL, NULL, NULL
          FROM revocation
         WHERE app_id = @app AND account_id = @account AND pair_id = @all AND @pair <> @all
         UNION ALL
        SELECT app_id, account_id, pair_id, before_at, bucket, NULL, NULL, NULL
          FROM revocation
         WHERE app_id = 0 AND account_id = @account AND pair_id = @all AND @app <> 0
         UNION ALL
        SELECT app_id, account_id, pair_id, before_at, bucket, NULL, NULL, NULL
          FROM revocation
         WHERE app_id = @app AND account_id = 0 AND pair_id = @all AND @account <> 0
         UNION ALL
        SELECT app_id, account_id, pair_id, before_at, bucket, NULL, NULL, NULL
          FROM revocation
         WHERE app_id = 0 AND account_id = 0 AND pair_id = @all AND @app <> 0 AND @account <> 0
        """;

    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    public Task AddAsync(Revocation revocation, CancellationToken ct) =>
        database.RunAsync(HotStatements.AddRevocation, revocation, ct);

    public async Task AddForAccountAsync(Revocation revocation, CancellationToken ct)
    {
        await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(RevocationRow.Put, RevocationRow.Of(revocation, session.Now));
                session.WakeOthers();
                var trust = await SqlOutbox.TrustOfAsync(session, revocation.AccountId);
                await _outbox.AddAsync(session, revocation.AccountId, trust, EventCause.Revoked);
                return true;
            }, ct);
        _outbox.Announce();
    }

    public async Task<(IReadOnlyList<Revocation> Revocations, DateTimeOffset RecordedAt)> SinceAsync(
        DateTimeOffset recordedAt, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.ListAsync<RevocationRow>(
            """
            SELECT app_id, account_id, pair_id AS grant_id, before_at, recorded_at, bucket
              FROM revocation
             WHERE recorded_at >= @since
             ORDER BY recorded_at
            """, new { since = recordedAt.ToMilliseconds() }), ct);

        return ([.. rows.Select(row => row.ToRevocation())],
            rows.Count == 0 ? recordedAt : Instants.FromMilliseconds(rows[^1].RecordedAt));
    }

    public Task<DateTimeOffset?> LatestAsync(DateTimeOffset most, CancellationToken ct) =>
        database.ReadAsync(session => LatestAsync(session, most), ct);

    public static async Task<DateTimeOffset?> LatestAsync(Session session, DateTimeOffset most)
    {
        var rows = await session.HotListAsync(
            """
            SELECT before_at
              FROM revocation
             WHERE pair_id = @all AND before_at <= @most
             ORDER BY before_at DESC
             LIMIT 1
            """,
            [("@all", RevocationRow.AllGrants), ("@most", most.ToMicroseconds())],
            row => Instants.FromMicroseconds(row.GetInt64(0)));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>As <see cref="HybridClock.UpperBoundAsync"/>, in a transaction that revokes.</summary>
    public static async Task<DateTimeOffset> UpperBoundAsync(Session session)
    {
        var fastest = session.Now + session.ClockSkew;
        var latest = await LatestAsync(session, session.Now + HybridClock.Furthest);
        return (latest > fastest ? latest.Value : fastest).AddMicroseconds(1); // what is stored is rounded down
    }

    public Task<IReadOnlyList<Revocation>> TouchingAsync(long appId, long accountId, Guid grantId, CancellationToken ct) =>
        database.ReadAsync(session => session.HotListAsync(
            Touching,
            Subject(appId, accountId, grantId),
            row => new RevocationRow(
                row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3), RecordedAt: 0,
                row.GetInt64(4)).ToRevocation()), ct);

    public static (string, object)[] Subject(long appId, long accountId, Guid grantId) =>
        [("@app", appId), ("@account", accountId), ("@pair", RevocationRow.BlobOf(grantId)), ("@all", RevocationRow.AllGrants)];
}
