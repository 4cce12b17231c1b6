using Yaopai.Server.Organisations;

namespace Yaopai.Server.Provisioning;

/// <summary>What is wanted of a member. What is null stays as it is.</summary>
/// <param name="Key">The customer's own id of the person; or a <see cref="UserIdSign"/> and the user id.</param>
internal sealed record MemberChange(string Key)
{
    public const char UserIdSign = '#';

    public string? Name { get; init; }

    public string? NameEn { get; init; }

    public Sex? Sex { get; init; }

    /// <summary><c>+86-11136000008</c>.</summary>
    public string? Mobile { get; init; }

    public string? Email { get; init; }

    /// <summary>Keys of the departments that the person is in, the main one first.</summary>
    public IReadOnlyList<string>? Departments { get; init; }

    /// <summary>The person's place in each department.</summary>
    public IReadOnlyDictionary<string, int>? Positions { get; init; }

    /// <summary>The customer's own id of the person's secretary.</summary>
    public string? Secretary { get; init; }

    /// <summary>Whether there is to be an account to sign in with.</summary>
    public bool OpensAccount { get; init; }

    /// <summary>False to close the member.</summary>
    public bool? IsValid { get; init; }

    public bool? HidesMobile { get; init; }

    public IReadOnlyList<string>? Phones { get; init; }

    public string? EmployeeId { get; init; }

    public string? Landline { get; init; }

    public string? Job { get; init; }

    public string? Address { get; init; }

    public string? AddressCode { get; init; }

    public string? BaseLocation { get; init; }

    public string? Remark { get; init; }

    public string? PersonType { get; init; }

    public string? TimeZone { get; init; }

    public bool? IsSenior { get; init; }

    /// <summary>Numbers of the roles that the person has from now on, and no others.</summary>
    public IReadOnlyList<long>? Roles { get; init; }

    /// <summary>Of the customer's own naming.</summary>
    public IReadOnlyDictionary<string, string>? More { get; init; }

    /// <summary>The customer's id that the person gets instead.</summary>
    public string? NewKey { get; init; }
}
