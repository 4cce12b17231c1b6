using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;
using Yaopai.Server.Marketplace;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Admin;

/// <summary><c>app market</c>: what an app sells on a marketplace.</summary>
internal static class AppMarketVerbs
{
    private const int ShortestKey = 8, LongestKey = 128, LongestId = 64;

    public static Command Command(Shell shell) =>
        new("market", "Sales of the app on a marketplace: the callback key, and the customers' organisations.")
    {
        SetKey(shell),
        RemoveKey(shell),
        Bind(shell),
    };

    private static Command SetKey(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);

        return shell.Change(
            "set-key", "Sets the access key that the marketplace signs with. It is read from standard input.", [id],
            async (platform, result, ct) =>
            {
                var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
                var key = (await shell.Terminal.In.ReadLineAsync(ct))?.Trim() ?? "";
                if (key.Length is < ShortestKey or > LongestKey)
                {
                    throw CommandException.WrongUsage(OperatorErrors.CommandLine.OptionRefused,
                        $"Standard input must be the access key, {ShortestKey} to {LongestKey} characters.");
                }

                await platform.Get<KeyRing>().LoadAsync(ct);
                await platform.Get<MarketKeys>().PutAsync(app.Id, key, ct);
                await shell.ShowAsync(result, [new("client_id", app.Id), new("market_key", true)]);
            });
    }

    private static Command RemoveKey(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);

        return shell.Change(
            "remove-key", "Removes the access key. The app gets no more sales.", [id], async (platform, result, ct) =>
            {
                var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
                var removed = await platform.Get<MarketKeys>().TryRemoveAsync(app.Id, ct);
                await shell.ShowAsync(result, [new("client_id", app.Id), new("removed", removed)]);
            });
    }

    private static Command Bind(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);
        var customer = Inputs.Text("--customer", "id", "The customer's id at the marketplace.",
            value => value.Length is > 0 and <= LongestId ? null : $"must have 1 to {LongestId} characters", required: true);
        var tenant = Inputs.TenantOf("--tenant", "The organisation: 16 hexadecimal digits.", required: true);

        return shell.Change(
            "bind", "Binds a customer to an organisation, for good.", [id, customer, tenant], async (platform, result, ct) =>
            {
                var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
                var tenantId = result.GetRequiredValue(tenant)!.Value;
                if (await platform.Get<ITenantStore>().FindAsync(tenantId, ct) is null)
                    throw CommandException.WrongUsage(OperatorErrors.CommandLine.OptionRefused, "--tenant does not name an organisation.");

                var named = result.GetRequiredValue(customer)!;
                var now = platform.Get<IAppClock>().NowFor(app.Id);
                if (!await platform.Get<ICustomerStore>().TryBindAsync(app.Id, named, tenantId, now, ct))
                {
                    throw CommandException.WrongUsage(
                        OperatorErrors.CommandLine.OptionRefused, "--customer is already bound to another organisation.");
                }

                await shell.ShowAsync(result, [new("client_id", app.Id), new("customer", named), new("tenant", Formats.Tenant(tenantId))]);
            });
    }
}
