using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

internal sealed class SqlAssociationStore(Database database, DataLedger ledger) : IAssociationStore
{
    public Task<DataOutcome> PutAsync(long appId, IReadOnlyCollection<Association> associations, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            var types = await AssociationChange.ListTypesAsync(
                change.Session, appId, [.. associations.SelectMany(one => new[] { one.FirstId, one.SecondId }).Distinct()]);
            var changes = new AssociationChange(change);
            foreach (var one in associations)
            {
                if (await changes.FindAsync(one.Name) is not { } definition
                    || !types.TryGetValue(one.FirstId, out var firstType)
                    || !types.TryGetValue(one.SecondId, out var secondType)
                    || !definition.Takes(firstType, secondType))
                {
                    return DataOutcome.InvalidOperation;
                }

                await changes.PutAsync(definition, one);
            }

            return DataOutcome.Done;
        }, ct);

    public Task<DataOutcome> RemoveAsync(
        long appId, IReadOnlyCollection<AssociationKey> associations, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            var types = await AssociationChange.ListTypesAsync(
                change.Session, appId, [.. associations.SelectMany(one => new[] { one.FirstId, one.SecondId }).Distinct()]);
            var changes = new AssociationChange(change);
            foreach (var one in associations.Distinct())
            {
                if (await changes.FindAsync(one.Name) is not { } definition
                    || !types.ContainsKey(one.FirstId)
                    || !types.ContainsKey(one.SecondId)
                    || !await changes.TryRemoveAsync(definition, one.FirstId, one.SecondId))
                {
                    return DataOutcome.NotFound;
                }
            }

            return DataOutcome.Done;
        }, ct);

    /// <remarks>In slices short enough to let other writes through. What breaks off has removed some, and may be asked again.</remarks>
    public async Task<DataOutcome> RemoveAllAsync(long appId, string name, long id, CancellationToken ct)
    {
        DataAnswer<bool> mayBeMore;
        do
            mayBeMore = await RemoveSliceAsync(appId, name, id, ct);
        while (mayBeMore is { IsDone: true, Value: true });

        return mayBeMore.Outcome;
    }

    private Task<DataAnswer<bool>> RemoveSliceAsync(long appId, string name, long id, CancellationToken ct) => ledger.WriteAsync<bool>(
        appId,
        async change =>
        {
            if (await AssociationDefinitionRow.FindAsync(change.Session, appId, name) is not { } definition
                || !(await AssociationChange.ListTypesAsync(change.Session, appId, [id])).TryGetValue(id, out var type)
                || !definition.IsReadFrom(type))
            {
                return DataOutcome.InvalidOperation;
            }

            var from = AssociationRow.From(appId, definition, [id], new DataPage(0, DroppedDefinitions.Slice));
            return DataAnswer.Done(await DroppedDefinitions.RemoveSliceAsync(
                change,
                """
                DELETE FROM data_link
                 WHERE app_id = @appId AND association_id = @associationId
                   AND (first_id, second_id) IN (
                       SELECT first_id, second_id FROM data_link
                        WHERE app_id = @appId AND association_id = @associationId
                          AND ((first_id IN @ids AND @fromFirst = 1) OR (second_id IN @ids AND @fromSecond = 1))
                        LIMIT @take)
                RETURNING size
                """, from));
        }, ct);

    public Task<DataAnswer<IReadOnlyList<AssociatedObject>>> ListAsync(
        long appId, string name, long id, DataPage page, CancellationToken ct) =>
        ReadAsync<IReadOnlyList<AssociatedObject>>(appId, name, [id], async (session, definition) =>
        [
            .. from row in await session.ListAsync<AssociationRow>(
                   $"""
                   SELECT second_id AS other_id, data, time
                     FROM data_link
                    WHERE app_id = @appId AND association_id = @associationId AND first_id IN @ids AND @fromFirst = 1
                      AND {AssociationRow.SecondIsSeen}
                    UNION ALL
                   SELECT first_id, data, time
                     FROM data_link
                    WHERE app_id = @appId AND association_id = @associationId AND second_id IN @ids AND @fromSecond = 1
                      AND (@fromFirst = 0 OR first_id <> second_id)
                      AND {AssociationRow.FirstIsSeen}
                    ORDER BY time, other_id
                    LIMIT @take OFFSET @skip
                   """, AssociationRow.From(appId, definition, [id], page))
               select new AssociatedObject(row.OtherId, row.Data, Instants.FromMilliseconds(row.Time)),
        ], ct);

    public Task<DataAnswer<IReadOnlyDictionary<long, long>>> CountAsync(
        long appId, string name, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        ReadAsync<IReadOnlyDictionary<long, long>>(appId, name, ids, async (session, definition) =>
        {
            var rows = await session.ListAsync<CountRow>(
                $"""
                SELECT first_id AS id, count(*) AS associations
                  FROM data_link
                 WHERE app_id = @appId AND association_id = @associationId AND first_id IN @ids AND @fromFirst = 1
                   AND {AssociationRow.SecondIsSeen}
                 GROUP BY first_id
                 UNION ALL
                SELECT second_id, count(*)
                  FROM data_link
                 WHERE app_id = @appId AND association_id = @associationId AND second_id IN @ids AND @fromSecond = 1
                   AND (@fromFirst = 0 OR first_id <> second_id)
                   AND {AssociationRow.FirstIsSeen}
                 GROUP BY second_id
                """, AssociationRow.From(appId, definition, ids));
            return ids.Distinct().ToDictionary(id => id, id => rows.Where(row => row.Id == id).Sum(row => row.Associations));
        }, ct);

    public async Task<DataAnswer<IReadOnlyList<Association>>> BetweenAsync(long appId, long firstId, long secondId, CancellationToken ct)
    {
        var (types, rows) = await database.ReadAsync(
            async session => (
                await AssociationChange.ListTypesAsync(session, appId, [firstId, secondId]),
                await AssociationRow.BetweenAsync(session, appId, firstId, secondId)), ct);
        if (!types.ContainsKey(firstId) || !types.ContainsKey(secondId))
            return DataOutcome.NotFound;

        var read = rows.SelectMany(row => row.ReadFrom(firstId, secondId)).OrderBy(one => one.Name, StringComparer.Ordinal);
        return DataAnswer.Done<IReadOnlyList<Association>>([.. read]);
    }

    private async Task<DataAnswer<T>> ReadAsync<T>(
        long appId, string name, IReadOnlyCollection<long> ids, Func<Session, AssociationDefinitionRow, Task<T>> read,
        CancellationToken ct) =>
        await database.ReadAsync<DataAnswer<T>>(
            async session =>
            {
                if (await AssociationDefinitionRow.FindAsync(session, appId, name) is not { } definition)
                    return DataOutcome.NotFound;

                var types = await AssociationChange.ListTypesAsync(session, appId, ids);
                if (!ids.All(types.ContainsKey))
                    return DataOutcome.NotFound;

                return types.Values.All(definition.IsReadFrom)
                    ? DataAnswer.Done(await read(session, definition))
                    : DataOutcome.InvalidOperation;
            }, ct);

    private sealed class CountRow
    {
        public long Id { get; init; }
        public long Associations { get; init; }
    }
}
