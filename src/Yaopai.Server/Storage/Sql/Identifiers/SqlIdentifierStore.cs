using Dapper;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Identifiers;

internal sealed class SqlIdentifierStore(Database database) : IIdentifierStore
{
    private const string ByOpenId = "SELECT account_id FROM open_id WHERE app_id = @audience AND tag IN ";
    private const string ByUnionId = "SELECT account_id FROM union_id WHERE developer_id = @audience AND tag IN ";

    /// <summary>Lists come in three lengths, filled up with their last tag: so few statements that each stays prepared.</summary>
    private static readonly int[] s_lengths = [1, 10, IIdentifierStore.MostTags];

    private static readonly string[] s_lists = [.. s_lengths.Select(length => Placeholders(length, i => $"@t{i}"))];

    public Task<IReadOnlyList<long>> FindByOpenIdAsync(long appId, IReadOnlyList<long> tags, CancellationToken ct) =>
        FindAsync(ByOpenId, appId, tags, ct);

    public Task<IReadOnlyList<long>> FindByUnionIdAsync(long developerId, IReadOnlyList<long> tags, CancellationToken ct) =>
        FindAsync(ByUnionId, developerId, tags, ct);

    public Task<IReadOnlyList<IdentifierTag>> ListOpenIdsAsync(long appId, IdentifierTag after, int take, CancellationToken ct) =>
        database.ReadAsync(session => session.HotListAsync(
            """
            SELECT tag, account_id
              FROM open_id
             WHERE app_id = @app AND (tag, account_id) > (@tag, @account)
             ORDER BY tag, account_id
             LIMIT @take
            """,
            [("@app", appId), ("@tag", after.Tag), ("@account", after.AccountId), ("@take", take)],
            row => new IdentifierTag(row.GetInt64(0), row.GetInt64(1))), ct);

    public Task AddUnionIdsAsync(long developerId, IReadOnlyList<IdentifierTag> unionIds, CancellationToken ct) => database.WriteAsync(
        session => InsertAsync(
            session, "union_id (developer_id, tag, account_id)", unionIds.Select(it => (developerId, it.Tag, it.AccountId))), ct);

    public Task<IReadOnlyList<BackloggedConsent>?> BacklogAsync(int take, CancellationToken ct) => database.ReadAsync(
        async session => await session.FirstAsync<Position>("SELECT account_id, app_id FROM identifier_backlog") is not { } done
            ? null
            : await session.ListAsync<BackloggedConsent>(
                """
                SELECT consent.account_id, consent.app_id, app.developer_id
                  FROM consent
                  JOIN app ON app.id = consent.app_id
                 WHERE (consent.account_id, consent.app_id) > (@AccountId, @AppId)
                 ORDER BY consent.account_id, consent.app_id
                 LIMIT @take
                """, new { done.AccountId, done.AppId, take }), ct);

    public Task EnterAsync(IReadOnlyList<EnteredConsent> consents, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            // All of one table first, as a consent does: so none of the two waits for the other in a circle.
            await InsertAsync(session, "open_id (app_id, tag, account_id)", consents.Select(it => (it.AppId, it.OpenTag, it.AccountId)));
            await InsertAsync(
                session, "union_id (developer_id, tag, account_id)", consents.Select(it => (it.DeveloperId, it.UnionTag, it.AccountId)));
            return await session.ExecuteAsync(
                """
                UPDATE identifier_backlog
                   SET account_id = @AccountId, app_id = @AppId
                 WHERE (account_id, app_id) < (@AccountId, @AppId)
                """, new Position(consents[^1].AccountId, consents[^1].AppId));
        }, ct);

    public Task EndBacklogAsync(CancellationToken ct) =>
        database.WriteAsync(session => session.ExecuteAsync("DELETE FROM identifier_backlog"), ct);

    private async Task<IReadOnlyList<long>> FindAsync(string select, long audience, IReadOnlyList<long> tags, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tags.Count, IIdentifierStore.MostTags);
        var size = Array.FindIndex(s_lengths, length => length >= tags.Count);
        (string, object)[] parameters =
        [
            ("@audience", audience),
            .. Enumerable.Range(0, s_lengths[size]).Select(i => ($"@t{i}", (object)tags[Math.Min(i, tags.Count - 1)])),
        ];
        return await database.ReadAsync(session => session.HotListAsync(select + s_lists[size], parameters, row => row.GetInt64(0)), ct);
    }

    private static Task<int> InsertAsync(Session session, string into, IEnumerable<(long Audience, long Tag, long AccountId)> rows)
    {
        var sorted = rows.Order().ToArray(); // the same order on every node, lest two wait for each other
        var parameters = new DynamicParameters();
        for (var i = 0; i < sorted.Length; i++)
        {
            parameters.Add($"a{i}", sorted[i].Audience);
            parameters.Add($"t{i}", sorted[i].Tag);
            parameters.Add($"p{i}", sorted[i].AccountId);
        }

        var values = string.Join(", ", sorted.Select((_, i) => $"(@a{i}, @t{i}, @p{i})"));
        return session.ExecuteAsync("INSERT INTO " + into + " VALUES " + values + " ON CONFLICT DO NOTHING", parameters);
    }

    private static string Placeholders(int count, Func<int, string> name) =>
        "(" + string.Join(", ", Enumerable.Range(0, count).Select(name)) + ")";

    private sealed record Position(long AccountId, long AppId);
}
