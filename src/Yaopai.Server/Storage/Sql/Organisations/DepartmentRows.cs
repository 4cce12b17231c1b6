using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Organisations;

/// <summary>Departments within a transaction of somebody's.</summary>
internal static class DepartmentRows
{
    /// <summary>What is read of a department: for statements that have it under its own name.</summary>
    public const string Columns =
        """
        department.tenant_id, department.number, department.parent, department.corp_code, department.name, department.name_en,
               department.manager, department.position, department.visible_range, department.created_at, department.changed_at,
               CASE WHEN EXISTS (SELECT 1 FROM department AS child
                                  WHERE child.tenant_id = department.tenant_id AND child.parent = department.number)
                    THEN 1 ELSE 0 END AS has_children
        """;

    private const string Path =
        $"""
        WITH RECURSIVE above (number, parent, height) AS (
            SELECT number, parent, 0
              FROM department
             WHERE tenant_id = @tenantId AND number = @number
            UNION ALL
            SELECT department.number, department.parent, above.height + 1
              FROM above
              JOIN department ON department.tenant_id = @tenantId AND department.number = above.parent)
        SELECT {Columns}
          FROM above
          JOIN department ON department.tenant_id = @tenantId AND department.number = above.number
         ORDER BY above.height DESC
        """;

    private const string ByCorpCode =
        $"""
        SELECT {Columns}
          FROM department
         WHERE department.tenant_id = @tenantId AND department.corp_code IN @codes
        """;

    private const string ByNumber =
        $"""
        SELECT {Columns}
          FROM department
         WHERE department.tenant_id = @tenantId AND department.number IN @some
        """;

    /// <summary>The way from the root down to it, itself included and the root not.</summary>
    public static async Task<IReadOnlyList<Department>> PathAsync(Session session, long tenantId, long number)
    {
        if (number == Department.Root)
            return [];

        var rows = await session.ListAsync<DepartmentRow>(Path, new { tenantId, number });
        return [.. rows.Select((row, at) => row.ToDepartment(at + 1))];
    }

    public static async Task<Department?> FindAsync(Session session, long tenantId, long number) =>
        (await PathAsync(session, tenantId, number)) is [.., var last] ? last : null;

    /// <summary>Their levels are left at 0.</summary>
    public static async Task<IReadOnlyList<Department>> FindByNumbersAsync(
        Session session, long tenantId, IReadOnlyCollection<long> numbers)
    {
        var found = new List<Department>();
        foreach (var some in numbers.Distinct().Chunk(MostInList))
        {
            var rows = await session.ListAsync<DepartmentRow>(ByNumber, new { tenantId, some });
            found.AddRange(rows.Select(row => row.ToDepartment(0)));
        }

        return found;
    }

    /// <summary>Their levels are left at 0.</summary>
    public static async Task<IReadOnlyList<Department>> FindByCorpCodesAsync(
        Session session, long tenantId, IReadOnlyCollection<string> codes)
    {
        var found = new List<Department>();
        foreach (var some in codes.Distinct().Chunk(MostInList))
        {
            var rows = await session.ListAsync<DepartmentRow>(ByCorpCode, new { tenantId, codes = some });
            found.AddRange(rows.Select(row => row.ToDepartment(0)));
        }

        return found;
    }

    /// <summary>Those of the numbers that are departments of the tenant; the root is one.</summary>
    public static async Task<IReadOnlySet<long>> KnownAsync(Session session, long tenantId, IReadOnlyCollection<long> numbers)
    {
        var known = numbers.Where(number => number == Department.Root).ToHashSet();
        foreach (var some in numbers.Except(known).Chunk(MostInList))
        {
            known.UnionWith(await session.ListAsync<long>(
                """
                SELECT number
                  FROM department
                 WHERE tenant_id = @tenantId AND number IN @some
                """, new { tenantId, some }));
        }

        return known;
    }

    /// <summary>Adds it where its number is 0, and says which it got; changes it where not.</summary>
    public static async Task<(DepartmentOutcome Outcome, long Number)> PutAsync(Session session, Department department)
    {
        var row = DepartmentRow.Of(department);
        if (await TenantTurn.TakeAsync(session, department.TenantId) is null)
            return (DepartmentOutcome.Missing, 0);
        if (department.Number != 0 && !await IsKnownAsync(session, row.TenantId, row.Number))
            return (DepartmentOutcome.Missing, 0);

        var above = await PathAsync(session, row.TenantId, row.Parent);
        if (row.Parent != Department.Root && above.Count == 0)
            return (DepartmentOutcome.ParentMissing, 0);
        if (department.Number != 0 && above.Any(one => one.Number == department.Number))
            return (DepartmentOutcome.InCircle, 0);
        if (row.CorpCode is { } code
            && (await FindByCorpCodesAsync(session, row.TenantId, [code])).Any(one => one.Number != department.Number))
            return (DepartmentOutcome.CodeTaken, 0);

        if (department.Number != 0)
        {
            await session.ExecuteAsync(
                """
                UPDATE department
                   SET parent        = @Parent,
                       corp_code     = @CorpCode,
                       name          = @Name,
                       name_en       = @NameEn,
                       manager       = @Manager,
                       position      = @Position,
                       visible_range = @VisibleRange,
                       changed_at    = @ChangedAt
                 WHERE tenant_id = @TenantId AND number = @Number
                """, row);
            return (DepartmentOutcome.Done, department.Number);
        }

        row = DepartmentRow.Of(department with { Number = await TenantTurn.NewNumberAsync(session, row.TenantId) });
        await session.ExecuteAsync(
            """
            INSERT INTO department (tenant_id, number, parent, corp_code, name, name_en, manager, position, visible_range,
                                    created_at, changed_at)
            VALUES (@TenantId, @Number, @Parent, @CorpCode, @Name, @NameEn, @Manager, @Position, @VisibleRange, @CreatedAt, @ChangedAt)
            """, row);
        return (DepartmentOutcome.Done, row.Number);
    }

    public static async Task<DepartmentOutcome> DeleteAsync(Session session, long tenantId, long number)
    {
        if (await TenantTurn.TakeAsync(session, tenantId) is null || !await IsKnownAsync(session, tenantId, number))
            return DepartmentOutcome.Missing;

        return await session.ExecuteAsync(
            """
            DELETE FROM department
             WHERE tenant_id = @tenantId AND number = @number
               AND NOT EXISTS (SELECT 1 FROM department AS child WHERE child.tenant_id = @tenantId AND child.parent = @number)
               AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.tenant_id = @tenantId AND membership.department = @number)
            """, new { tenantId, number }) == 1 ? DepartmentOutcome.Done : DepartmentOutcome.NotEmpty;
    }

    /// <summary>Below what a statement may have of parameters, on either engine.</summary>
    public const int MostInList = 500;

    private static async Task<bool> IsKnownAsync(Session session, long tenantId, long number) =>
        number != Department.Root && (await KnownAsync(session, tenantId, [number])).Count == 1;
}
