using System.CommandLine;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin;

/// <summary><c>developer</c>: the owners of apps.</summary>
internal static class DeveloperVerbs
{
    public const string Noun = DeveloperAdministration.Kind;

    public static Command Command(Shell shell) =>
        new(Noun, "Developers own apps. All apps of a developer get the same UnionID for a user.")
    {
        Create(shell),
        List(shell),
        Show(shell),
        Change(shell),
        Switch(
            shell, "disable", "Blocks all apps of the developer until enable, and revokes all their tokens.",
            disable: true),
        Switch(shell, "enable", "Unblocks the apps. Their earlier tokens stay revoked.", disable: false),
    };

    private static Command Create(Shell shell)
    {
        var name = Inputs.Text("--name", "text", "Its name.", Formats.Name, required: true);
        var group = Group("The developer's account group.");

        return shell.Verb("create", "Creates a developer.", [name, group], async (platform, result, ct) =>
            await shell.ShowAsync(result, DeveloperAdministration.FieldsOf(await platform.Get<DeveloperAdministration>().CreateAsync(
                Actor.AtCommandLine,
                new(result.GetRequiredValue(name)!, result.GetValue(group) is { } id ? Choice.Of<long?>(id) : null), ct))));
    }

    private static Command List(Shell shell) =>
        shell.Verb("list", "Lists the developers.", [shell.After, shell.Take], (platform, result, ct) =>
        shell.ListAsync(result, Noun, platform.Get<IDeveloperStore>().ListAsync, DeveloperAdministration.FieldsOf,
            ["id", "name", "group_id", "state", "created_at"], ct));

    private static Command Show(Shell shell)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb("show", "Shows a developer.", [id], async (platform, result, ct) => await shell.ShowAsync(
            result, DeveloperAdministration.FieldsOf(await platform.Get<DeveloperAdministration>().FindAsync(result.GetValue(id), ct))));
    }

    private static Command Change(Shell shell)
    {
        var id = Inputs.Id(Noun);
        var name = Inputs.Text("--name", "text", "The new name.", Formats.Name);
        var group = Group("The new account group.");
        var noGroup = new Option<bool>("--no-group") { Description = "Removes the developer from its account group." };

        var verb = shell.Verb("change", "Changes the given values and keeps the others.", [id, name, group, noGroup],
            async (platform, result, ct) =>
            {
                Choice<long?>? chosen = result.GetValue(noGroup) ? Choice.Of<long?>(null)
                    : result.GetValue(group) is { } given ? Choice.Of<long?>(given)
                    : null;
                await shell.ShowAsync(result, DeveloperAdministration.FieldsOf(await platform.Get<DeveloperAdministration>().ChangeAsync(
                    Actor.AtCommandLine, result.GetValue(id), new(result.GetValue(name), chosen), isCurrent: null, ct)));
            });
        return Inputs.Exclude(verb, group, noGroup);
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb(verb, description, [id], async (platform, result, ct) => await shell.ShowAsync(
            result, DeveloperAdministration.FieldsOf(await platform.Get<DeveloperAdministration>().SwitchAsync(
                Actor.AtCommandLine, result.GetValue(id), disable, ct))));
    }

    private static Option<long?> Group(string description) => Inputs.IdOf("--group", description);
}
