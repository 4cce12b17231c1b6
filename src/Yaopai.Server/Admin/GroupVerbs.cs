using System.CommandLine;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin;

/// <summary><c>group</c>: account groups, whose developers' apps know a person by one GroupUnionID.</summary>
internal static class GroupVerbs
{
    public const string Noun = "group";

    public static Command Command(Shell shell) => new(Noun, "Account groups: developers whose apps get the same GroupUnionID for a user.")
    {
        Create(shell),
        List(shell),
        Show(shell),
        Change(shell),
        Switch(shell, "disable", "Suspends the link between the developers until enable.", disable: true),
        Switch(shell, "enable", "Undoes disable.", disable: false),
    };

    public static async Task<AccountGroup> FindAsync(Platform platform, long id, CancellationToken ct) =>
        await platform.Get<IAccountGroupStore>().FindAsync(id, ct) ?? throw CommandException.NotFound(Noun, $"{id}");

    private static Command Create(Shell shell)
    {
        var name = Inputs.Text("--name", "text", "Its name.", Formats.Name, required: true);

        return shell.Verb("create", "Creates an account group.", [name], async (platform, result, ct) =>
        {
            var group = await NewIds.AddAsync(
                () => new AccountGroup(NewIds.Group(), result.GetRequiredValue(name)!, platform.Now, null),
                platform.Get<IAccountGroupStore>().TryAddAsync, ct);
            await shell.ShowAsync(result, FieldsOf(group));
        });
    }

    private static Command List(Shell shell) =>
        shell.Verb("list", "Lists the account groups.", [shell.After, shell.Take], (platform, result, ct) =>
        shell.ListAsync(result, Noun, platform.Get<IAccountGroupStore>().ListAsync, FieldsOf, ["id", "name", "state", "created_at"], ct));

    private static Command Show(Shell shell)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb("show", "Shows an account group.", [id], async (platform, result, ct) =>
            await shell.ShowAsync(result, FieldsOf(await FindAsync(platform, result.GetValue(id), ct))));
    }

    private static Command Change(Shell shell)
    {
        var id = Inputs.Id(Noun);
        var name = Inputs.Text("--name", "text", "The new name.", Formats.Name, required: true);

        return shell.Verb("change", "Renames an account group.", [id, name], async (platform, result, ct) =>
            await StoreAsync(shell, platform, result, group => group with { Name = result.GetRequiredValue(name)! }, id, ct));
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb(verb, description, [id], (platform, result, ct) => StoreAsync(
            shell, platform, result, group => group with { DisabledAt = disable ? group.DisabledAt ?? platform.Now : null }, id, ct));
    }

    private static async Task StoreAsync(
        Shell shell, Platform platform, ParseResult result, Func<AccountGroup, AccountGroup> change, Argument<long> id,
        CancellationToken ct)
    {
        var changed = change(await FindAsync(platform, result.GetValue(id), ct));
        if (!await platform.Get<IAccountGroupStore>().TryChangeAsync(changed, ct))
            throw CommandException.NotFound(Noun, $"{changed.Id}");

        await shell.ShowAsync(result, FieldsOf(changed));
    }

    private static IReadOnlyList<Field> FieldsOf(AccountGroup group) =>
    [
        new("id",          group.Id),
        new("name",        group.Name),
        new("state",       group.DisabledAt is null ? "enabled" : "disabled"),
        new("created_at",  group.CreatedAt),
        new("disabled_at", group.DisabledAt),
    ];
}
