using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.DataStore;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql;

/// <summary>Empties every table of what belongs to some apps, people and organisations.</summary>
internal sealed class SqlRemoval(Database database) : IRemoval
{
    private const string OfTenants =
        """
        DELETE FROM provisioning_item     WHERE tenant_id IN @tenants;
        DELETE FROM message_inbox         WHERE tenant_id IN @tenants;
        DELETE FROM message_broadcast     WHERE tenant_id IN @tenants;
        DELETE FROM message               WHERE tenant_id IN @tenants;
        DELETE FROM public_account_follow WHERE tenant_id IN @tenants;
        DELETE FROM public_account        WHERE tenant_id IN @tenants;
        DELETE FROM todo                  WHERE tenant_id IN @tenants;
        DELETE FROM knowledge_link        WHERE tenant_id IN @tenants;
        DELETE FROM knowledge_listing     WHERE tenant_id IN @tenants;
        DELETE FROM knowledge_article     WHERE tenant_id IN @tenants;
        DELETE FROM knowledge_category    WHERE tenant_id IN @tenants;
        DELETE FROM knowledge_component   WHERE tenant_id IN @tenants;
        DELETE FROM knowledge_part        WHERE tenant_id IN @tenants;
        DELETE FROM knowledge_attachment  WHERE tenant_id IN @tenants;
        DELETE FROM knowledge_usage       WHERE tenant_id IN @tenants;
        DELETE FROM check_in              WHERE tenant_id IN @tenants;
        DELETE FROM member_role           WHERE tenant_id IN @tenants;
        DELETE FROM role                  WHERE tenant_id IN @tenants;
        DELETE FROM role_group            WHERE tenant_id IN @tenants;
        DELETE FROM mobile_change         WHERE tenant_id IN @tenants;
        DELETE FROM membership            WHERE tenant_id IN @tenants;
        DELETE FROM retired_user_id       WHERE tenant_id IN @tenants;
        DELETE FROM member                WHERE tenant_id IN @tenants;
        DELETE FROM department            WHERE tenant_id IN @tenants;
        DELETE FROM registered_app        WHERE tenant_id IN @tenants;
        DELETE FROM subscription          WHERE tenant_id IN @tenants;
        DELETE FROM app_tenancy           WHERE tenant_id IN @tenants;
        DELETE FROM market_customer       WHERE tenant_id IN @tenants;
        DELETE FROM tenant                WHERE id        IN @tenants
        """;

    private const string OfApps =
        """
        DELETE FROM security_event           WHERE app_id IN @apps;
        DELETE FROM used_code                WHERE app_id IN @apps;
        DELETE FROM call_id                  WHERE app_id IN @apps;
        DELETE FROM short_link               WHERE app_id IN @apps;
        DELETE FROM scan_scene               WHERE app_id IN @apps;
        DELETE FROM device_authorization     WHERE app_id IN @apps;
        DELETE FROM consent                  WHERE app_id IN @apps;
        DELETE FROM personal_data_use        WHERE app_id IN @apps;
        DELETE FROM numbered_request         WHERE app_id IN @apps;
        DELETE FROM open_id                  WHERE app_id IN @apps;
        DELETE FROM identifier_backlog       WHERE app_id IN @apps;
        DELETE FROM data_link                WHERE app_id IN @apps;
        DELETE FROM data_association         WHERE app_id IN @apps;
        DELETE FROM data_hash                WHERE app_id IN @apps;
        DELETE FROM data_value               WHERE app_id IN @apps;
        DELETE FROM data_object              WHERE app_id IN @apps;
        DELETE FROM data_property            WHERE app_id IN @apps;
        DELETE FROM data_type                WHERE app_id IN @apps;
        DELETE FROM data_dropped_type        WHERE app_id IN @apps;
        DELETE FROM data_dropped_property    WHERE app_id IN @apps;
        DELETE FROM data_dropped_association WHERE app_id IN @apps;
        DELETE FROM data_preference          WHERE app_id IN @apps;
        DELETE FROM data_usage               WHERE app_id IN @apps;
        DELETE FROM purchase                 WHERE app_id IN @apps;
        DELETE FROM purchase_order           WHERE app_id IN @apps;
        DELETE FROM market_customer          WHERE app_id IN @apps;
        DELETE FROM market_key               WHERE app_id IN @apps;
        DELETE FROM upstream_token           WHERE app_id IN @apps;
        DELETE FROM upstream_account         WHERE app_id IN @apps;
        DELETE FROM registered_app           WHERE app_id IN @apps;
        DELETE FROM subscription             WHERE app_id IN @apps;
        DELETE FROM app_tenancy              WHERE app_id IN @apps;
        DELETE FROM app                      WHERE id     IN @apps
        """;

    private const string OfAccounts =
        """
        DELETE FROM personal_data_use WHERE account_id IN @accounts;
        DELETE FROM phone_number      WHERE account_id IN @accounts;
        DELETE FROM open_id           WHERE account_id IN @accounts;
        DELETE FROM union_id          WHERE account_id IN @accounts;
        DELETE FROM real_name         WHERE account_id IN @accounts;
        DELETE FROM binding           WHERE account_id IN @accounts;
        DELETE FROM access_key        WHERE account_id IN @accounts;
        DELETE FROM sign_in           WHERE account_id IN @accounts;
        DELETE FROM second_factor     WHERE account_id IN @accounts;
        DELETE FROM recovery_code     WHERE account_id IN @accounts;
        DELETE FROM open_session      WHERE account_id IN @accounts;
        DELETE FROM friendship        WHERE account_id IN @accounts;
        DELETE FROM friendship        WHERE friend_id  IN @accounts;
        DELETE FROM consent           WHERE account_id IN @accounts;
        DELETE FROM account           WHERE id         IN @accounts
        """;

    private const string OfDevelopers =
        """
        DELETE FROM union_id      WHERE developer_id IN @developers;
        DELETE FROM binding       WHERE developer_id IN @developers;
        DELETE FROM developer     WHERE id           IN @developers;
        DELETE FROM account_group WHERE id           IN @groups
        """;

    public Task RemoveAsync(Belongings what, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            long[] accounts = [.. what.Accounts, .. await OwnedAsync(session, what.Tenants)];
            if (what.Tenants.Count > 0)
                await session.ExecuteAsync(OfTenants, new { tenants = what.Tenants.ToArray() });
            if (what.Apps.Count > 0)
                await session.ExecuteAsync(OfApps, new { apps = what.Apps.ToArray() });
            foreach (var account in accounts)
                await PreferenceRemoval.RunAsync(session, account); // of other apps, whose usage they count in
            if (accounts.Length > 0)
                await session.ExecuteAsync(OfAccounts, new { accounts });
            if (what.Developers.Count + what.Groups.Count > 0)
                await session.ExecuteAsync(
                    OfDevelopers, new { developers = what.Developers.ToArray(), groups = what.Groups.ToArray() });

            await AnnounceAsync(session, ChangeKind.Account, accounts);
            await AnnounceAsync(session, ChangeKind.App, what.Apps);
            await AnnounceAsync(session, ChangeKind.Tenancy, what.Apps);
            await AnnounceAsync(session, ChangeKind.Tenant, what.Tenants);
            return true;
        }, ct);

    /// <summary>The accounts that were opened for the members of these organisations.</summary>
    private static async Task<IReadOnlyList<long>> OwnedAsync(Session session, IReadOnlyList<long> tenants) => tenants.Count == 0
        ? []
        : await session.ListAsync<long>(
            """
            SELECT account_id
              FROM member
             WHERE tenant_id IN @tenants AND owns_account = 1 AND account_id IS NOT NULL
            """, new { tenants = tenants.ToArray() });

    private static async Task AnnounceAsync(Session session, ChangeKind kind, IReadOnlyList<long> ids)
    {
        foreach (var id in ids)
            await session.AnnounceAsync(kind, id);
    }
}
