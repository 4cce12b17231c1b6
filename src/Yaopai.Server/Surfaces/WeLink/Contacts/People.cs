using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>Members with what is written beside them: codes of the customer's, and roles.</summary>
internal sealed record People(
    IReadOnlyList<Member> Members, IReadOnlyDictionary<long, string> CorpCodes, IReadOnlyDictionary<string, string> CorpUserIds,
    ILookup<string, long> Roles)
{
    public static async Task<People> ReadAsync(ContactKit kit, long tenantId, IReadOnlyList<Member> members, CancellationToken ct)
    {
        var departments = await kit.Departments.FindByNumbersAsync(
            tenantId, [.. members.SelectMany(member => member.Memberships).Select(one => one.Department).Distinct()], ct);
        var secretaries = await kit.Members.ListAsync(
            tenantId, MemberKey.UserId, [.. members.Select(member => member.Details.Secretary).Where(id => id is not "").Distinct()], ct);
        return new(
            members,
            departments.ToDictionary(department => department.Number, department => department.CorpCode ?? ""),
            secretaries.ToDictionary(member => member.UserId, member => member.CorpUserId),
            await kit.Roles.OfMembersAsync(tenantId, [.. members.Select(member => member.UserId)], ct));
    }

    /// <summary>The root's is its number.</summary>
    public string CorpCodeOf(long department) => department == Department.Root ? "0" : CorpCodes.GetValueOrDefault(department, "");
}
