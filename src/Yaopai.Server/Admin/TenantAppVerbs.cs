using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Organisations;

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
                var store = platform.Get<ISubscriptionStore>();
                var found = await AppVerbs.FindAsync(platform, result.GetValue(app), ct);
                var owner = await TenantVerbs.FindAsync(platform, result.GetRequiredValue(tenant)!.Value, ct);
                var home = new AppTenancy(found.Id, owner.Id, result.GetValue(isv));
                if (!await store.TryAddHomeAsync(home, platform.Now, ct))
                {
                    throw new CommandException(OperatorErrors.Organisations.HomeTaken,
                        await store.FindHomeAsync(found.Id, ct) is { } known
                            ? $"App {found.Id} belongs to {TenantVerbs.Noun} {Formats.Tenant(known.HomeTenantId)}."
                            : $"App {found.Id} got another home organisation meanwhile.");
                }

                await shell.ShowAsync(
                    result, [new("client_id", home.AppId), new("tenant", Formats.Tenant(home.HomeTenantId)), new("isv", home.IsIsv)]);
            });
    }

    public static Command Subscribe(Shell shell) => Change(
        shell, "subscribe", "Lets an ISV's app act for an organisation.",
        async (platform, tenantId, appId, ct) =>
        {
            var store = platform.Get<ISubscriptionStore>();
            return await store.TrySubscribeAsync(tenantId, appId, platform.Now, ct)
                || (await store.FindAsync(tenantId, appId, ct) is null
                    ? throw new CommandException(OperatorErrors.Organisations.AppNotOffered,
                        await store.FindHomeAsync(appId, ct) is null
                            ? $"App {appId} has no home organisation."
                            : $"App {appId} is not an ISV's app.")
                    : false);
        });

    public static Command Unsubscribe(Shell shell) => Change(
        shell, "unsubscribe", "Ends the subscription and revokes the app's tokens for the organisation.",
        async (platform, tenantId, appId, ct) =>
        {
            var store = platform.Get<ISubscriptionStore>();
            return await store.TryUnsubscribeAsync(tenantId, appId, ct)
                || (await store.FindHomeAsync(appId, ct) is { } home && home.HomeTenantId == tenantId
                    ? throw new CommandException(
                        OperatorErrors.Organisations.HomeKept, $"App {appId} belongs to {TenantVerbs.Noun} {Formats.Tenant(tenantId)}.")
                    : false);
        });

    private static Command Change(
        Shell shell, string verb, string description, Func<Platform, long, long, CancellationToken, Task<bool>> changeAsync)
    {
        var tenant = Inputs.Tenant();
        var app = App();

        return shell.Verb(verb, description, [tenant, app], async (platform, result, ct) =>
        {
            var owner = await TenantVerbs.FindAsync(platform, result.GetValue(tenant), ct);
            var found = await AppVerbs.FindAsync(platform, result.GetValue(app), ct);
            var changed = await changeAsync(platform, owner.Id, found.Id, ct);
            await shell.ShowAsync(
                result, [new("tenant", Formats.Tenant(owner.Id)), new("client_id", found.Id), new("changed", changed)]);
        });
    }

    private static Argument<long> App() => Inputs.Id(AppVerbs.Noun, AppVerbs.Noun);
}
