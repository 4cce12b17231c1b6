using System.Text.Json;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>Departments as they are written. The root is the organisation itself.</summary>
internal static class DepartmentDocument
{
    /// <summary>What is written for what is above the root.</summary>
    private const string AboveRoot = "-1";

    private const string Arrow = ">>";

    public static void WriteEntry(Utf8JsonWriter json, Department department)
    {
        json.WriteString("deptCode", $"{department.Number}");
        json.WriteString("deptNameCn", department.Name);
        json.WriteString("deptNameEn", department.NameEn);
        json.WriteString("fatherCode", $"{department.Parent}");
        json.WriteString("deptLevel", $"{department.Level}");
        json.WriteNumber("orderNo", department.Position);
        json.WriteNumber("hasChildDept", department.HasChildren ? 1 : 0);
        json.WriteString("corpDeptCode", department.CorpCode ?? "");
    }

    /// <param name="department">Null for the root.</param>
    public static void WriteDetail(Utf8JsonWriter json, Department? department, Tenant tenant)
    {
        json.WriteString("deptCode", $"{department?.Number ?? Department.Root}");
        json.WriteString("corpDeptCode", department is null ? "0" : department.CorpCode ?? "");
        json.WriteString("deptNameCn", department?.Name ?? tenant.Name);
        json.WriteString("deptNameEn", department?.NameEn ?? tenant.NameEn);
        json.WriteString("parentCode", department is null ? AboveRoot : $"{department.Parent}");
        json.WriteString("managerAccount", department?.Manager ?? "");
    }

    /// <summary>What came with the second generation.</summary>
    /// <param name="department">Null for the root.</param>
    public static void WriteMore(Utf8JsonWriter json, Department? department)
    {
        json.WriteString("deptLevel", $"{department?.Level ?? 0}");
        json.WriteNumber("orderNo", department?.Position ?? 0);
        json.WriteString("visibleRange", $"{department?.VisibleRange ?? 1}");
    }

    /// <param name="path">From the top down; empty for the root.</param>
    public static void WritePath(Utf8JsonWriter json, IReadOnlyList<Department> path, Tenant tenant)
    {
        var isRoot = path.Count == 0;
        json.WriteStartObject();
        json.WriteString("deptAllCode", isRoot ? "0" : string.Join(Arrow, path.Select(one => one.Number)));
        json.WriteString("deptAllNameCn", isRoot ? tenant.Name : string.Join(Arrow, path.Select(one => one.Name)));
        json.WriteString("deptAllNameEn", isRoot ? tenant.NameEn : string.Join(Arrow, path.Select(one => one.NameEn)));
        json.WriteEndObject();
    }
}
