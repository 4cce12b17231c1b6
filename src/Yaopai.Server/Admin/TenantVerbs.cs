using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Admin;

/// <summary><c>tenant</c>: organisations.</summary>
internal static class TenantVerbs
{
    public const string Noun = "tenant";

    public static Command Command(Shell shell) =>
        new(Noun, "Organisations, with their apps, administrators and public accounts.")
    {
        Create(shell),
        List(shell),
        Show(shell),
        Change(shell),
        Switch(shell, "disable", "Blocks all apps in the organisation until enable.", disable: true),
        Switch(shell, "enable", "Undoes disable.", disable: false),
        TenantAppVerbs.Home(shell),
        TenantAppVerbs.Subscribe(shell),
        TenantAppVerbs.Unsubscribe(shell),
        TenantAdminVerbs.Command(shell),
        TenantAccountVerbs.Command(shell),
    };

    public static async Task<Tenant> FindAsync(Platform platform, long id, CancellationToken ct) =>
        await platform.Get<ITenantStore>().FindAsync(id, ct) ?? throw CommandException.NotFound(Noun, Formats.Tenant(id));

    private static Command Create(Shell shell)
    {
        var name = Inputs.Text("--name", "text", "Its name.", Formats.Name, required: true);
        var nameEn = Inputs.Text("--name-en", "text", "The English name.", Formats.Name, required: true);
        var domain = Inputs.Text("--domain", "domain", "The part after the @ in its members' ids; unique, and cannot be changed.",
            Formats.Domain, required: true);
        var settings = new TenantSettings();

        return shell.Verb("create", "Creates an organisation.", [name, nameEn, domain, .. settings.Symbols], async (platform, result, ct) =>
        {
            var blank = settings.Apply(result, new Tenant
            {
                Id = 0,
                Name = result.GetRequiredValue(name)!,
                NameEn = result.GetRequiredValue(nameEn)!,
                Domain = result.GetRequiredValue(domain)!,
                CreatedAt = platform.Now,
                ChangedAt = platform.Now,
            });
            await shell.ShowAsync(result, FieldsOf(await NewIds.AddAsync(() => blank with { Id = NewIds.Tenant() }, TryAddAsync, ct)));

            async Task<bool> TryAddAsync(Tenant tenant, CancellationToken ct) =>
                await platform.Get<ITenantStore>().TryAddAsync(tenant, ct)
                || (await platform.Get<ITenantStore>().FindByDomainAsync(tenant.Domain, ct) is { } other
                    ? throw new CommandException(OperatorErrors.Organisations.DomainTaken,
                        $"The domain {tenant.Domain} belongs to {Noun} {Formats.Tenant(other.Id)}.")
                    : false);
        });
    }

    private static Command List(Shell shell)
    {
        var after = Inputs.TenantOf("--after", "Continues after this id, the last one on the previous page.");

        return shell.Verb("list", "Lists the organisations.", [after, shell.Take], (platform, result, ct) => shell.PageAsync(
            result, $"{Noun} list", (take, ct) => platform.Get<ITenantStore>().ListAsync(result.GetValue(after), take, ct),
            FieldsOf, ["id", "name", "domain", "state", "licensed_until", "created_at"], ct));
    }

    private static Command Show(Shell shell)
    {
        var id = Inputs.Tenant();

        return shell.Verb("show", "Shows an organisation.", [id], async (platform, result, ct) =>
            await shell.ShowAsync(result, FieldsOf(await FindAsync(platform, result.GetValue(id), ct))));
    }

    private static Command Change(Shell shell)
    {
        var id = Inputs.Tenant();
        var name = Inputs.Text("--name", "text", "The new name.", Formats.Name);
        var nameEn = Inputs.Text("--name-en", "text", "The new English name.", Formats.Name);
        var settings = new TenantSettings();

        return shell.Verb("change", "Changes the given values and keeps the others.", [id, name, nameEn, .. settings.Symbols],
            (platform, result, ct) => StoreAsync(shell, platform, result, id, tenant => settings.Apply(result, tenant with
            {
                Name = result.GetValue(name) ?? tenant.Name,
                NameEn = result.GetValue(nameEn) ?? tenant.NameEn,
            }), ct));
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable)
    {
        var id = Inputs.Tenant();

        return shell.Verb(verb, description, [id], (platform, result, ct) => StoreAsync(
            shell, platform, result, id, tenant => tenant with { DisabledAt = disable ? tenant.DisabledAt ?? platform.Now : null }, ct));
    }

    private static async Task StoreAsync(
        Shell shell, Platform platform, ParseResult result, Argument<long> id, Func<Tenant, Tenant> change, CancellationToken ct)
    {
        var changed = change(await FindAsync(platform, result.GetValue(id), ct)) with { ChangedAt = platform.Now };
        if (!await platform.Get<ITenantStore>().TryChangeAsync(changed, ct))
            throw CommandException.NotFound(Noun, Formats.Tenant(changed.Id));

        await shell.ShowAsync(result, FieldsOf(changed));
    }

    private static IReadOnlyList<Field> FieldsOf(Tenant tenant) =>
    [
        new("id",             Formats.Tenant(tenant.Id)),
        new("name",           tenant.Name),
        new("name_en",        tenant.NameEn),
        new("domain",         tenant.Domain),
        new("state",          tenant.IsEnabled ? "enabled" : "disabled"),
        new("contact",        tenant.ContactName),
        new("scale",          tenant.Scale),
        new("registered",     tenant.Registered),
        new("type",           tenant.Type),
        new("licensed_from",  tenant.LicensedFrom),
        new("licensed_until", tenant.LicensedUntil),
        new("created_at",     tenant.CreatedAt),
        new("changed_at",     tenant.ChangedAt),
        new("disabled_at",    tenant.DisabledAt),
    ];
}
