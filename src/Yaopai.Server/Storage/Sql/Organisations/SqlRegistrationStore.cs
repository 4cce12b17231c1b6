using Yaopai.Server.Apps;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Apps;

namespace Yaopai.Server.Storage.Sql.Organisations;

internal sealed class SqlRegistrationStore(Database database) : IRegistrationStore
{
    public async Task<bool> IsTakenAsync(long tenantId, string name, CancellationToken ct) =>
        (await database.ReadAsync(session => session.ListAsync<long>(
            """
            SELECT app_id
              FROM registered_app
             WHERE tenant_id = @tenantId AND name = @name
            """, new { tenantId, name }), ct)).Count > 0;

    public Task<bool> TryRegisterAsync(App app, AppTenancy home, DateTimeOffset now, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO registered_app (tenant_id, name, app_id)
                VALUES (@HomeTenantId, @Name, @Id)
                """, new { home.HomeTenantId, app.Name, app.Id });
            return await SqlAppStore.AddAsync(session, app) && await SqlSubscriptionStore.AddHomeAsync(session, home, now);
        }, ct);
}
