using Yaopai.Server.Knowledge;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Knowledge;

internal sealed class SqlCategoryStore(Database database) : ICategoryStore
{
    public async Task<IReadOnlyList<Component>> ListComponentsAsync(long tenantId, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<Row>(
               """
               SELECT id, name
                 FROM knowledge_component
                WHERE tenant_id = @tenantId
                ORDER BY name
               """, new { tenantId }), ct)
           select new Component(row.Id, row.Name),
    ];

    public async Task<IReadOnlyList<Category>> ListAsync(long tenantId, long componentId, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<Row>(
               """
               SELECT id, name
                 FROM knowledge_category
                WHERE tenant_id = @tenantId AND component_id = @componentId
                ORDER BY name
               """, new { tenantId, componentId }), ct)
           select new Category(row.Id, componentId, row.Name),
    ];

    private sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
    }
}
