using Yaopai.Errors;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an operator does with apps, by whichever way they come.</summary>
internal sealed class AppAdministration(
    IAppStore apps, IDeveloperStore developers, IdentifierIndex identifiers, SigningSecrets secrets, KeyRing keys, Readmission readmission,
    Auditor auditor, TimeProvider time)
{
    public const string Kind = "app";

    private const int LiveSecrets = 2;

    public async Task<App> FindAsync(long id, CancellationToken ct) =>
        await apps.FindAsync(id, ct) ?? throw CommandException.NotFound(Kind, $"{id}");

    public Task<IReadOnlyList<App>> ListAsync(AppFilter filter, long after, int take, CancellationToken ct) =>
        apps.ListAsync(filter, after, take, ct);

    /// <param name="change">Has a name and a developer.</param>
    /// <returns>The secret is null for a public app.</returns>
    public Task<(App App, string? Secret)> CreateAsync(Actor actor, AppChange change, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "app.create", Kind),
        async trace =>
        {
            var owner = await OwnerAsync(change.DeveloperId!.Value, ct);
            var blank = change.ApplyTo(new App
            {
                Id = 0,
                DeveloperId = owner.Id,
                ProjectId = owner.Id * 1_000,
                Name = change.Name!,
                CreatedAt = time.GetUtcNow(),
            });
            var secret = ClientSecret.New();
            if (blank.IsSigning)
                await keys.EnsureLoadedAsync(ct);
            var added = await NewIds.AddAsync(() => WithSecret(blank with { Id = NewIds.App() }, secret), apps.TryAddAsync, ct);
            return (await DoneAsync(trace, added.Id, ct), added.IsPublic ? null : secret);
        }, ct);

    /// <param name="isCurrent">Whether the app is still as the caller read it; null to change whatever it is.</param>
    public Task<App> ChangeAsync(Actor actor, long id, AppChange change, Func<App, bool>? isCurrent, CancellationToken ct) =>
        auditor.RecordAsync(
            new Deed(actor, "app.change", Kind, $"{id}"),
            async trace =>
            {
                // Before the app moves: what fails leaves it where it was.
                if (change.DeveloperId is { } developerId
                    && (await OwnerAsync(developerId, ct)).Id != (await FindAsync(id, ct)).DeveloperId)
                {
                    await keys.EnsureLoadedAsync(ct);
                    await identifiers.FollowAsync(id, developerId, ct);
                }

                await StoreAsync(trace, id, new(change.ApplyTo, isCurrent), ct);
                return await DoneAsync(trace, id, ct);
            }, ct);

    /// <summary>Blocks the app and revokes its tokens, or lets it in again without them.</summary>
    public Task<App> SwitchAsync(Actor actor, long id, bool disable, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, disable ? "app.disable" : "app.enable", Kind, $"{id}"),
        async trace =>
        {
            var app = await FindAsync(id, ct);
            if (!disable)
                await readmission.PrepareAsync(app.DisabledAt, [id], ct);
            var now = time.GetUtcNow();
            await StoreAsync(trace, id, new(one => one with { DisabledAt = disable ? one.DisabledAt ?? now : null }, null), ct);
            if (disable)
                await readmission.RevokeAsync([id], ct);
            return await DoneAsync(trace, id, ct);
        }, ct);

    /// <summary>Gives the app one more secret, which pushes out the one before the last.</summary>
    public Task<(App App, string Secret)> RotateSecretAsync(Actor actor, long id, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "app.secret.rotate", Kind, $"{id}"),
        async trace =>
        {
            if ((await FindAsync(id, ct)).IsSigning)
                await keys.EnsureLoadedAsync(ct);

            var secret = ClientSecret.New();
            await StoreAsync(trace, id, new(app => !app.IsPublic
                ? WithSecret(app, secret)
                : throw new CommandException(OperatorErrors.Apps.AppWithoutSecret, $"App {id} is public and has no secret."), null), ct);
            return (await DoneAsync(trace, id, ct), secret);
        }, ct);

    /// <summary>Another change of an app, by a verb that has no other name for it.</summary>
    public async Task<App> StoreAsync(Trace trace, long id, Revision<App> revision, CancellationToken ct)
    {
        var changed = await apps.ChangeAsync(id, revision.Apply, ct);
        revision.ThrowIfRefused();
        if (revision.Before is { } before)
            trace.Was(AppFields.Of(before));
        return changed ?? throw CommandException.NotFound(Kind, $"{id}");
    }

    /// <summary>Read again, because what comes from the developer is read with it.</summary>
    private async Task<App> DoneAsync(Trace trace, long id, CancellationToken ct)
    {
        var app = await FindAsync(id, ct);
        trace.Of($"{id}");
        trace.Is(AppFields.Of(app));
        return app;
    }

    private async Task<Developer> OwnerAsync(long id, CancellationToken ct) =>
        await developers.FindAsync(id, ct) ?? throw CommandException.NotFound(DeveloperAdministration.Kind, $"{id}");

    private App WithSecret(App app, string secret) => app.IsPublic
        ? app
        : app with
        {
            SecretHashes = [ClientSecret.Hash(secret), .. app.SecretHashes.Take(LiveSecrets - 1)],
            SigningSecrets = app.IsSigning
                ? [secrets.Seal(app.Id, secret), .. app.SigningSecrets.Take(LiveSecrets - 1)]
                : [],
        };
}
