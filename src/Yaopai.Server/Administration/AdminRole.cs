namespace Yaopai.Server.Administration;

/// <summary>What somebody who administers may do: a table of the operations says what each role may.</summary>
internal enum AdminRole
{
    /// <summary>Everything.</summary>
    Owner = 1,

    /// <summary>Everything but the installation's keys and the admin keys.</summary>
    Operator = 2,

    /// <summary>Reads users, and helps them back in.</summary>
    Support = 3,

    /// <summary>Reads everything, and changes nothing.</summary>
    Auditor = 4,
}

internal static class AdminRoles
{
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<AdminRole>().Select(NameOf)];

    public static string NameOf(AdminRole role) => role.ToString().ToLowerInvariant();

    /// <param name="name">One of <see cref="Names"/>.</param>
    public static AdminRole Named(string name) => Enum.GetValues<AdminRole>().Single(role => NameOf(role) == name);
}
