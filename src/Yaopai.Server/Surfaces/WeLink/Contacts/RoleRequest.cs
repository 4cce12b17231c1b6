using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>A call on roles or on groups of them.</summary>
/// <param name="thing">What its id and its names are called after: <c>role</c> or <c>roleGroup</c>.</param>
internal class RoleRequest(Incoming incoming, ContactKit kit, string thing) : ContactRequest(incoming, kit)
{
    private const int LongestName = 64;

    public string IdText => this[$"{thing}Id"];

    public bool HasId => IdText is not "" || !IsScalar($"{thing}Id");

    public long? Id => ClientId.Number(IdText);

    public bool HasGroupId => this["roleGroupId"] is not "" || !IsScalar("roleGroupId");

    public long? GroupId => ClientId.Number(this["roleGroupId"]);

    public string NameCn => this[$"{thing}NameCn"];

    public string NameEn => this[$"{thing}NameEn"];

    public bool HasName => NameCn is not "" || !IsScalar($"{thing}NameCn");

    public bool NamesAreSound => new[] { $"{thing}NameCn", $"{thing}NameEn" }
        .All(name => IsScalar(name) && this[name].Length <= LongestName && !this[name].Any(char.IsControl)) && NameCn.Trim() is not "";

    public RoleGroup Group { get; private set; } = null!;

    public Role Role { get; private set; } = null!;

    public RoleOutcome Outcome { get; private set; }

    public long Number { get; private set; }

    public async ValueTask<bool> LoadGroupAsync(long number) =>
        (Group = (await Contacts.RoleGroups.FindAsync(TenantId, number, Call.Ct))!) is not null;

    public async ValueTask<bool> LoadRoleAsync() =>
        (Role = (await Contacts.Roles.FindAsync(TenantId, Id!.Value, Call.Ct))!) is not null && await LoadGroupAsync(Role.Group);

    public async ValueTask<bool> PutGroupAsync(RoleGroup group)
    {
        (Outcome, Number) = await Contacts.RoleGroups.PutAsync(group with { Name = NameCn, NameEn = NameEn, ChangedAt = Now }, Call.Ct);
        return Outcome is not RoleOutcome.Missing;
    }

    public async ValueTask<bool> PutRoleAsync(Role role)
    {
        (Outcome, Number) = await Contacts.Roles.PutAsync(role with { Name = NameCn, NameEn = NameEn, ChangedAt = Now }, Call.Ct);
        return Outcome is not RoleOutcome.Missing;
    }

    public async ValueTask<bool> DeleteGroupAsync() =>
        (Outcome = await Contacts.RoleGroups.DeleteAsync(TenantId, Id!.Value, Call.Ct)) is not RoleOutcome.Missing;

    public async ValueTask<bool> DeleteRoleAsync() =>
        (Outcome = await Contacts.Roles.DeleteAsync(TenantId, Id!.Value, Call.Ct)) is not RoleOutcome.Missing;
}

/// <summary>The rules that operations on roles share.</summary>
internal static class RoleRules
{
    public static Rule<RoleRequest>[] Id { get; } =
    [
        new(C.ParameterMissing,   x => x.HasId,               why: _ => "the id is needed"),
        new(C.ParameterMalformed, x => x.Id is not null,      why: x => $"the id is '{x.IdText}'; ids are numbers"),
    ];

    public static Rule<RoleRequest>[] Name { get; } =
    [
        new(C.ParameterMissing,   x => x.HasName,             why: _ => "the Chinese name is needed"),
        new(C.ParameterMalformed, x => x.NamesAreSound,       why: _ => "a name has 64 characters at most, and no control characters"),
    ];

    /// <summary>Both: what is missing of either comes before what is malformed of either.</summary>
    public static Rule<RoleRequest>[] IdAndName { get; } = With(Id);

    public static Rule<RoleRequest>[] With(Rule<RoleRequest>[] id) => [id[0], Name[0], id[1], Name[1]];

    public static Rule<RoleRequest>[] Done { get; } =
    [
        new(C.ValidationFailed,   x => x.Outcome is not RoleOutcome.NameTaken, why: x => $"there is another '{x.NameCn}'"),
        new(C.QueryTooLarge,      x => x.Outcome is not RoleOutcome.TooMany,   why: _ => $"there are {Role.Most} already"),
    ];
}
