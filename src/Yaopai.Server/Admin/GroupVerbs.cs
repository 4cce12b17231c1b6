using System.CommandLine;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin;

/// <summary><c>group</c>: account groups, whose developers' apps know a person by one GroupUnionID.</summary>
internal static class GroupVerbs
{
    public const string Noun = GroupAdministration.Kind;

    public static Command Command(Shell shell) => new(Noun, "Account groups: developers whose apps get the same GroupUnionID for a user.")
    {
        Create(shell),
        List(shell),
        Show(shell),
        Change(shell),
        Switch(shell, "disable", "Suspends the link between the developers until enable.", disable: true),
        Switch(shell, "enable", "Undoes disable.", disable: false),
    };

    private static Command Create(Shell shell)
    {
        var name = Inputs.Text("--name", "text", "Its name.", Formats.Name, required: true);

        return shell.Verb("create", "Creates an account group.", [name], async (platform, result, ct) =>
            await shell.ShowAsync(result, GroupAdministration.FieldsOf(await platform.Get<GroupAdministration>().CreateAsync(
                Actor.AtCommandLine, result.GetRequiredValue(name)!, ct))));
    }

    private static Command List(Shell shell) =>
        shell.Verb("list", "Lists the account groups.", [shell.After, shell.Take], (platform, result, ct) =>
        shell.ListAsync(result, Noun, platform.Get<IAccountGroupStore>().ListAsync, GroupAdministration.FieldsOf,
            ["id", "name", "state", "created_at"], ct));

    private static Command Show(Shell shell)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb("show", "Shows an account group.", [id], async (platform, result, ct) => await shell.ShowAsync(
            result, GroupAdministration.FieldsOf(await platform.Get<GroupAdministration>().FindAsync(result.GetValue(id), ct))));
    }

    private static Command Change(Shell shell)
    {
        var id = Inputs.Id(Noun);
        var name = Inputs.Text("--name", "text", "The new name.", Formats.Name, required: true);

        return shell.Verb("change", "Renames an account group.", [id, name], async (platform, result, ct) =>
            await shell.ShowAsync(result, GroupAdministration.FieldsOf(await platform.Get<GroupAdministration>().ChangeAsync(
                Actor.AtCommandLine, result.GetValue(id), result.GetRequiredValue(name), isCurrent: null, ct))));
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb(verb, description, [id], async (platform, result, ct) => await shell.ShowAsync(
            result, GroupAdministration.FieldsOf(await platform.Get<GroupAdministration>().SwitchAsync(
                Actor.AtCommandLine, result.GetValue(id), disable, ct))));
    }
}
