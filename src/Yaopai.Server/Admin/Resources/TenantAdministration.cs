using Yaopai.Errors;
using Yaopai.Server.Administration;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an operator sets of an organisation. What is null stays as it is.</summary>
internal sealed record TenantChange
{
    public string? Name { get; init; }

    public string? NameEn { get; init; }

    /// <summary>Of a new one: it is never changed.</summary>
    public string? Domain { get; init; }

    /// <summary>No value for none; so it is with the next ones.</summary>
    public Choice<string?>? ContactName { get; init; }

    public Choice<string?>? Scale { get; init; }

    public int? Registered { get; init; }

    public int? Type { get; init; }

    public Choice<DateTimeOffset?>? LicensedFrom { get; init; }

    public Choice<DateTimeOffset?>? LicensedUntil { get; init; }

    /// <exception cref="CommandException">The licence would end before it begins.</exception>
    public Tenant ApplyTo(Tenant tenant)
    {
        var applied = tenant with
        {
            Name = Name ?? tenant.Name,
            NameEn = NameEn ?? tenant.NameEn,
            ContactName = ContactName.Or(tenant.ContactName),
            Scale = Scale.Or(tenant.Scale),
            Registered = Registered ?? tenant.Registered,
            Type = Type ?? tenant.Type,
            LicensedFrom = LicensedFrom.Or(tenant.LicensedFrom),
            LicensedUntil = LicensedUntil.Or(tenant.LicensedUntil),
        };
        return applied.LicensedFrom >= applied.LicensedUntil
            ? throw CommandException.WrongUsage(OperatorErrors.Organisations.LicenceReversed,
                $"The licence begins on {Field.Instant(applied.LicensedFrom.Value)} and ends on "
                + $"{Field.Instant(applied.LicensedUntil.Value)}.")
            : applied;
    }
}

/// <summary>What an operator does with organisations.</summary>
internal sealed class TenantAdministration(
    ITenantStore tenants, ISubscriptionStore subscriptions, AppAdministration apps, Auditor auditor, TimeProvider time)
{
    public const string Kind = "tenant";

    public static IReadOnlyList<Field> FieldsOf(Tenant tenant) =>
    [
        new("id",             Formats.Tenant(tenant.Id)),
        new("name",           tenant.Name),
        new("name_en",        tenant.NameEn),
        new("domain",         tenant.Domain),
        new("state",          tenant.IsEnabled ? "enabled" : "disabled"),
        new("contact",        tenant.ContactName),
        new("scale",          tenant.Scale),
        new("registered",     tenant.Registered),
        new("type",           tenant.Type),
        new("licensed_from",  tenant.LicensedFrom),
        new("licensed_until", tenant.LicensedUntil),
        new("created_at",     tenant.CreatedAt),
        new("changed_at",     tenant.ChangedAt),
        new("disabled_at",    tenant.DisabledAt),
    ];

    public async Task<Tenant> FindAsync(long id, CancellationToken ct) => await tenants.FindAsync(id, ct) ?? throw Unknown(id);

    public Task<IReadOnlyList<Tenant>> ListAsync(TenantFilter filter, long? after, int take, CancellationToken ct) =>
        tenants.ListAsync(filter, after, take, ct);

    /// <param name="change">Has both names and a domain.</param>
    public Task<Tenant> CreateAsync(Actor actor, TenantChange change, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "tenant.create", Kind),
        async trace =>
        {
            var now = time.GetUtcNow();
            var blank = change.ApplyTo(new Tenant
            {
                Id = 0,
                Name = change.Name!,
                NameEn = change.NameEn!,
                Domain = change.Domain!,
                CreatedAt = now,
                ChangedAt = now,
            });
            return Done(trace, await NewIds.AddAsync(() => blank with { Id = NewIds.Tenant() }, TryAddAsync, ct));
        }, ct);

    public Task<Tenant> ChangeAsync(Actor actor, long id, TenantChange change, Func<Tenant, bool>? isCurrent, CancellationToken ct) =>
        StoreAsync(actor, "tenant.change", id, change.ApplyTo, isCurrent, ct);

    /// <summary>Blocks all apps in the organisation, or lets them in again.</summary>
    public Task<Tenant> SwitchAsync(Actor actor, long id, bool disable, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return StoreAsync(
            actor, disable ? "tenant.disable" : "tenant.enable", id,
            tenant => tenant with { DisabledAt = disable ? tenant.DisabledAt ?? now : null }, null, ct);
    }

    /// <summary>Gives the app its home organisation, for good.</summary>
    public Task<AppTenancy> HomeAsync(Actor actor, long appId, long tenantId, bool isIsv, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "tenant.home", Kind, Formats.Tenant(tenantId)),
        async trace =>
        {
            var home = new AppTenancy((await apps.FindAsync(appId, ct)).Id, (await FindAsync(tenantId, ct)).Id, isIsv);
            if (!await subscriptions.TryAddHomeAsync(home, time.GetUtcNow(), ct))
            {
                throw new CommandException(OperatorErrors.Organisations.HomeTaken,
                    await subscriptions.FindHomeAsync(appId, ct) is { } known
                        ? $"App {appId} belongs to {Kind} {Formats.Tenant(known.HomeTenantId)}."
                        : $"App {appId} got another home organisation meanwhile.");
            }

            trace.Is([new("client_id", appId), new("isv", isIsv)]);
            return home;
        }, ct);

    /// <summary>False when the app was subscribed already.</summary>
    public Task<bool> SubscribeAsync(Actor actor, long tenantId, long appId, CancellationToken ct) => SubscriptionAsync(
        actor, "tenant.subscribe", tenantId, appId,
        async () => await subscriptions.TrySubscribeAsync(tenantId, appId, time.GetUtcNow(), ct)
            || (await subscriptions.FindAsync(tenantId, appId, ct) is null
                ? throw new CommandException(OperatorErrors.Organisations.AppNotOffered,
                    await subscriptions.FindHomeAsync(appId, ct) is null
                        ? $"App {appId} has no home organisation."
                        : $"App {appId} is not an ISV's app.")
                : false), ct);

    /// <summary>False when there was no subscription.</summary>
    public Task<bool> UnsubscribeAsync(Actor actor, long tenantId, long appId, CancellationToken ct) => SubscriptionAsync(
        actor, "tenant.unsubscribe", tenantId, appId,
        async () => await subscriptions.TryUnsubscribeAsync(tenantId, appId, ct)
            || (await subscriptions.FindHomeAsync(appId, ct) is { } home && home.HomeTenantId == tenantId
                ? throw new CommandException(
                    OperatorErrors.Organisations.HomeKept, $"App {appId} belongs to {Kind} {Formats.Tenant(tenantId)}.")
                : false), ct);

    private Task<bool> SubscriptionAsync(
        Actor actor, string action, long tenantId, long appId, Func<Task<bool>> changeAsync, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, action, Kind, Formats.Tenant(tenantId)),
        async trace =>
        {
            await FindAsync(tenantId, ct);
            await apps.FindAsync(appId, ct);
            var changed = await changeAsync();
            trace.Is([new("client_id", appId), new("changed", changed)]);
            return changed;
        }, ct);

    private Task<Tenant> StoreAsync(
        Actor actor, string action, long id, Func<Tenant, Tenant> change, Func<Tenant, bool>? isCurrent, CancellationToken ct) =>
        auditor.RecordAsync(
            new Deed(actor, action, Kind, Formats.Tenant(id)),
            async trace =>
            {
                var now = time.GetUtcNow();
                var revision = new Revision<Tenant>(tenant => change(tenant) with { ChangedAt = now }, isCurrent);
                var changed = await tenants.ChangeAsync(id, revision.Apply, ct);
                revision.ThrowIfRefused();
                if (revision.Before is { } before)
                    trace.Was(FieldsOf(before));
                return Done(trace, changed ?? throw Unknown(id));
            }, ct);

    private async Task<bool> TryAddAsync(Tenant tenant, CancellationToken ct) =>
        await tenants.TryAddAsync(tenant, ct)
        || (await tenants.FindByDomainAsync(tenant.Domain, ct) is { } other
            ? throw new CommandException(OperatorErrors.Organisations.DomainTaken,
                $"The domain {tenant.Domain} belongs to {Kind} {Formats.Tenant(other.Id)}.")
            : false);

    private static Tenant Done(Trace trace, Tenant tenant)
    {
        trace.Of(Formats.Tenant(tenant.Id));
        trace.Is(FieldsOf(tenant));
        return tenant;
    }

    private static CommandException Unknown(long id) => CommandException.NotFound(Kind, Formats.Tenant(id));
}
