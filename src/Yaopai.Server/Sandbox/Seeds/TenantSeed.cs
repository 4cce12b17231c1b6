using System.Text.Json.Serialization;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>An organisation as a developer writes it down, with its departments and its people.</summary>
internal sealed record TenantSeed
{
    /// <summary>16 hexadecimal digits; drawn when nothing is said.</summary>
    public string? Id { get; init; }

    /// <summary>What follows the @ in the ids of its people.</summary>
    public string? Domain { get; init; }

    public string? Name { get; init; }

    public string? NameEn { get; init; }

    public string? Contact { get; init; }

    public string? Scale { get; init; }

    public int? Registered { get; init; }

    public int? Type { get; init; }

    public DateTimeOffset? LicensedFrom { get; init; }

    public DateTimeOffset? LicensedUntil { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>Those above before those below.</summary>
    public IReadOnlyList<DepartmentSeed>? Departments { get; init; }

    public IReadOnlyList<MemberSeed>? Members { get; init; }

    public IReadOnlyList<TenantAppSeed>? Apps { get; init; }

    public IReadOnlyList<PublicAccountSeed>? PublicAccounts { get; init; }
}

/// <param name="Code">The customer's own code of it.</param>
/// <param name="Parent">The code of the one above; nothing for the root.</param>
/// <param name="Manager">The user id of its head.</param>
internal sealed record DepartmentSeed(
    string? Code, string? Parent = null, string? Name = null, string? NameEn = null, string? Manager = null, int? Position = null);

/// <param name="User">The name of the account that they sign in with; nothing for somebody without one.</param>
/// <param name="CorpUserId">The customer's own id; the user's name when nothing is said.</param>
/// <param name="State">without_account, opening, open or closed.</param>
/// <param name="Sex">0 untold, 1 male, 2 female.</param>
/// <param name="Departments">Codes, the main one first; nothing for the root.</param>
internal sealed record MemberSeed(
    string? User = null, string? CorpUserId = null, string? Name = null, string? NameEn = null, int? Sex = null, string? Mobile = null,
    string? Email = null, string? State = null, bool? Admin = null, string? EmployeeId = null, string? Job = null, string? Secretary = null,
    IReadOnlyList<string>? Departments = null);

/// <param name="Home">Whether the app is at home there; false when it has a home already, and subscribes.</param>
/// <param name="Isv">Whether other organisations may subscribe it.</param>
internal sealed record TenantAppSeed(
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)] long? ClientId,
    bool? Home = null, bool? Isv = null);

/// <param name="Followers">User ids.</param>
internal sealed record PublicAccountSeed(string? Id, string? Name = null, IReadOnlyList<string>? Followers = null);
