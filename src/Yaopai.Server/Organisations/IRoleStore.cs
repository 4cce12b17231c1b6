namespace Yaopai.Server.Organisations;

/// <summary>Groups of roles.</summary>
internal interface IRoleGroupStore
{
    Task<RoleGroup?> FindAsync(long tenantId, long number, CancellationToken ct);

    /// <summary>All of the tenant, by number.</summary>
    Task<IReadOnlyList<RoleGroup>> ListAsync(long tenantId, CancellationToken ct);

    /// <summary>Adds it where its number is 0, and says which it got; changes it where not.</summary>
    Task<(RoleOutcome Outcome, long Number)> PutAsync(RoleGroup group, CancellationToken ct);

    Task<RoleOutcome> DeleteAsync(long tenantId, long number, CancellationToken ct);
}

/// <summary>Roles, and who has them.</summary>
internal interface IRoleStore
{
    Task<Role?> FindAsync(long tenantId, long number, CancellationToken ct);

    /// <summary>All of the tenant, by number.</summary>
    Task<IReadOnlyList<Role>> ListAsync(long tenantId, CancellationToken ct);

    /// <summary>The numbers of the roles that each of these members has.</summary>
    Task<ILookup<string, long>> OfMembersAsync(long tenantId, IReadOnlyCollection<string> userIds, CancellationToken ct);

    /// <summary>Adds it where its number is 0, and says which it got; changes it where not. Its group stays.</summary>
    Task<(RoleOutcome Outcome, long Number)> PutAsync(Role role, CancellationToken ct);

    /// <summary>Takes it from those who have it.</summary>
    Task<RoleOutcome> DeleteAsync(long tenantId, long number, CancellationToken ct);
}
