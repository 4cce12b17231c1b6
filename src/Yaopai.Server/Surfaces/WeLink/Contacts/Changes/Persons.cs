using System.Globalization;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>What the document has of a person, generation by generation, and what is meant by it.</summary>
internal static class Persons
{
    private static readonly Field s_id = new("corpUserId", FieldKind.Id, IsRequired: true);
    private static readonly Field s_name = new("userNameCn", FieldKind.Text);
    private static readonly Field s_sex = new("sex", FieldKind.Choice, false, 1, "M", "F");
    private static readonly Field s_mobile = new("mobileNumber", FieldKind.Mobile);
    private static readonly Field s_department = new("corpDeptCode", FieldKind.Ids);
    private static readonly Field s_mainDepartment = new("mainCorpDept", FieldKind.Id);
    private static readonly Field s_order = new("orderInDepts", FieldKind.Number, Most: 9999);
    private static readonly Field s_orders = new("orderInDepts", FieldKind.NumberOfEach, Most: 9999);
    private static readonly Field s_secretary = new("corpSecretary", FieldKind.Id);
    private static readonly Field s_opens = Field.Flag("isOpenAccount");
    private static readonly Field s_valid = Field.Flag("valid");
    private static readonly Field s_hides = Field.Flag("isHideMobileNumber");
    private static readonly Field s_phone = new("phoneNumber", FieldKind.Mobiles);
    private static readonly Field s_extra = new("extAttr", FieldKind.Texts, Most: 256);

    private static readonly Field[] s_texts =
    [
        new("userNameEn", FieldKind.Text), new("userEmail", FieldKind.Mail), new("landlineNumber", FieldKind.Text),
        new("addressCode", FieldKind.Text), new("address", FieldKind.Text, Most: 256), new("businessAddress", FieldKind.Text, Most: 256),
        new("baseLocation", FieldKind.Text, Most: 256), new("remark", FieldKind.Text, Most: 256), new("employeeId", FieldKind.Text),
        new("position", FieldKind.Text, Most: 128), new("timeZone", FieldKind.Text), new("personType", FieldKind.Number, Most: 99),
        Field.Flag("isNotify"), Field.Flag("seniorMode"),
    ];

    private static readonly Field[] s_others = [.. s_texts, s_secretary, s_extra];

    public static IReadOnlyList<Field> First { get; } =
    [
        s_id, s_name.Required(), s_sex.Required(), s_mobile.Required(), s_phone.Required(), s_department.Required(), s_opens.Required(),
        s_valid.Required(), s_hides.Required(), s_order.Required(), .. s_others,
    ];

    public static IReadOnlyList<Field> Second { get; } =
    [
        s_id, s_name.Required(), s_sex.Required(), s_mobile.Required(), s_department.Required(), s_mainDepartment.Required(),
        s_opens.Required(), s_valid.Required(), s_phone, s_hides, s_orders, .. s_others,
    ];

    public static IReadOnlyList<Field> Update { get; } =
    [
        s_id, s_name, s_sex, s_mobile, s_department, s_mainDepartment, s_opens, s_valid, s_phone, s_hides, s_orders, .. s_others,
    ];

    /// <summary>Whether what is said in several places goes together.</summary>
    public static bool Agrees(JsonBody item)
    {
        var departments = s_department.ListIn(item) ?? [];
        return (!s_mainDepartment.IsThere(item) || departments.Contains(item.Scalar(s_mainDepartment.Name)))
            && (item.Object(s_orders.Name) is not { } orders || orders.Members.All(order => departments.Contains(order.Key)))
            && departments.Distinct().Count() == departments.Count
            && item.Scalar(s_secretary.Name) is var secretary && (secretary is "" || secretary != item.Scalar(s_id.Name));
    }

    public static MemberChange Read(JsonBody item)
    {
        var main = Text(item, s_mainDepartment.Name);
        var departments = s_department.ListIn(item);
        return new(item.Scalar(s_id.Name))
        {
            Name = Text(item, s_name.Name),
            NameEn = Text(item, "userNameEn"),
            Sex = Text(item, s_sex.Name) switch { "M" => Sex.Male, "F" => Sex.Female, _ => null },
            Mobile = Text(item, s_mobile.Name) is { } mobile ? MobileNumber.Write(MobileNumber.Read(mobile)!) : null,
            Email = Text(item, "userEmail"),
            Departments = departments is null || main is null ? departments : [main, .. departments.Where(code => code != main)],
            Positions = OrdersIn(item, departments),
            Secretary = Text(item, s_secretary.Name),
            OpensAccount = item.Scalar(s_opens.Name) is "1",
            IsValid = Flag(item, s_valid.Name),
            HidesMobile = Flag(item, s_hides.Name),
            Phones = s_phone.ListIn(item),
            EmployeeId = Text(item, "employeeId"),
            Landline = Text(item, "landlineNumber"),
            Job = Text(item, "position"),
            Address = Text(item, "address") ?? Text(item, "businessAddress"),
            AddressCode = Text(item, "addressCode"),
            BaseLocation = Text(item, "baseLocation"),
            Remark = Text(item, "remark"),
            PersonType = Text(item, "personType"),
            TimeZone = Text(item, "timeZone"),
            IsSenior = Flag(item, "seniorMode"),
            More = item.Object(s_extra.Name)?.Members.DistinctBy(one => one.Key).ToDictionary(),
        };
    }

    private static string? Text(JsonBody item, string name) => item.Scalar(name) is { Length: > 0 } text ? text : null;

    private static bool? Flag(JsonBody item, string name) => Text(item, name) is { } flag ? flag is "1" : null;

    private static Dictionary<string, int>? OrdersIn(JsonBody item, IReadOnlyList<string>? departments)
    {
        if (item.Object(s_orders.Name) is { } orders)
        {
            return orders.Members.DistinctBy(order => order.Key)
                .ToDictionary(order => order.Key, order => int.Parse(order.Value, CultureInfo.InvariantCulture));
        }

        return Text(item, s_order.Name) is { } order && departments is not null
            ? departments.ToDictionary(code => code, _ => int.Parse(order, CultureInfo.InvariantCulture))
            : null;
    }
}
