using E = Yaopai.Errors.OperatorErrors.Organisations;

namespace Yaopai.Tests.Admin.Causes;

internal static class CausesInOrganisations
{
    public static IReadOnlyList<Cause> All { get; } =
    [
        new(E.TenantUnknown,      1, scene => scene.Operator.RunAsync("tenant", "show", "8C1000000000FFFF")),
        new(E.DomainTaken,        1, DomainTakenAsync),
        new(E.LicenceReversed,    2, scene => WithTenantAsync(
            scene, id => ["tenant", "change", id, "--licensed-from", "2027-01-01", "--licensed-until", "2026-01-01"])),
        new(E.HomeTaken,          1, scene => WithHomeAsync(scene, (tenant, app) => ["tenant", "home", app, "--tenant", tenant])),
        new(E.AppNotOffered,      1, NotOfferedAsync),
        new(E.HomeKept,           1, scene => WithHomeAsync(scene, (tenant, app) => ["tenant", "unsubscribe", tenant, app])),
        new(E.MemberUnknown,      1, scene => WithTenantAsync(scene, id => ["tenant", "admin", "grant", id, "nobody@company"])),
        new(E.PublicAccountTaken, 1, PublicAccountTakenAsync),
    ];

    private static async Task<Operator.Heard> WithTenantAsync(Scene scene, Func<string, string[]> args) =>
        await scene.Operator.RunAsync(args(Operator.TenantId(await scene.Operator.NewTenantAsync())));

    private static async Task<Operator.Heard> WithHomeAsync(Scene scene, Func<string, string, string[]> args)
    {
        var tenant = Operator.TenantId(await scene.Operator.NewTenantAsync());
        var app = Operator.Id(await scene.Operator.NewAppAsync());
        await scene.Operator.AskAsync("tenant", "home", app, "--tenant", tenant);
        return await scene.Operator.RunAsync(args(tenant, app));
    }

    private static async Task<Operator.Heard> DomainTakenAsync(Scene scene)
    {
        var domain = (await scene.Operator.NewTenantAsync()).GetProperty("domain").GetString()!;
        return await scene.Operator.RunAsync("tenant", "create", "--name", "A", "--name-en", "A", "--domain", domain);
    }

    private static async Task<Operator.Heard> NotOfferedAsync(Scene scene)
    {
        var other = Operator.TenantId(await scene.Operator.NewTenantAsync());
        return await WithHomeAsync(scene, (_, app) => ["tenant", "subscribe", other, app]);
    }

    private static async Task<Operator.Heard> PublicAccountTakenAsync(Scene scene)
    {
        var tenant = Operator.TenantId(await scene.Operator.NewTenantAsync());
        await scene.Operator.AskAsync("tenant", "account", "create", tenant, "news", "--name", "A");
        return await scene.Operator.RunAsync("tenant", "account", "create", tenant, "news", "--name", "B");
    }
}
