using Yaopai.Server.Administration;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an operator sets of a developer. What is null stays as it is.</summary>
/// <param name="GroupId">No value for no group.</param>
internal sealed record DeveloperChange(string? Name, Choice<long?>? GroupId);

/// <summary>What an operator does with developers.</summary>
internal sealed class DeveloperAdministration(
    IDeveloperStore developers, IAccountGroupStore groups, Readmission readmission, Auditor auditor, TimeProvider time)
{
    public const string Kind = "developer";

    public static IReadOnlyList<Field> FieldsOf(Developer developer) =>
    [
        new("id",          developer.Id),
        new("name",        developer.Name),
        new("group_id",    developer.GroupId),
        new("state",       developer.DisabledAt is null ? "enabled" : "disabled"),
        new("created_at",  developer.CreatedAt),
        new("disabled_at", developer.DisabledAt),
    ];

    public async Task<Developer> FindAsync(long id, CancellationToken ct) =>
        await developers.FindAsync(id, ct) ?? throw CommandException.NotFound(Kind, $"{id}");

    public Task<IReadOnlyList<Developer>> ListAsync(OwnerFilter filter, long after, int take, CancellationToken ct) =>
        developers.ListAsync(filter, after, take, ct);

    /// <param name="change">Has a name.</param>
    public Task<Developer> CreateAsync(Actor actor, DeveloperChange change, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "developer.create", Kind),
        async trace =>
        {
            await RequireGroupAsync(change, ct);
            return Done(trace, await NewIds.AddAsync(
                () => new Developer(NewIds.Developer(), change.Name!, change.GroupId.Or(null), time.GetUtcNow(), null),
                developers.TryAddAsync, ct));
        }, ct);

    public Task<Developer> ChangeAsync(
        Actor actor, long id, DeveloperChange change, Func<Developer, bool>? isCurrent, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "developer.change", Kind, $"{id}"),
        async trace =>
        {
            await RequireGroupAsync(change, ct);
            return await StoreAsync(trace, id, new(
                one => one with { Name = change.Name ?? one.Name, GroupId = change.GroupId.Or(one.GroupId) }, isCurrent), ct);
        }, ct);

    /// <summary>Blocks all apps of the developer and revokes their tokens, or lets them in again without them.</summary>
    public Task<Developer> SwitchAsync(Actor actor, long id, bool disable, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, disable ? "developer.disable" : "developer.enable", Kind, $"{id}"),
        async trace =>
        {
            var before = await FindAsync(id, ct);
            var apps = await readmission.AppsOfAsync(id, ct);
            if (!disable)
                await readmission.PrepareAsync(before.DisabledAt, apps, ct);
            var now = time.GetUtcNow();
            var changed = await StoreAsync(
                trace, id, new(one => one with { DisabledAt = disable ? one.DisabledAt ?? now : null }, null), ct);
            if (disable)
                await readmission.RevokeAsync(apps, ct);
            return changed;
        }, ct);

    private async Task<Developer> StoreAsync(Trace trace, long id, Revision<Developer> revision, CancellationToken ct)
    {
        var changed = await developers.ChangeAsync(id, revision.Apply, ct);
        revision.ThrowIfRefused();
        if (revision.Before is { } before)
            trace.Was(FieldsOf(before));
        return Done(trace, changed ?? throw CommandException.NotFound(Kind, $"{id}"));
    }

    private async Task RequireGroupAsync(DeveloperChange change, CancellationToken ct)
    {
        if (change.GroupId is { Value: { } id } && await groups.FindAsync(id, ct) is null)
            throw CommandException.NotFound(GroupAdministration.Kind, $"{id}");
    }

    private static Developer Done(Trace trace, Developer developer)
    {
        trace.Of($"{developer.Id}");
        trace.Is(FieldsOf(developer));
        return developer;
    }
}
