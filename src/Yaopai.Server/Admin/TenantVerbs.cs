using System.CommandLine;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Admin;

/// <summary><c>tenant</c>: organisations.</summary>
internal static class TenantVerbs
{
    public const string Noun = TenantAdministration.Kind;

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

    public static Task<Tenant> FindAsync(Platform platform, long id, CancellationToken ct) =>
        platform.Get<TenantAdministration>().FindAsync(id, ct);

    private static Command Create(Shell shell)
    {
        var name = Inputs.Text("--name", "text", "Its name.", Formats.Name, required: true);
        var nameEn = Inputs.Text("--name-en", "text", "The English name.", Formats.Name, required: true);
        var domain = Inputs.Text("--domain", "domain", "The part after the @ in its members' ids; unique, and cannot be changed.",
            Formats.Domain, required: true);
        var settings = new TenantSettings();

        return shell.Verb("create", "Creates an organisation.", [name, nameEn, domain, .. settings.Symbols], async (platform, result, ct) =>
        {
            var change = settings.Read(result) with
            {
                Name = result.GetRequiredValue(name),
                NameEn = result.GetRequiredValue(nameEn),
                Domain = result.GetRequiredValue(domain),
            };
            await shell.ShowAsync(result, TenantAdministration.FieldsOf(
                await platform.Get<TenantAdministration>().CreateAsync(Actor.AtCommandLine, change, ct)));
        });
    }

    private static Command List(Shell shell)
    {
        var after = Inputs.TenantOf("--after", "Continues after this id, the last one on the previous page.");

        return shell.Verb("list", "Lists the organisations.", [after, shell.Take], (platform, result, ct) => shell.PageAsync(
            result, $"{Noun} list", (take, ct) => platform.Get<ITenantStore>().ListAsync(result.GetValue(after), take, ct),
            TenantAdministration.FieldsOf, ["id", "name", "domain", "state", "licensed_until", "created_at"], ct));
    }

    private static Command Show(Shell shell)
    {
        var id = Inputs.Tenant();

        return shell.Verb("show", "Shows an organisation.", [id], async (platform, result, ct) =>
            await shell.ShowAsync(result, TenantAdministration.FieldsOf(await FindAsync(platform, result.GetValue(id), ct))));
    }

    private static Command Change(Shell shell)
    {
        var id = Inputs.Tenant();
        var name = Inputs.Text("--name", "text", "The new name.", Formats.Name);
        var nameEn = Inputs.Text("--name-en", "text", "The new English name.", Formats.Name);
        var settings = new TenantSettings();

        return shell.Verb("change", "Changes the given values and keeps the others.", [id, name, nameEn, .. settings.Symbols],
            async (platform, result, ct) =>
            {
                var change = settings.Read(result) with { Name = result.GetValue(name), NameEn = result.GetValue(nameEn) };
                await shell.ShowAsync(result, TenantAdministration.FieldsOf(await platform.Get<TenantAdministration>().ChangeAsync(
                    Actor.AtCommandLine, result.GetValue(id), change, isCurrent: null, ct)));
            });
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable)
    {
        var id = Inputs.Tenant();

        return shell.Verb(verb, description, [id], async (platform, result, ct) => await shell.ShowAsync(
            result, TenantAdministration.FieldsOf(await platform.Get<TenantAdministration>().SwitchAsync(
                Actor.AtCommandLine, result.GetValue(id), disable, ct))));
    }
}
