using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>What the second generation has of a person: either the platform's codes or the customer's, and lists where the first had texts.
/// </summary>
internal static class PersonForms
{
    private const string Id = "corpUserId", UserId = "userId";

    private static readonly Field s_id = new(Id, FieldKind.Id);
    private static readonly Field s_userId = new(UserId, FieldKind.Id, Most: 160);
    private static readonly Field s_mobile = new("mobileNumber", FieldKind.Mobile);
    private static readonly Field s_departments = new("deptCodes", FieldKind.Codes);
    private static readonly Field s_corpDepartments = new("corpDeptCodes", FieldKind.Ids);
    private static readonly Field s_main = new("mainDeptCode", FieldKind.Code);
    private static readonly Field s_corpMain = new("mainCorpDept", FieldKind.Id);
    private static readonly Field s_roles = new("roleIds", FieldKind.Codes);
    private static readonly Field s_name = new("userNameCn", FieldKind.Text);

    private static readonly Field[] s_others =
    [
        s_mobile, s_departments, s_corpDepartments, s_main, s_corpMain,
        new("userNameEn", FieldKind.Text), new("sex", FieldKind.Choice, false, 1, "M", "F"), new("phoneNumber", FieldKind.Mobiles),
        new("userEmail", FieldKind.Mail), new("employeeId", FieldKind.Text), new("landlineNumber", FieldKind.Text),
        new("position", FieldKind.Text, Most: 128), new("businessAddress", FieldKind.Text, Most: 256),
        new("baseLocation", FieldKind.Text, Most: 256), new("corpSecretary", FieldKind.Id), new("remark", FieldKind.Text, Most: 256),
        Field.Flag("isHidePhoneNumber"), Field.Flag("isNotify"), Field.Flag("seniorMode"), Field.Flag("emailLoginAccount"),
        new("personType", FieldKind.Number, Most: 99), new("timeZone", FieldKind.Text), s_roles, new("extAttr", FieldKind.Texts, Most: 256),
    ];

    public static Form Create { get; } =
        new([s_id.Required(), s_name.Required(), .. s_others], Agrees, item => Read(ItemAction.Create, item));

    public static Form Sync { get; } = Create with { Read = item => Read(ItemAction.Put, item) };

    public static Form Update { get; } =
        new([s_id, s_userId, s_name, .. s_others], Agrees, item => Read(ItemAction.Update, item)) { OneOf = [Id, UserId] };

    public static Form Delete { get; } =
        new([s_id, s_userId, Field.Flag("isDeleteUser")], _ => true, ReadDeletion) { OneOf = [Id, UserId] };

    public static Form ChangeMobile { get; } =
        new([s_id, s_userId, s_mobile.Required()], _ => true, item => Read(ItemAction.ChangeMobile, item)) { OneOf = [Id, UserId] };

    /// <summary>The person is named by the platform's id, and gets the customer's.</summary>
    public static Form ChangeKey { get; } = new([s_userId.Required(), s_id.Required()], _ => true, item => ItemChange.Of(
        ItemAction.ChangeKey, new MemberChange(KeyOfUserId(item.Scalar(UserId))) { NewKey = item.Scalar(Id) }));

    private static bool Agrees(JsonBody item)
    {
        var keys = KeysIn(item);
        return (MainIn(item) is not { } main || keys.Contains(main))
            && keys.Distinct().Count() == keys.Count
            && (item.Scalar("corpSecretary") is "" || item.Scalar("corpSecretary") != item.Scalar(Id));
    }

    /// <summary>Who is not deleted is closed: signs in no more, and stays in the list.</summary>
    private static ItemChange ReadDeletion(JsonBody item) => item.Scalar("isDeleteUser") is "0"
        ? ItemChange.Of(ItemAction.Update, new MemberChange(KeyOf(item)) { IsValid = false })
        : ItemChange.Of(ItemAction.Delete, new MemberChange(KeyOf(item)));

    private static ItemChange Read(ItemAction action, JsonBody item)
    {
        var main = MainIn(item);
        var keys = KeysIn(item);
        return ItemChange.Of(action, new MemberChange(KeyOf(item))
        {
            Name = Text(item, s_name.Name),
            NameEn = Text(item, "userNameEn"),
            Sex = Text(item, "sex") switch { "M" => Sex.Male, "F" => Sex.Female, _ => null },
            Mobile = Text(item, s_mobile.Name) is { } mobile ? MobileNumber.Write(MobileNumber.Read(mobile)!) : null,
            Email = Text(item, "userEmail"),
            Departments = keys.Count == 0 ? null : main is null ? keys : [main, .. keys.Where(key => key != main)],
            Secretary = Text(item, "corpSecretary"),
            OpensAccount = Text(item, s_mobile.Name) is not null,
            HidesMobile = Flag(item, "isHidePhoneNumber"),
            Phones = new Field("phoneNumber", FieldKind.Mobiles).ListIn(item),
            EmployeeId = Text(item, "employeeId"),
            Landline = Text(item, "landlineNumber"),
            Job = Text(item, "position"),
            Address = Text(item, "businessAddress"),
            BaseLocation = Text(item, "baseLocation"),
            Remark = Text(item, "remark"),
            PersonType = Text(item, "personType"),
            TimeZone = Text(item, "timeZone"),
            IsSenior = Flag(item, "seniorMode"),
            Roles = s_roles.IsThere(item) ? [.. s_roles.ListIn(item)!.Select(long.Parse)] : null,
            More = item.Object("extAttr")?.Members.DistinctBy(one => one.Key).ToDictionary(),
        });
    }

    private static string KeyOf(JsonBody item) => Text(item, Id) ?? KeyOfUserId(item.Scalar(UserId));

    private static string KeyOfUserId(string userId) => MemberChange.UserIdSign + userId;

    private static string? MainIn(JsonBody item) =>
        Text(item, s_main.Name) is { } code ? DepartmentForms.KeyOfCode(code) : Text(item, s_corpMain.Name);

    private static List<string> KeysIn(JsonBody item) =>
    [
        .. (s_departments.ListIn(item) ?? []).Select(DepartmentForms.KeyOfCode), .. s_corpDepartments.ListIn(item) ?? [],
    ];

    private static string? Text(JsonBody item, string name) => item.Scalar(name) is { Length: > 0 } text ? text : null;

    private static bool? Flag(JsonBody item, string name) => Text(item, name) is { } flag ? flag is "1" : null;
}
