namespace Yaopai.Server.Organisations;

/// <summary>Members, each read whole with the departments that they are in.</summary>
internal interface IMemberStore
{
    /// <summary>Of several with the mail address the first by user id.</summary>
    Task<Member?> FindAsync(long tenantId, MemberKey by, string value, CancellationToken ct);

    /// <summary>The member whose account it is, in whatever tenant: an account is of one.</summary>
    Task<Member?> FindByAccountAsync(long accountId, CancellationToken ct);

    /// <summary>Those of the values that name somebody, by user id.</summary>
    Task<IReadOnlyList<Member>> ListAsync(long tenantId, MemberKey by, IReadOnlyCollection<string> values, CancellationToken ct);

    /// <summary>Adds or changes the member.</summary>
    Task<MemberOutcome> PutAsync(Member member, CancellationToken ct);

    /// <summary>Gives the member, and the account of the membership, another number. Counted: too many changes are refused.</summary>
    Task<MemberOutcome> ChangeMobileAsync(long tenantId, string userId, string mobile, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes the member; the user id stays taken.</summary>
    Task<MemberOutcome> DeleteAsync(long tenantId, string userId, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Who administers an organisation.</summary>
internal interface IAdministratorStore
{
    /// <summary>False when it is so already, or when there is no such member.</summary>
    Task<bool> TrySetAsync(long tenantId, string userId, bool isAdmin, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Who is in a department.</summary>
internal interface IMembershipStore
{
    /// <summary>Those who are right in it, by their positions.</summary>
    Task<MemberPage> ListAsync(long tenantId, long department, long skip, int take, CancellationToken ct);
}
