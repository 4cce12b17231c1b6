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
}

/// <summary>The names of kinds, as people write them.</summary>
internal static class SecurityEventKinds
{
    private static readonly (string Name, SecurityEventKind Kind)[] s_names =
    [
        ("tokens-revoked", SecurityEventKind.TokensRevoked),
        ("phone-modified", SecurityEventKind.PhoneModified),
        ("account-purged", SecurityEventKind.AccountPurged),
    ];

    public static IReadOnlyList<SecurityEventKind> All { get; } = Enum.GetValues<SecurityEventKind>();

    public static string[] Names { get; } = [.. s_names.Select(row => row.Name)];

    public static string NameOf(SecurityEventKind kind) => s_names.Single(row => row.Kind == kind).Name;

    public static SecurityEventKind Named(string name) => s_names.Single(row => row.Name == name).Kind;
}
