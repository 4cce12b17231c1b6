namespace Yaopai.Server.Provisioning;

/// <summary>One thing to be done to the directory of a tenant: to a department or to a member.</summary>
internal sealed record ItemChange(ItemAction Action, DepartmentChange? Department, MemberChange? Member)
{
    public ItemSubject Subject => Member is null ? ItemSubject.Department : ItemSubject.Member;

    public string Key => Member?.Key ?? Department!.Key;

    /// <summary>The key of the department or member that must be there before; null when there need be none.</summary>
    public string? WaitsFor
    {
        get
        {
            var before = Member is null ? Department!.ParentKey : Member.Secretary;
            return before is null or "" || before == Key || (Member is null && before is DepartmentChange.Root) ? null : before;
        }
    }

    public static ItemChange Of(ItemAction action, DepartmentChange department) => new(action, department, Member: null);

    public static ItemChange Of(ItemAction action, MemberChange member) => new(action, Department: null, member);
}
