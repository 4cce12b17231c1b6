using Yaopai.Server.Administration;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an operator does with account groups.</summary>
internal sealed class GroupAdministration(IAccountGroupStore groups, Auditor auditor, TimeProvider time)
{
    public const string Kind = "group";

    public static IReadOnlyList<Field> FieldsOf(AccountGroup group) =>
    [
        new("id",          group.Id),
        new("name",        group.Name),
        new("state",       group.DisabledAt is null ? "enabled" : "disabled"),
        new("created_at",  group.CreatedAt),
        new("disabled_at", group.DisabledAt),
    ];

    public async Task<AccountGroup> FindAsync(long id, CancellationToken ct) =>
        await groups.FindAsync(id, ct) ?? throw CommandException.NotFound(Kind, $"{id}");

    public Task<IReadOnlyList<AccountGroup>> ListAsync(OwnerFilter filter, long after, int take, CancellationToken ct) =>
        groups.ListAsync(filter, after, take, ct);

    public Task<AccountGroup> CreateAsync(Actor actor, string name, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "group.create", Kind),
        async trace => Done(trace, await NewIds.AddAsync(
            () => new AccountGroup(NewIds.Group(), name, time.GetUtcNow(), null), groups.TryAddAsync, ct)), ct);

    /// <param name="name">Null to keep it.</param>
    public Task<AccountGroup> ChangeAsync(
        Actor actor, long id, string? name, Func<AccountGroup, bool>? isCurrent, CancellationToken ct) =>
        StoreAsync(actor, "group.change", id, new(group => group with { Name = name ?? group.Name }, isCurrent), ct);

    /// <summary>Suspends the link between the developers, or restores it.</summary>
    public Task<AccountGroup> SwitchAsync(Actor actor, long id, bool disable, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return StoreAsync(actor, disable ? "group.disable" : "group.enable", id, new(
            group => group with { DisabledAt = disable ? group.DisabledAt ?? now : null }, null), ct);
    }

    private Task<AccountGroup> StoreAsync(Actor actor, string action, long id, Revision<AccountGroup> revision, CancellationToken ct) =>
        auditor.RecordAsync(
            new Deed(actor, action, Kind, $"{id}"),
            async trace =>
            {
                var changed = await groups.ChangeAsync(id, revision.Apply, ct);
                revision.ThrowIfRefused();
                if (revision.Before is { } before)
                    trace.Was(FieldsOf(before));
                return Done(trace, changed ?? throw CommandException.NotFound(Kind, $"{id}"));
            }, ct);

    private static AccountGroup Done(Trace trace, AccountGroup group)
    {
        trace.Of($"{group.Id}");
        trace.Is(FieldsOf(group));
        return group;
    }
}
