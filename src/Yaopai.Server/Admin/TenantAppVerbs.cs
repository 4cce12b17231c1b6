using System.CommandLine;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin;

/// <summary><c>tenant home</c>, <c>subscribe</c> and <c>unsubscribe</c>: which apps act for which organisations.</summary>
internal static class TenantAppVerbs
{
    public static Command Home(Shell shell)
    {
        var app = App();
        var tenant = Inputs.TenantOf("--tenant", "The organisation: 16 hexadecimal digits.", required: true);
        var isv = new Option<bool>("--isv") { Description = "Lets other organisations subscribe the app." };

        return shell.Verb(
            "home", "Sets the app's home organisation, which subscribes the app. It cannot be changed later.", [app, tenant, isv],
            async (platform, result, ct) =>
            {
                var home = await platform.Get<TenantAdministration>().HomeAsync(
                    Actor.AtCommandLine, result.GetValue(app), result.GetRequiredValue(tenant)!.Value, result.GetValue(isv), ct);
                await shell.ShowAsync(
                    result, [new("client_id", home.AppId), new("tenant", Formats.Tenant(home.HomeTenantId)), new("isv", home.IsIsv)]);
            });
    }

    public static Command Subscribe(Shell shell) => Change(
        shell, "subscribe", "Lets an ISV's app act for an organisation.",
        (tenants, tenantId, appId, ct) => tenants.SubscribeAsync(Actor.AtCommandLine, tenantId, appId, ct));

    public static Command Unsubscribe(Shell shell) => Change(
        shell, "unsubscribe", "Ends the subscription and revokes the app's tokens for the organisation.",
        (tenants, tenantId, appId, ct) => tenants.UnsubscribeAsync(Actor.AtCommandLine, tenantId, appId, ct));

    private static Command Change(
        Shell shell, string verb, string description, Func<TenantAdministration, long, long, CancellationToken, Task<bool>> changeAsync)
    {
        var tenant = Inputs.Tenant();
        var app = App();

        return shell.Verb(verb, description, [tenant, app], async (platform, result, ct) =>
        {
            var (tenantId, appId) = (result.GetValue(tenant), result.GetValue(app));
            var changed = await changeAsync(platform.Get<TenantAdministration>(), tenantId, appId, ct);
            await shell.ShowAsync(
                result, [new("tenant", Formats.Tenant(tenantId)), new("client_id", appId), new("changed", changed)]);
        });
    }

    private static Argument<long> App() => Inputs.Id(AppVerbs.Noun, AppVerbs.Noun);
}
