using System.Globalization;
using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>What the second generation has of a department: either the platform's codes or the customer's.</summary>
internal static class DepartmentForms
{
    private const string Id = "corpDeptCode", Code = "deptCode", Parent = "corpParentCode", ParentCode = "parentCode";

    private static readonly Field s_id = new(Id, FieldKind.Id);
    private static readonly Field s_code = new(Code, FieldKind.Code);
    private static readonly Field s_name = new("deptNameCn", FieldKind.Text);

    private static readonly Field[] s_others =
    [
        new(Parent, FieldKind.Id), new(ParentCode, FieldKind.Code), new("deptNameEn", FieldKind.Text), new("managerId", FieldKind.Id),
        new("orderNo", FieldKind.Number, Most: 1000), new("visibleRange", FieldKind.Choice, false, 1, "1", "2", "3"),
    ];

    public static Form Create { get; } =
        new([s_id.Required(), s_name.Required(), .. s_others], Agrees, item => Read(ItemAction.Create, item))
        {
            OneOf = [Parent, ParentCode],
        };

    public static Form Sync { get; } = Create with { Read = item => Read(ItemAction.Put, item) };

    public static Form Update { get; } =
        new([s_id, s_code, s_name, .. s_others], Agrees, item => Read(ItemAction.Update, item)) { OneOf = [Id, Code] };

    public static Form Delete { get; } = new([s_id, s_code], Agrees, item => Read(ItemAction.Delete, item)) { OneOf = [Id, Code] };

    /// <summary>The department is named by the platform's code, and gets the customer's.</summary>
    public static Form ChangeKey { get; } = new([s_code.Required(), s_id.Required()], Agrees, item => ItemChange.Of(
        ItemAction.ChangeKey, new DepartmentChange(KeyOfCode(item.Scalar(Code))) { NewKey = item.Scalar(Id) }));

    /// <summary>Of the root both are the same.</summary>
    public static string KeyOfCode(string code) =>
        code.TrimStart('0') is { Length: > 0 } digits ? DepartmentChange.NumberSign + digits : DepartmentChange.Root;

    private static bool Agrees(JsonBody item) => KeyOf(item) is var key
        && key is not DepartmentChange.Root && item.Scalar(Id) is not DepartmentChange.Root && ParentIn(item) != key;

    private static ItemChange Read(ItemAction action, JsonBody item) => ItemChange.Of(
        action, new DepartmentChange(KeyOf(item), ParentIn(item))
        {
            Name = Text(item, s_name.Name),
            NameEn = Text(item, "deptNameEn"),
            Manager = Text(item, "managerId"),
            Position = Number(item, "orderNo"),
            VisibleRange = Number(item, "visibleRange"),
        });

    private static string KeyOf(JsonBody item) => Text(item, Id) ?? KeyOfCode(item.Scalar(Code));

    private static string? ParentIn(JsonBody item) =>
        Text(item, Parent) ?? (Text(item, ParentCode) is { } code ? KeyOfCode(code) : null);

    private static string? Text(JsonBody item, string name) => item.Scalar(name) is { Length: > 0 } text ? text : null;

    private static int? Number(JsonBody item, string name) =>
        Text(item, name) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;
}
