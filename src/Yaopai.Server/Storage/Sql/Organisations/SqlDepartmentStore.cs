using Yaopai.Server.Apps;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Events;

namespace Yaopai.Server.Storage.Sql.Organisations;

internal sealed class SqlDepartmentStore(Database database, SqlOutbox? outbox = null) : IDepartmentStore, IDepartmentTree
{
    // Of what is below only the numbers are collected; the page alone is read whole.
    private const string Below =
        $"""
        WITH RECURSIVE below (number, depth) AS (
            SELECT number, 1
              FROM department
             WHERE tenant_id = @tenantId AND parent = @parent
            UNION ALL
            SELECT department.number, below.depth + 1
              FROM below
              JOIN department ON department.tenant_id = @tenantId AND department.parent = below.number),
        page (number, depth) AS (SELECT number, depth FROM below ORDER BY depth, number LIMIT @take OFFSET @skip)
        SELECT {DepartmentRows.Columns}, page.depth
          FROM page
          JOIN department ON department.tenant_id = @tenantId AND department.number = page.number
         ORDER BY page.depth, page.number
        """;

    private const string RightBelow =
        $"""
        SELECT {DepartmentRows.Columns}, 1 AS depth
          FROM department
         WHERE department.tenant_id = @tenantId AND department.parent = @parent
         ORDER BY department.position, department.number
         LIMIT @take OFFSET @skip
        """;

    private const string CountBelow =
        """
        WITH RECURSIVE below (number) AS (
            SELECT number
              FROM department
             WHERE tenant_id = @tenantId AND parent = @parent
            UNION ALL
            SELECT department.number
              FROM below
              JOIN department ON department.tenant_id = @tenantId AND department.parent = below.number)
        SELECT COUNT(*)
          FROM below
        """;

    private const string CountRightBelow =
        """
        SELECT COUNT(*)
          FROM department
         WHERE tenant_id = @tenantId AND parent = @parent
        """;

    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    public Task<Department?> FindAsync(long tenantId, long number, CancellationToken ct) =>
        database.ReadAsync(session => DepartmentRows.FindAsync(session, tenantId, number), ct);

    public Task<IReadOnlyList<Department>> FindByNumbersAsync(long tenantId, IReadOnlyCollection<long> numbers, CancellationToken ct) =>
        database.ReadAsync(session => DepartmentRows.FindByNumbersAsync(session, tenantId, numbers), ct);

    public Task<IReadOnlyList<Department>> FindByCorpCodesAsync(long tenantId, IReadOnlyCollection<string> codes, CancellationToken ct) =>
        database.ReadAsync(session => DepartmentRows.FindByCorpCodesAsync(session, tenantId, codes), ct);

    public Task<DepartmentPage> ListAsync(long tenantId, long parent, bool recursive, long skip, int take, CancellationToken ct) =>
        database.ReadAsync(
            async session =>
            {
                var level = (await DepartmentRows.PathAsync(session, tenantId, parent)).Count;
                var asked = new { tenantId, parent, skip, take = (long)take };
                var total = await session.ListAsync<long>(recursive ? CountBelow : CountRightBelow, asked);
                var rows = await session.ListAsync<DepartmentRow>(recursive ? Below : RightBelow, asked);
                return new DepartmentPage([.. rows.Select(row => row.ToDepartment(level + row.Depth))], total[0]);
            }, ct);

    public Task<IReadOnlyList<Department>> PathAsync(long tenantId, long number, CancellationToken ct) =>
        database.ReadAsync(session => DepartmentRows.PathAsync(session, tenantId, number), ct);

    public Task<(DepartmentOutcome Outcome, long Number)> PutAsync(Department department, CancellationToken ct) => WriteAsync(
        department.TenantId, SecurityEventKind.DepartmentChanged, session => DepartmentRows.PutAsync(session, department), ct);

    public async Task<DepartmentOutcome> DeleteAsync(long tenantId, long number, CancellationToken ct) => (await WriteAsync(
        tenantId, SecurityEventKind.DepartmentDeleted,
        async session => (await DepartmentRows.DeleteAsync(session, tenantId, number), number), ct)).Outcome;

    /// <summary>Changes a department, of which apps may want to hear.</summary>
    private async Task<(DepartmentOutcome Outcome, long Number)> WriteAsync(
        long tenantId, SecurityEventKind kind, Func<Session, Task<(DepartmentOutcome Outcome, long Number)>> write, CancellationToken ct)
    {
        var written = await database.WriteAsync(
            async session =>
            {
                var written = await write(session);
                if (written.Outcome is DepartmentOutcome.Done)
                    await _outbox.AddAsync(session, tenantId, kind, [$"{written.Number}"]);
                return written;
            }, ct);
        if (written.Outcome is DepartmentOutcome.Done)
            _outbox.Announce();
        return written;
    }
}
