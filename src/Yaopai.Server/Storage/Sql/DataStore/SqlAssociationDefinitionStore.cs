using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

internal sealed class SqlAssociationDefinitionStore(Database database, DataLedger ledger) : IAssociationDefinitionStore
{
    public async Task<IReadOnlyList<AssociationDefinition>> ListAsync(long appId, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<AssociationDefinitionRow>(
               $"""
               {AssociationDefinitionRow.Select}
                WHERE data_association.app_id = @appId
               """, new { appId }), ct)
           orderby row.Name
           select row.ToDefinition(),
    ];

    public async Task<AssociationDefinition?> FindAsync(long appId, string name, CancellationToken ct) =>
        (await database.ReadAsync(session => AssociationDefinitionRow.FindAsync(session, appId, name), ct))?.ToDefinition();

    public Task<DataOutcome> AddAsync(long appId, AssociationDefinition definition, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await IsTakenAsync(change, definition.Name) || (definition.Inverse is { } inverse && await IsTakenAsync(change, inverse)))
                return DataOutcome.AlreadyExists;
            if ((await change.Session.ListAsync<long>("SELECT id FROM data_association WHERE app_id = @appId", new { appId })).Count
                >= DataLimits.Associations)
            {
                return DataOutcome.QuotaExceeded;
            }

            var firstType = await FindTypeAsync(change, definition.First);
            var secondType = await FindTypeAsync(change, definition.Second);
            if (firstType is null != definition.First.Type is null || secondType is null != definition.Second.Type is null)
                return DataOutcome.InvalidOperation;

            await InsertAsync(change, definition, firstType, secondType);
            return DataOutcome.Done;
        }, ct);

    public Task<DataOutcome> RenameAsync(long appId, string name, AssociationRename rename, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await AssociationDefinitionRow.FindAsync(change.Session, appId, name) is not { } row)
                return DataOutcome.NotFound;
            if (rename.Name is { } wanted && await IsTakenAsync(change, wanted))
                return DataOutcome.AlreadyExists;

            var (first, second) = row.IsInverse ? (rename.SecondAlias, rename.FirstAlias) : (rename.FirstAlias, rename.SecondAlias);
            await change.Session.ExecuteAsync(
                """
                UPDATE data_association
                   SET name = @newName, inverse = @inverse, first_alias = @first, second_alias = @second
                 WHERE app_id = @appId AND id = @Id
                """,
                new
                {
                    appId,
                    row.Id,
                    newName = row.IsInverse ? row.Name : rename.Name ?? row.Name,
                    inverse = row.IsInverse ? rename.Name ?? row.Inverse : row.Inverse,
                    first = first ?? row.FirstAlias,
                    second = second ?? row.SecondAlias,
                });
            return DataOutcome.Done;
        }, ct);

    public Task<DataOutcome> RemoveAsync(long appId, string name, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await AssociationDefinitionRow.FindAsync(change.Session, appId, name) is not { } row)
                return DataOutcome.NotFound;

            var definition = new { appId, row.Id, DroppedDefinitions.Slice };
            // The first of them; whether there are more, which removing would keep every other write waiting for, shows then.
            if (await DroppedDefinitions.RemoveSliceAsync(
                change,
                """
                DELETE FROM data_link
                 WHERE app_id = @appId AND association_id = @Id
                   AND (first_id, second_id) IN (
                       SELECT first_id, second_id FROM data_link WHERE app_id = @appId AND association_id = @Id LIMIT @Slice)
                RETURNING size
                """, definition))
            {
                await change.Session.ExecuteAsync(
                    "INSERT INTO data_dropped_association (app_id, association_id) VALUES (@appId, @Id)", definition);
            }

            await change.Session.ExecuteAsync("DELETE FROM data_association WHERE app_id = @appId AND id = @Id", definition);
            return DataOutcome.Done;
        }, ct);

    private static async Task<bool> IsTakenAsync(DataChange change, string name) =>
        await AssociationDefinitionRow.FindAsync(change.Session, change.AppId, name) is not null;

    private static async Task<long?> FindTypeAsync(DataChange change, AssociationEnd end) =>
        end.Type is null ? null : await change.Session.FindTypeAsync(change.AppId, end.Type);

    private static async Task InsertAsync(DataChange change, AssociationDefinition definition, long? firstType, long? secondType)
    {
        const string Insert =
            """
            INSERT INTO data_association (app_id, id, name, inverse, kind, first_alias, first_type, second_alias, second_type)
            VALUES (@AppId, @id, @Name, @Inverse, @kind, @firstAlias, @firstType, @secondAlias, @secondType)
            ON CONFLICT (app_id, id) DO NOTHING
            """;
        while (await change.Session.ExecuteAsync(
            Insert,
            new
            {
                change.AppId,
                id = DataId.New(change.Session.Now),
                definition.Name,
                definition.Inverse,
                kind = (long)definition.Kind,
                firstAlias = definition.First.Alias,
                firstType,
                secondAlias = definition.Second.Alias,
                secondType,
            }) == 0)
        {
        }
    }
}
