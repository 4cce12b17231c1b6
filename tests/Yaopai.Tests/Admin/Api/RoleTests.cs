using System.Net;
using Yaopai.Server.Admin.Api;
using Yaopai.Server.Administration;
using Yaopai.Tests.Docs;
using E = Yaopai.Errors.OperatorErrors.AdminApi;

namespace Yaopai.Tests.Admin.Api;

/// <summary>Who may do what: the table of the page, the table of the program, and what really happens, are the same.</summary>
public sealed class RoleTests(AdminApiFixture fixture) : IClassFixture<AdminApiFixture>
{
    /// <summary>Written a second time, by hand: a slip in the program's table is no slip here.</summary>
    private static readonly Dictionary<AdminRole, Func<AdminOperation, bool>> s_may = new()
    {
        [AdminRole.Owner] = _ => true,
        [AdminRole.Operator] = operation => !operation.Path.StartsWith("/keys", StringComparison.Ordinal)
            && !operation.Path.StartsWith("/admin-keys", StringComparison.Ordinal),
        [AdminRole.Support] = operation => operation.Path.StartsWith("/users", StringComparison.Ordinal)
            && (operation.Method is "GET" || s_help.Contains(operation.Id)),
        [AdminRole.Auditor] = operation => operation.Method is "GET",
    };

    private static readonly string[] s_help = ["user.password.reset", "user.unlock", "user.sessions.end"];

    public static TheoryData<string> Roles { get; } = [.. Enum.GetNames<AdminRole>()];

    private IReadOnlyList<AdminOperation> Operations => fixture.Server.Get<AdminRoutes>().Operations;

    [Theory, MemberData(nameof(Roles))]
    public void The_table_of_the_program_says_what_the_roles_are_meant_for(string role) => Assert.All(
        Operations, operation => Assert.True(
            operation.Access.Allows(Named(role)) == s_may[Named(role)](operation), $"{role} {operation.Id}"));

    [Theory, MemberData(nameof(Roles))]
    public async Task Every_operation_is_open_to_the_roles_that_may_and_to_no_other(string role)
    {
        foreach (var operation in Operations)
        {
            using var response = await fixture.Of(Named(role)).SendAsync(operation.Method, AtNothing(operation));

            if (s_may[Named(role)](operation))
                Assert.False(
                    response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{operation.Id} is shut to {role}");
            else
                await AdminCaller.RefusedAsync(E.RoleInsufficient, response);
        }
    }

    [Fact]
    public async Task Whoever_may_not_changes_nothing()
    {
        var app = $"/apps/{(await fixture.Owner.NewAppAsync()).GetProperty("client_id").GetString()}";
        var before = (await fixture.Owner.GetAsync(app)).ToString();
        foreach (var role in new[] { AdminRole.Auditor, AdminRole.Support })
        {
            await fixture.Of(role).RefusedAsync(E.RoleInsufficient, "PATCH", app, new { name = "Other" }, ("If-Match", "*"));
            await fixture.Of(role).RefusedAsync(E.RoleInsufficient, "POST", $"{app}/disable");
            await fixture.Of(role).RefusedAsync(E.RoleInsufficient, "POST", $"{app}/secret");
        }

        Assert.Equal(before, (await fixture.Owner.GetAsync(app)).ToString());
    }

    [Theory]
    [InlineData("docs/admin-api.md")]
    [InlineData("docs/zh/admin-api.md")]
    public void The_page_has_a_row_for_each_operation_with_its_roles(string page)
    {
        var rows = new Document(page).Text.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]).Where(cells => cells.Length == 6);

        Assert.Equal(
            from operation in Operations
            let signs = Enum.GetValues<AdminRole>().Select(role => Sign(operation, role))
            select $"`{operation.Method} {operation.Path}` {string.Join(' ', signs)}",
            from cells in rows
            select $"{cells[0]} {string.Join(' ', cells[2..])}");
    }

    private static AdminRole Named(string role) => Enum.Parse<AdminRole>(role);

    private static string Sign(AdminOperation operation, AdminRole role) => operation.Access.Allows(role) ? "✓" : "–";

    /// <summary>Of a thing that there is not, so that nothing is done where it is allowed.</summary>
    private static string AtNothing(AdminOperation operation) => string.Join('/',
        operation.Path.Split('/').Select(segment => segment is ['{', ..] ? "9" : segment));
}
