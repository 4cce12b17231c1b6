using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Sql.Organisations;

namespace Yaopai.Tests.Storage;

/// <summary>An organisation of a hundred thousand people in five thousand departments.</summary>
public sealed class DirectoryScaleTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    private const string Scan =
        @"^SCAN (member|membership|department|child|tenant|subscription|app_tenancy|mobile_change|member_role|role|role_group"
        + @"|retired_user_id)\b";

    private readonly Tenant _tenant = Samples.NewTenant();

    [Fact]
    public async Task A_large_organisation_is_read_by_page()
    {
        await LoadAsync();
        var departments = new SqlDepartmentStore(engine.Database);
        var members = new SqlMemberStore(engine.Database);

        var all = await departments.ListAsync(_tenant.Id, Department.Root, recursive: true, skip: 4_990, take: 100, default);
        var page = await members.ListAsync(_tenant.Id, department: 5_000, skip: 10, take: 50, default);

        Assert.Equal((5_000, 10), (all.Total, all.Departments.Count));
        Assert.Equal((20, 10), (page.Total, page.Members.Count));
        Assert.Equal("u100000", (await members.FindAsync(_tenant.Id, MemberKey.Mobile, "+86-139100000", default))!.CorpUserId);
        Assert.Equal(5, (await departments.PathAsync(_tenant.Id, 5_000, default)).Count);
    }

    [Fact]
    public async Task No_statement_reads_all_there_is()
    {
        await using var connection = new SqliteConnection($"Data Source={engine.Path};Pooling=false");
        await connection.OpenAsync();

        var statements = Statements().ToArray();
        Assert.True(statements.Length > 10);
        Assert.All(statements, sql =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN {Regex.Replace(sql, @"IN (@\w+)", "IN ($1, 1)")}";
            foreach (var name in Regex.Matches(sql, @"@\w+").Select(match => match.Value).Distinct())
                command.Parameters.AddWithValue(name, 1);
            using var plan = command.ExecuteReader();
            while (plan.Read())
                Assert.DoesNotMatch(Scan, plan.GetString(3));
        });
    }

    /// <summary>What the stores read: their constants, and what stands in their methods.</summary>
    private static IEnumerable<string> Statements()
    {
        var constants =
            from type in typeof(SqlMemberStore).Assembly.GetTypes()
            where type.Namespace == typeof(SqlMemberStore).Namespace
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            where field is { IsLiteral: true } && field.FieldType == typeof(string)
            select (string)field.GetRawConstantValue()!;
        var literals =
            from file in Rooms.FilesOf("Storage")
            where file.Path.StartsWith("Storage/Sql/Organisations/", StringComparison.Ordinal)
            from Match match in Regex.Matches(file.Text, "(?<!\\$)\"\"\"(.*?)\"\"\"", RegexOptions.Singleline)
            select match.Groups[1].Value;
        return constants.Concat(literals).Select(sql => sql.Trim())
            .Where(sql => Regex.IsMatch(sql, @"\A(SELECT|WITH|UPDATE|DELETE)\b[^{]*\bWHERE\b[^{]*\z", RegexOptions.Singleline));
    }

    /// <summary>Eight departments right below the root, and eight below each; twenty people in each.</summary>
    private async Task LoadAsync()
    {
        Assert.True(await new SqlTenantStore(engine.Database).TryAddAsync(_tenant, default));
        await engine.ExecuteAsync(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO department (tenant_id, number, parent, name, name_en, position, visible_range, created_at, changed_at)
            SELECT {_tenant.Id}, i, (i - 1) / 8, 'd' || i, '', 1000, 1, 0, 0
              FROM n;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO member (tenant_id, user_id, corp_user_id, name, name_en, sex, mobile, state, is_admin, owns_account, details,
                                created_at, changed_at)
            SELECT {_tenant.Id}, 'u' || i || '@x', 'u' || i, 'n' || i, '', 0, '+86-139' || printf('%06d', i), 1, 0, 0, '{"{}"}', 0, 0
              FROM n;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO membership (tenant_id, user_id, department, position, is_main)
            SELECT {_tenant.Id}, 'u' || i || '@x', i % 5000 + 1, i % 100, 1
              FROM n;
            """);
    }
}
