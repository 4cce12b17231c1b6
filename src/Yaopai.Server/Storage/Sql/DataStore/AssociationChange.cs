using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>What a write does to the associations of objects.</summary>
internal sealed class AssociationChange(DataChange change)
{
    private readonly Dictionary<string, AssociationDefinitionRow?> _definitions = [];

    /// <summary>The types of those objects that are there.</summary>
    public static async Task<IReadOnlyDictionary<long, long>> ListTypesAsync(Session session, long appId, IReadOnlyCollection<long> ids) =>
        (await session.ListAsync<TypeRow>(
            """
            SELECT data_object.id, data_object.type_id
              FROM data_object
              JOIN data_type ON data_type.app_id = data_object.app_id AND data_type.id = data_object.type_id
             WHERE data_object.app_id = @appId AND data_object.id IN @ids
            """, new { appId, ids = ids.ToArray() })).ToDictionary(row => row.Id, row => row.TypeId);

    public async Task<AssociationDefinitionRow?> FindAsync(string name)
    {
        if (!_definitions.TryGetValue(name, out var definition))
            _definitions.Add(name, definition = await AssociationDefinitionRow.FindAsync(change.Session, change.AppId, name));
        return definition;
    }

    public async Task PutAsync(AssociationDefinitionRow definition, Association association)
    {
        await TryRemoveAsync(definition, association.FirstId, association.SecondId);
        var (first, second) = definition.Order(association.FirstId, association.SecondId);
        long size = DataText.Size(association.Data);
        await change.Session.ExecuteAsync(
            """
            INSERT INTO data_link (app_id, first_id, association_id, second_id, data, time, size)
            VALUES (@AppId, @first, @Id, @second, @Data, @time, @size)
            """, new { change.AppId, first, definition.Id, second, association.Data, time = association.Time.ToMilliseconds(), size });
        change.Count(1, size);
    }

    public async Task<bool> TryRemoveAsync(AssociationDefinitionRow definition, long firstId, long secondId)
    {
        var (first, second) = definition.Order(firstId, secondId);
        return await change.RemoveAsync(
            """
            DELETE FROM data_link
             WHERE app_id = @AppId AND first_id = @first AND association_id = @Id AND second_id = @second
            RETURNING size
            """, new { change.AppId, first, definition.Id, second }) > 0;
    }

    private sealed record TypeRow(long Id, long TypeId);
}
