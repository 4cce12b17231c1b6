using System.Collections.Frozen;

namespace Yaopai.Server.Organisations;

/// <summary>A person of an organisation, who may have an account to sign in with.</summary>
internal sealed record Member
{
    public required long TenantId { get; init; }

    /// <summary>Unique in the tenant, and never used again: <c>zhangsan@company</c>.</summary>
    public required string UserId { get; init; }

    /// <summary>The customer's own id of the person; unique in the tenant.</summary>
    public required string CorpUserId { get; init; }

    public required string Name { get; init; }

    public string NameEn { get; init; } = "";

    public Sex Sex { get; init; }

    /// <summary>As <see cref="MobileNumber"/> writes it; unique in the tenant.</summary>
    public string? Mobile { get; init; }

    public string? Email { get; init; }

    public MemberState State { get; init; } = MemberState.WithoutAccount;

    /// <summary>Administers the organisation.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>An account is that of one member at most.</summary>
    public long? AccountId { get; init; }

    /// <summary>The account was opened for the membership, and is closed with it.</summary>
    public bool OwnsAccount { get; init; }

    public MemberDetails Details { get; init; } = new();

    /// <summary>The departments that the person is in, the main one first. One at least: the root, where there is no other.</summary>
    public required IReadOnlyList<Membership> Memberships { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public Membership Main => Memberships[0];

    public bool IsClosed => State is MemberState.Closed;

    public static string UserIdOf(string corpUserId, string domain) => $"{corpUserId}@{domain}";
}

/// <summary>What nobody looks a member up by.</summary>
internal sealed record MemberDetails
{
    public IReadOnlyList<string> Phones { get; init; } = [];

    public string EmployeeId { get; init; } = "";

    public string Landline { get; init; } = "";

    public string Job { get; init; } = "";

    public string Address { get; init; } = "";

    public string AddressCode { get; init; } = "";

    public string BaseLocation { get; init; } = "";

    /// <summary>The user id of the person's secretary.</summary>
    public string Secretary { get; init; } = "";

    public string Remark { get; init; } = "";

    public string PersonType { get; init; } = "";

    public string TimeZone { get; init; } = "";

    public string SipNumber { get; init; } = "";

    public bool IsMobileHidden { get; init; }

    public bool IsSenior { get; init; }

    /// <summary>Of the customer's own naming.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = FrozenDictionary<string, string>.Empty;
}

/// <summary>That a member is in a department.</summary>
/// <param name="Position">Among its members, the lowest first.</param>
internal sealed record Membership(long Department, int Position);

/// <summary>The numbers are stored.</summary>
internal enum Sex
{
    Untold = 0,
    Male = 1,
    Female = 2,
}

/// <summary>The numbers are stored.</summary>
internal enum MemberState
{
    /// <summary>Listed, and without an account to sign in with.</summary>
    WithoutAccount = 1,

    /// <summary>An account is being opened.</summary>
    Opening = 2,

    Open = 3,

    /// <summary>Left: signs in no more.</summary>
    Closed = 4,
}

/// <summary>What a member is looked up by.</summary>
internal enum MemberKey
{
    UserId,
    CorpUserId,
    Mobile,
    Email,
}

/// <summary>Some of the members of a department, and how many there are in all.</summary>
internal sealed record MemberPage(IReadOnlyList<Member> Members, long Total);

internal enum MemberOutcome
{
    Done,

    /// <summary>The tenant or the member is not there.</summary>
    Missing,

    /// <summary>Somebody has the id, or had it once.</summary>
    UserIdTaken,

    CorpUserIdTaken,

    /// <summary>The number is another member's, or another account's.</summary>
    MobileTaken,

    /// <summary>The number changed too often lately.</summary>
    MobileChangedTooOften,

    /// <summary>An account needs a number to be reached by.</summary>
    MobileMissing,

    DepartmentMissing,
}
