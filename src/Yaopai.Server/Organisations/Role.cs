namespace Yaopai.Server.Organisations;

/// <summary>Roles of a tenant that belong together.</summary>
/// <param name="Number">Given when it is added; unique in the tenant and never used again.</param>
internal sealed record RoleGroup(
    long TenantId, long Number, string Name, string NameEn, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>What members may be in an organisation.</summary>
/// <param name="Number">Given when it is added; unique in the tenant and never used again.</param>
internal sealed record Role(
    long TenantId, long Number, long Group, string Name, string NameEn, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    /// <summary>Of a tenant, and of groups of them: they are listed without pages.</summary>
    public const int Most = 1000;
}

internal enum RoleOutcome
{
    Done,

    /// <summary>The tenant, the group or the role is not there.</summary>
    Missing,

    /// <summary>Another of the tenant, or of the group, has the name.</summary>
    NameTaken,

    /// <summary>A group that has roles stays.</summary>
    NotEmpty,

    TooMany,
}
