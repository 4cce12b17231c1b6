namespace Yaopai.Server.Organisations;

/// <summary>Organisations. Every change is announced in the change feed.</summary>
internal interface ITenantStore
{
    Task<Tenant?> FindAsync(long id, CancellationToken ct);

    /// <summary>By what stands behind the @ in the ids of its people.</summary>
    Task<Tenant?> FindByDomainAsync(string domain, CancellationToken ct);

    /// <summary>Up to <paramref name="take"/> tenants, by id.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    Task<IReadOnlyList<Tenant>> ListAsync(long? after, int take, CancellationToken ct);

    /// <summary>The same of those that the filter takes.</summary>
    Task<IReadOnlyList<Tenant>> ListAsync(TenantFilter filter, long? after, int take, CancellationToken ct);

    /// <summary>False when the id or the domain is taken.</summary>
    Task<bool> TryAddAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Stores the tenant as given, but for its domain. False when there is none.</summary>
    Task<bool> TryChangeAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Changes the tenant as it is at that moment, but for its domain. Null when there is none, or the change
    /// answers so.</summary>
    /// <param name="change">May be asked again, where the first try did not come to its end.</param>
    Task<Tenant?> ChangeAsync(long id, Func<Tenant, Tenant?> change, CancellationToken ct);
}

/// <summary>Which tenants are asked for. What is null narrows nothing.</summary>
internal sealed record TenantFilter
{
    public string? Domain { get; init; }

    /// <summary>How the name begins, to the letter.</summary>
    public string? NameBegins { get; init; }

    public bool? IsDisabled { get; init; }
}

/// <summary>Which apps may act for which tenants. Every change is announced in the change feed.</summary>
internal interface ISubscriptionStore
{
    /// <summary>Null for an app that no organisation has.</summary>
    Task<AppTenancy?> FindHomeAsync(long appId, CancellationToken ct);

    Task<Subscription?> FindAsync(long tenantId, long appId, CancellationToken ct);

    /// <summary>Up to <paramref name="take"/> subscriptions of the app, by tenant; its home is one of them.</summary>
    /// <param name="after">The last tenant of the page before; null for the first page.</param>
    Task<IReadOnlyList<Subscription>> ListOfAppAsync(long appId, long? after, int take, CancellationToken ct);

    /// <summary>Gives the app a home, which has it subscribed. False when it has one, or when the tenant is unknown.</summary>
    Task<bool> TryAddHomeAsync(AppTenancy home, DateTimeOffset now, CancellationToken ct);

    /// <summary>False when the app is no ISV's, when the tenant is unknown, or when it subscribed already.</summary>
    Task<bool> TrySubscribeAsync(long tenantId, long appId, DateTimeOffset now, CancellationToken ct);

    /// <summary>False when there is no subscription, or when it is that of the app's home.</summary>
    Task<bool> TryUnsubscribeAsync(long tenantId, long appId, CancellationToken ct);
}
