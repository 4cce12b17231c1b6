namespace Yaopai.Server.Apps;

/// <summary>What happened. Stored as numbers.</summary>
internal enum SecurityEventKind
{
    /// <summary>Nothing that the app holds for the person works any more: consent withdrawn, password changed, account disabled.</summary>
    TokensRevoked = 1,

    /// <summary>The account is bound to another phone number, or to none.</summary>
    PhoneModified = 2,

    /// <summary>There is no such account any more.</summary>
    AccountPurged = 3,

    /// <summary>An organisation subscribed the app.</summary>
    TenantSubscribed = 4,

    /// <summary>It ended its subscription.</summary>
    TenantUnsubscribed = 5,

    /// <summary>A member of an organisation is new or changed.</summary>
    MemberChanged = 6,

    MemberDeleted = 7,

    /// <summary>A department of an organisation is new or changed.</summary>
    DepartmentChanged = 8,

    DepartmentDeleted = 9,
}

/// <summary>The names of kinds, as people write them.</summary>
internal static class SecurityEventKinds
{
    private static readonly (string Name, SecurityEventKind Kind)[] s_names =
    [
        ("tokens-revoked", SecurityEventKind.TokensRevoked),
        ("phone-modified", SecurityEventKind.PhoneModified),
        ("account-purged", SecurityEventKind.AccountPurged),
        ("tenant-subscribed", SecurityEventKind.TenantSubscribed),
        ("tenant-unsubscribed", SecurityEventKind.TenantUnsubscribed),
        ("member-changed", SecurityEventKind.MemberChanged),
        ("member-deleted", SecurityEventKind.MemberDeleted),
        ("department-changed", SecurityEventKind.DepartmentChanged),
        ("department-deleted", SecurityEventKind.DepartmentDeleted),
    ];

    public static IReadOnlyList<SecurityEventKind> All { get; } = Enum.GetValues<SecurityEventKind>();

    /// <summary>What happens to a person who trusts the app.</summary>
    public static IReadOnlyList<SecurityEventKind> OfPeople { get; } =
        [SecurityEventKind.TokensRevoked, SecurityEventKind.PhoneModified, SecurityEventKind.AccountPurged];

    /// <summary>What happens in an organisation that has the app.</summary>
    public static IReadOnlyList<SecurityEventKind> OfTenants { get; } = [.. All.Except(OfPeople)];

    public static string[] Names { get; } = [.. s_names.Select(row => row.Name)];

    public static string NameOf(SecurityEventKind kind) => s_names.Single(row => row.Kind == kind).Name;

    public static SecurityEventKind Named(string name) => s_names.Single(row => row.Name == name).Kind;
}
