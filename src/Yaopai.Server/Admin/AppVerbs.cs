using System.CommandLine;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin;

/// <summary><c>app</c>: the registered clients.</summary>
internal static class AppVerbs
{
    public const string Noun = AppAdministration.Kind;

    public static Command Command(Shell shell) =>
        new(Noun, "Apps: the registered clients, with their secrets, redirect URIs, scopes, networks and quota.")
    {
        Create(shell),
        List(shell),
        Show(shell),
        Change(shell),
        Switch(shell, "disable", "Blocks the app and revokes all its tokens.", disable: true),
        Switch(shell, "enable", "Unblocks the app. Its earlier tokens stay revoked.", disable: false),
        new Command("secret", "The client secret.") { Rotate(shell) },
        AppEventVerbs.Command(shell),
        AppWeChatVerbs.Command(shell),
        AppMarketVerbs.Command(shell),
        ServiceAccountVerbs.Command(shell),
    };

    private static Command Create(Shell shell)
    {
        var name = Inputs.Text("--name", "text", "The name on the consent page.", Formats.Name, required: true);
        var developer = Inputs.IdOf("--developer", "The developer who owns the app.", required: true);
        var settings = new AppSettings();

        return settings.Hold(shell.Verb("create", "Creates an app. Shows its client secret once.", [name, developer, .. settings.Symbols],
            async (platform, result, ct) =>
            {
                var (app, secret) = await platform.Get<AppAdministration>().CreateAsync(
                    Actor.AtCommandLine,
                    settings.Read(result) with
                    {
                        Name = result.GetRequiredValue(name)!,
                        DeveloperId = result.GetRequiredValue(developer)!.Value,
                    }, ct);
                await (secret is null ? shell.ShowAsync(result, AppFields.Of(app)) : ShowSecretAsync(shell, result, app, secret));
                await shell.WarnAsync(settings.Warnings(result));
            }));
    }

    private static Command List(Shell shell) =>
        shell.Verb(
            "list", "Lists the apps. Secrets are never shown again.", [shell.After, shell.Take], (platform, result, ct) => shell.ListAsync(
                result, Noun, platform.Get<IAppStore>().ListAsync, AppFields.Of,
                ["client_id", "name", "developer_id", "state", "created_at"], ct));

    private static Command Show(Shell shell)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb("show", "Shows an app. Its secrets are never shown again.", [id], async (platform, result, ct) =>
            await shell.ShowAsync(result, AppFields.Of(await FindAsync(platform, result.GetValue(id), ct))));
    }

    private static Command Change(Shell shell)
    {
        var id = Inputs.Id(Noun);
        var name = Inputs.Text("--name", "text", "The new name on the consent page.", Formats.Name);
        var developer = Inputs.IdOf("--developer", "The new owner. The app then gets other UnionIDs for its users.");
        var settings = new AppSettings();

        return settings.Hold(shell.Verb("change", "Changes the given values and keeps the others. A list is replaced as a whole.",
            [id, name, developer, .. settings.Symbols],
            async (platform, result, ct) =>
            {
                var change = settings.Read(result) with { Name = result.GetValue(name), DeveloperId = result.GetValue(developer) };
                var app = await platform.Get<AppAdministration>().ChangeAsync(
                    Actor.AtCommandLine, result.GetValue(id), change, isCurrent: null, ct);
                await shell.ShowAsync(result, AppFields.Of(app));
                await AskForSecretAsync(shell, app);
                await shell.WarnAsync(settings.Warnings(result));
            }));
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb(verb, description, [id], async (platform, result, ct) => await shell.ShowAsync(result, AppFields.Of(
            await platform.Get<AppAdministration>().SwitchAsync(Actor.AtCommandLine, result.GetValue(id), disable, ct))));
    }

    private static Command Rotate(Shell shell)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb("rotate",
            "Gives the app a new client secret and shows it once. The previous secret works until the next rotation: "
            + "after a leak, rotate twice.",
            [id], async (platform, result, ct) =>
            {
                var (app, secret) = await platform.Get<AppAdministration>().RotateSecretAsync(
                    Actor.AtCommandLine, result.GetValue(id), ct);
                await ShowSecretAsync(shell, result, app, secret);
            });
    }

    internal static Task<App> FindAsync(Platform platform, long id, CancellationToken ct) =>
        platform.Get<AppAdministration>().FindAsync(id, ct);

    internal static async Task TryStoreAsync(Platform platform, App app, CancellationToken ct)
    {
        if (!await platform.Get<IAppStore>().TryChangeAsync(app, ct))
            throw CommandException.NotFound(Noun, $"{app.Id}");
    }

    private static async Task AskForSecretAsync(Shell shell, App app)
    {
        if (app is { IsPublic: false, SecretHashes.Count: 0 })
            await shell.Terminal.Error.WriteLineAsync(
                $"The app has no secret yet. Create one: {CommandLine.Name} app secret rotate {app.Id}");
        else if (app is { IsSigning: true, SigningSecrets.Count: 0 })
            await shell.Terminal.Error.WriteLineAsync(
                $"The app has no secret to sign with yet. Create one: {CommandLine.Name} app secret rotate {app.Id}");
    }

    private static async Task ShowSecretAsync(Shell shell, ParseResult result, App app, string secret)
    {
        var fields = AppFields.Of(app);
        await shell.ShowAsync(result, [fields[0], Field.Secret("client_secret", secret), .. fields.Skip(1)]);
        await shell.Terminal.Error.WriteLineAsync("The client secret is shown only once: save it now.");
    }
}
