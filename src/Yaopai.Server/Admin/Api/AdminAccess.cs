using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin.Api;

/// <summary>Which roles may use an operation.</summary>
internal sealed record AdminAccess(string Name, params AdminRole[] Roles)
{
    public static readonly AdminAccess Read = new("read", AdminRole.Owner, AdminRole.Operator, AdminRole.Auditor);
    public static readonly AdminAccess ReadUsers = new(
        "read users", AdminRole.Owner, AdminRole.Operator, AdminRole.Support, AdminRole.Auditor);

    public static readonly AdminAccess HelpUsers = new("help users", AdminRole.Owner, AdminRole.Operator, AdminRole.Support);
    public static readonly AdminAccess Change = new("change", AdminRole.Owner, AdminRole.Operator);
    public static readonly AdminAccess ReadKeys = new("read keys", AdminRole.Owner, AdminRole.Auditor);
    public static readonly AdminAccess Own = new("own", AdminRole.Owner);

    public bool Allows(AdminRole role) => Roles.Contains(role);
}
