using System.CommandLine;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin;

/// <summary><c>developer</c>: the owners of apps.</summary>
internal static class DeveloperVerbs
{
    public const string Noun = "developer";

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

    public static async Task<Developer> FindAsync(Platform platform, long id, CancellationToken ct) =>
        await platform.Get<IDeveloperStore>().FindAsync(id, ct) ?? throw CommandException.NotFound(Noun, $"{id}");

    private static Command Create(Shell shell)
    {
        var name = Inputs.Text("--name", "text", "Its name.", Formats.Name, required: true);
        var group = Group("The developer's account group.");

        return shell.Verb("create", "Creates a developer.", [name, group], async (platform, result, ct) =>
        {
            var groupId = await GroupIdAsync(platform, result.GetValue(group), ct);
            var developer = await NewIds.AddAsync(
                () => new Developer(NewIds.Developer(), result.GetRequiredValue(name)!, groupId, platform.Now, null),
                platform.Get<IDeveloperStore>().TryAddAsync, ct);
            await shell.ShowAsync(result, FieldsOf(developer));
        });
    }

    private static Command List(Shell shell) =>
        shell.Verb("list", "Lists the developers.", [shell.After, shell.Take], (platform, result, ct) =>
        shell.ListAsync(result, Noun, platform.Get<IDeveloperStore>().ListAsync, FieldsOf,
            ["id", "name", "group_id", "state", "created_at"], ct));

    private static Command Show(Shell shell)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb("show", "Shows a developer.", [id], async (platform, result, ct) =>
            await shell.ShowAsync(result, FieldsOf(await FindAsync(platform, result.GetValue(id), ct))));
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
            var groupId = await GroupIdAsync(platform, result.GetValue(group), ct);
            await StoreAsync(shell, platform, result, developer => developer with
            {
                Name = result.GetValue(name) ?? developer.Name,
                GroupId = result.GetValue(noGroup) ? null : groupId ?? developer.GroupId,
            }, id, ct);
        });
        return Inputs.Exclude(verb, group, noGroup);
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb(verb, description, [id], async (platform, result, ct) =>
        {
            var before = await FindAsync(platform, result.GetValue(id), ct);
            var apps = await Readmission.AppsOfAsync(platform, before.Id, ct);
            if (!disable)
                await Readmission.PrepareAsync(platform, before.DisabledAt, apps, ct);
            await StoreAsync(
                shell, platform, result, developer => developer with { DisabledAt = disable ? developer.DisabledAt ?? platform.Now : null },
                id, ct);
            if (disable)
                await Readmission.RevokeAsync(platform, apps, ct);
        });
    }

    private static async Task StoreAsync(
        Shell shell, Platform platform, ParseResult result, Func<Developer, Developer> change, Argument<long> id, CancellationToken ct)
    {
        var changed = change(await FindAsync(platform, result.GetValue(id), ct));
        if (!await platform.Get<IDeveloperStore>().TryChangeAsync(changed, ct))
            throw CommandException.NotFound(Noun, $"{changed.Id}");

        await shell.ShowAsync(result, FieldsOf(changed));
    }

    private static Option<long?> Group(string description) => Inputs.IdOf("--group", description);

    private static async Task<long?> GroupIdAsync(Platform platform, long? id, CancellationToken ct) =>
        id is { } named ? (await GroupVerbs.FindAsync(platform, named, ct)).Id : null;

    private static IReadOnlyList<Field> FieldsOf(Developer developer) =>
    [
        new("id",          developer.Id),
        new("name",        developer.Name),
        new("group_id",    developer.GroupId),
        new("state",       developer.DisabledAt is null ? "enabled" : "disabled"),
        new("created_at",  developer.CreatedAt),
        new("disabled_at", developer.DisabledAt),
    ];
}
