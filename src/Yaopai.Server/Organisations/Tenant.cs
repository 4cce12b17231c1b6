namespace Yaopai.Server.Organisations;

/// <summary>An organisation: its people, departments and roles belong to it alone.</summary>
internal sealed record Tenant
{
    /// <summary>Random, 64 bits, of any sign.</summary>
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string NameEn { get; init; }

    /// <summary>What follows the @ in the ids of its people: unique, and never changed.</summary>
    public required string Domain { get; init; }

    public string? ContactName { get; init; }

    /// <summary>How many people it says to have, as it says it.</summary>
    public string? Scale { get; init; }

    /// <summary>For how many people it registered.</summary>
    public int Registered { get; init; }

    public int Type { get; init; }

    public DateTimeOffset? LicensedFrom { get; init; }

    public DateTimeOffset? LicensedUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public bool IsEnabled => DisabledAt is null;
}

/// <summary>Where an app is at home.</summary>
/// <param name="IsIsv">Other organisations may subscribe it, and it may then act for them.</param>
internal sealed record AppTenancy(long AppId, long HomeTenantId, bool IsIsv);

/// <summary>An app that may act for a tenant.</summary>
/// <param name="IsHome">The tenant is the app's own.</param>
internal sealed record Subscription(long TenantId, long AppId, DateTimeOffset SubscribedAt, bool IsHome);
