using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Admin;

/// <summary><c>app</c>: the registered clients.</summary>
internal static class AppVerbs
{
    public const string Noun = "app";
    private const int LiveSecrets = 2;

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
            var owner = await DeveloperVerbs.FindAsync(platform, result.GetRequiredValue(developer)!.Value, ct);
            var blank = settings.Apply(result, new App
            {
                Id = 0,
                DeveloperId = owner.Id,
                ProjectId = owner.Id * 1_000,
                Name = result.GetRequiredValue(name)!,
                CreatedAt = platform.Now,
            });
            var secret = ClientSecret.New();
            if (blank.IsSigning)
                await platform.Get<KeyRing>().LoadAsync(ct);
            var app = await NewIds.AddAsync(
                () => WithSecret(platform, blank with { Id = NewIds.App() }, secret),
                platform.Get<IAppStore>().TryAddAsync, ct);

            // Read again, because what comes from the developer is read with it.
            var fields = FieldsOf(await FindAsync(platform, app.Id, ct));
            await (app.IsPublic ? shell.ShowAsync(result, fields) : ShowSecretAsync(shell, result, fields, secret));
            await shell.WarnAsync(settings.Warnings(result));
        }));
    }

    private static Command List(Shell shell) =>
        shell.Verb(
            "list", "Lists the apps. Secrets are never shown again.", [shell.After, shell.Take], (platform, result, ct) => shell.ListAsync(
                result, Noun, platform.Get<IAppStore>().ListAsync, FieldsOf,
                ["client_id", "name", "developer_id", "state", "created_at"], ct));

    private static Command Show(Shell shell)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb("show", "Shows an app. Its secrets are never shown again.", [id], async (platform, result, ct) =>
            await shell.ShowAsync(result, FieldsOf(await FindAsync(platform, result.GetValue(id), ct))));
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
                var app = await FindAsync(platform, result.GetValue(id), ct);
                var owner = result.GetValue(developer) is { } named
                    ? (await DeveloperVerbs.FindAsync(platform, named, ct)).Id
                    : app.DeveloperId;
                if (owner != app.DeveloperId)
                    await FollowAsync(platform, app.Id, owner, ct);
                await StoreAsync(shell, platform, result, settings.Apply(result, app with
                {
                    Name = result.GetValue(name) ?? app.Name,
                    DeveloperId = owner,
                }), ct);
                await shell.WarnAsync(settings.Warnings(result));
            }));
    }

    /// <summary>Before the app moves: what fails leaves it where it was.</summary>
    private static async Task FollowAsync(Platform platform, long appId, long developerId, CancellationToken ct)
    {
        await platform.Get<KeyRing>().LoadAsync(ct);
        await platform.Get<IdentifierIndex>().FollowAsync(appId, developerId, ct);
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb(verb, description, [id], async (platform, result, ct) =>
        {
            var app = await FindAsync(platform, result.GetValue(id), ct);
            if (!disable)
                await Readmission.PrepareAsync(platform, app.DisabledAt, [app.Id], ct);
            var changed = app with { DisabledAt = disable ? app.DisabledAt ?? platform.Now : null };
            await TryStoreAsync(platform, changed, ct);
            if (disable)
                await Readmission.RevokeAsync(platform, [app.Id], ct);
            await shell.ShowAsync(result, FieldsOf(changed));
        });
    }

    private static Command Rotate(Shell shell)
    {
        var id = Inputs.Id(Noun);

        return shell.Verb("rotate",
            "Gives the app a new client secret and shows it once. The previous secret works until the next rotation: "
            + "after a leak, rotate twice.",
            [id], async (platform, result, ct) =>
            {
                var app = await FindAsync(platform, result.GetValue(id), ct);
                if (app.IsPublic)
                    throw new CommandException(OperatorErrors.Apps.AppWithoutSecret, $"App {app.Id} is public and has no secret.");

                var secret = ClientSecret.New();
                if (app.IsSigning)
                    await platform.Get<KeyRing>().LoadAsync(ct);
                var changed = WithSecret(platform, app, secret);
                await TryStoreAsync(platform, changed, ct);
                await ShowSecretAsync(shell, result, FieldsOf(changed), secret);
            });
    }

    /// <summary>The app with one more secret, which pushes out the one before the last.</summary>
    private static App WithSecret(Platform platform, App app, string secret) => app.IsPublic
        ? app
        : app with
        {
            SecretHashes = [ClientSecret.Hash(secret), .. app.SecretHashes.Take(LiveSecrets - 1)],
            SigningSecrets = app.IsSigning
                ? [platform.Get<SigningSecrets>().Seal(app.Id, secret), .. app.SigningSecrets.Take(LiveSecrets - 1)]
                : [],
        };

    internal static async Task<App> FindAsync(Platform platform, long id, CancellationToken ct) =>
        await platform.Get<IAppStore>().FindAsync(id, ct) ?? throw CommandException.NotFound(Noun, $"{id}");

    internal static async Task TryStoreAsync(Platform platform, App app, CancellationToken ct)
    {
        if (!await platform.Get<IAppStore>().TryChangeAsync(app, ct))
            throw CommandException.NotFound(Noun, $"{app.Id}");
    }

    private static async Task StoreAsync(Shell shell, Platform platform, ParseResult result, App app, CancellationToken ct)
    {
        await TryStoreAsync(platform, app, ct);
        await shell.ShowAsync(result, FieldsOf(await FindAsync(platform, app.Id, ct)));
        if (app is { IsPublic: false, SecretHashes.Count: 0 })
            await shell.Terminal.Error.WriteLineAsync(
                $"The app has no secret yet. Create one: {CommandLine.Name} app secret rotate {app.Id}");
        else if (app is { IsSigning: true, SigningSecrets.Count: 0 })
            await shell.Terminal.Error.WriteLineAsync(
                $"The app has no secret to sign with yet. Create one: {CommandLine.Name} app secret rotate {app.Id}");
    }

    private static async Task ShowSecretAsync(Shell shell, ParseResult result, IReadOnlyList<Field> fields, string secret)
    {
        await shell.ShowAsync(result, [fields[0], new("client_secret", secret), .. fields.Skip(1)]);
        await shell.Terminal.Error.WriteLineAsync("The client secret is shown only once: save it now.");
    }

    private static IReadOnlyList<Field> FieldsOf(App app) =>
    [
        new("client_id",       app.Id),
        new("name",            app.Name),
        new("state",           app.DisabledAt is not null ? "disabled" : app.DeveloperDisabled ? "developer disabled" : "enabled"),
        new("developer_id",    app.DeveloperId),
        new("group_id",        app.GroupId),
        new("project_id",      app.ProjectId),
        new("public",          app.IsPublic),
        new("secrets",         app.SecretHashes.Count),
        new("redirect_uris",   app.RedirectUris),
        new("redirect_query",  app.AddsToRedirectUris),
        new("scopes",          app.AppliedScopes),
        new("approved_scopes", app.ApprovedScopes),
        new("open_grants",     app.GrantTypes ?? InstalledSurfaces.GrantTypes.Default),
        new("writes_without_secret", app.WritesWithoutSecret),
        new("open_ids",        app.KnowsPeopleByOpenId),
        new("requires_https",  app.RequiresHttps),
        new("refresh_needs_secret", app.RefreshNeedsSecret),
        new("frozen_until",    app.FrozenUntil),
        new("allow",           app.Allowlist.Select(network => network.ToString())),
        new("referers",        app.Referers),
        new("signing",         app.IsSigning),
        new("signing_secrets", app.SigningSecrets.Count),
        new("quota",           app.QuotaPerMinute),
        new("event_callback",  app.EventCallback),
        new("event_kinds",     app.EventKinds.Select(SecurityEventKinds.NameOf)),
        new("created_at",      app.CreatedAt),
        new("disabled_at",     app.DisabledAt),
    ];
}
