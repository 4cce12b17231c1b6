using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

internal sealed class SqlObjectTypeStore(Database database, DataLedger ledger) : IObjectTypeStore
{
    public async Task<IReadOnlyList<ObjectType>> ListAsync(long appId, CancellationToken ct) =>
        TypeRow.ToTypes(await database.ReadAsync(session => session.ListAsync<TypeRow>(
            """
            SELECT data_type.name, data_property.name AS property, data_property.kind
              FROM data_type
              LEFT JOIN data_property ON data_property.app_id = data_type.app_id AND data_property.type_id = data_type.id
             WHERE data_type.app_id = @appId
            """, new { appId }), ct));

    public async Task<ObjectType?> FindAsync(long appId, string name, CancellationToken ct) =>
        TypeRow.ToTypes(await database.ReadAsync(session => session.ListAsync<TypeRow>(
            """
            SELECT data_type.name, data_property.name AS property, data_property.kind
              FROM data_type
              LEFT JOIN data_property ON data_property.app_id = data_type.app_id AND data_property.type_id = data_type.id
             WHERE data_type.app_id = @appId AND data_type.name = @name
            """, new { appId, name }), ct)).SingleOrDefault();

    public Task<DataOutcome> AddAsync(long appId, string name, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            var names = await change.Session.ListAsync<string>("SELECT name FROM data_type WHERE app_id = @appId", new { appId });
            if (names.Contains(name))
                return DataOutcome.AlreadyExists;
            if (names.Count >= DataLimits.Types)
                return DataOutcome.QuotaExceeded;

            const string Insert =
                """
                INSERT INTO data_type (app_id, id, name)
                VALUES (@appId, @id, @name)
                ON CONFLICT (app_id, id) DO NOTHING
                """;
            while (await change.Session.ExecuteAsync(Insert, new { appId, id = DataId.New(change.Session.Now), name }) == 0)
            {
            }

            return DataOutcome.Done;
        }, ct);

    public Task<DataOutcome> RenameAsync(long appId, string name, string newName, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await change.Session.FindTypeAsync(appId, name) is not { } id)
                return DataOutcome.NotFound;
            if (await change.Session.FindTypeAsync(appId, newName) is not null)
                return DataOutcome.AlreadyExists;

            await change.Session.ExecuteAsync(
                """
                UPDATE data_type
                   SET name = @newName
                 WHERE app_id = @appId AND id = @id
                """, new { appId, id, newName });
            return DataOutcome.Done;
        }, ct);

    public Task<DataOutcome> RemoveAsync(long appId, string name, CancellationToken ct) => ledger.WriteAsync(
        appId,
        async change =>
        {
            if (await change.Session.FindTypeAsync(appId, name) is not { } id)
                return DataOutcome.NotFound;

            // A large one is only hidden; removing what it holds would keep every other write waiting, and might take longer than one may.
            if (await TypeRemoval.IsSmallAsync(change, id))
                await TypeRemoval.RunAsync(change, id);
            else
                await TypeRemoval.HideAsync(change, id);
            return DataOutcome.Done;
        }, ct);

    private sealed class TypeRow
    {
        public string Name { get; init; } = "";
        public string? Property { get; init; }
        public long? Kind { get; init; }

        /// <summary>By name, whatever the engine's collation.</summary>
        public static IReadOnlyList<ObjectType> ToTypes(IEnumerable<TypeRow> rows) =>
        [
            .. from row in rows
               group row by row.Name into type
               orderby type.Key
               select new ObjectType(type.Key,
               [
                   .. from row in type
                      where row.Property is not null
                      orderby row.Property
                      select new PropertyDefinition(row.Property!, (PropertyKind)row.Kind!),
               ]),
        ];
    }
}
