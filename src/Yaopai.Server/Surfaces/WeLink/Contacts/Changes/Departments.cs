using System.Globalization;
using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>What the document has of a department, and what is meant by it.</summary>
internal static class Departments
{
    private const int Unordered = 1000;

    private static readonly Field s_code = new("corpDeptCode", FieldKind.Id, IsRequired: true);
    private static readonly Field s_parent = new("corpParentCode", FieldKind.Id);
    private static readonly Field s_name = new("deptNameCn", FieldKind.Text);
    private static readonly Field s_nameEn = new("deptNameEn", FieldKind.Text);
    private static readonly Field s_level = new("deptLevel", FieldKind.Number, Most: 99);
    private static readonly Field s_valid = Field.Flag("valid");

    private static readonly Field[] s_others =
    [
        new("managerId", FieldKind.Id), new("orderNo", FieldKind.Number, Most: 1000),
        new("visibleRange", FieldKind.Choice, false, 1, "1", "2", "3"),
    ];

    public static IReadOnlyList<Field> Put { get; } =
    [
        s_code, s_parent.Required(), s_name.Required(), s_nameEn.Required(), s_level.Required(), s_valid.Required(), .. s_others,
    ];

    public static IReadOnlyList<Field> Update { get; } = [s_code, s_parent, s_name, s_nameEn, s_level, s_valid, .. s_others];

    /// <summary>Those of the first level are below the root, and no others; none is below itself.</summary>
    public static bool Agrees(JsonBody item) =>
        (!s_level.IsThere(item) || !s_parent.IsThere(item)
            || item.Scalar(s_level.Name) is "1" == item.Scalar(s_parent.Name) is DepartmentChange.Root)
        && item.Scalar(s_code.Name) is not DepartmentChange.Root
        && item.Scalar(s_parent.Name) != item.Scalar(s_code.Name);

    public static ItemChange Read(ItemAction action, JsonBody item) => ItemChange.Of(
        item.Scalar(s_valid.Name) is "0" ? ItemAction.Delete : action,
        new DepartmentChange(item.Scalar(s_code.Name), item.Scalar(s_parent.Name) is { Length: > 0 } parent ? parent : null)
        {
            Name = TextOf(item, s_name.Name),
            NameEn = TextOf(item, s_nameEn.Name),
            Manager = TextOf(item, "managerId"),
            Position = NumberOf(item, "orderNo") ?? (action is ItemAction.Put ? Unordered : null),
            VisibleRange = NumberOf(item, "visibleRange"),
        });

    private static string? TextOf(JsonBody item, string name) => item.Scalar(name) is { Length: > 0 } text ? text : null;

    private static int? NumberOf(JsonBody item, string name) =>
        TextOf(item, name) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;
}
