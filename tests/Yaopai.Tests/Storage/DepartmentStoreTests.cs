using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Sql.Organisations;

namespace Yaopai.Tests.Storage;

public sealed class SqliteDepartmentStoreTests(OnSqlite engine) : DepartmentStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresDepartmentStoreTests(OnPostgres engine) : DepartmentStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class DepartmentStoreContract(Engine engine) : IAsyncLifetime
{
    private readonly SqlDepartmentStore _departments = new(engine.Database);
    private readonly SqlMemberStore _members = new(engine.Database);
    private readonly Tenant _tenant = Samples.NewTenant();

    public async ValueTask InitializeAsync() => Assert.True(await new SqlTenantStore(engine.Database).TryAddAsync(_tenant, default));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_department_reads_back_with_all_its_fields()
    {
        var department = New("one") with { CorpCode = "c1", NameEn = "One", Manager = "boss@company", Position = 7, VisibleRange = 3 };

        var number = await AddAsync(department);

        var stored = department with { Number = number, Level = 1 };
        Assert.Equal(stored, await _departments.FindAsync(_tenant.Id, number, default));
        Assert.Equal([stored with { Level = 0 }], await _departments.FindByCorpCodesAsync(_tenant.Id, ["c1", "other"], default));
        Assert.Equal([stored with { Level = 0 }], await _departments.FindByNumbersAsync(_tenant.Id, [number, 99], default));
        Assert.Null(await _departments.FindAsync(Samples.NewTenant().Id, number, default));
        Assert.Null(await _departments.FindAsync(_tenant.Id, Department.Root, default));
    }

    [Fact]
    public async Task Departments_are_listed_below_another_level_by_level_and_page_by_page()
    {
        var top = await AddAsync(New("top"));
        var second = await AddAsync(New("second", top) with { Position = 2 });
        var first = await AddAsync(New("first", top) with { Position = 1 });
        var low = await AddAsync(New("low", second));

        var right = await _departments.ListAsync(_tenant.Id, top, recursive: false, skip: 0, take: 10, default);
        Assert.Equal(2, right.Total);
        Assert.Equal([first, second], right.Departments.Select(one => one.Number));
        Assert.Equal([false, true], right.Departments.Select(one => one.HasChildren));

        var all = await _departments.ListAsync(_tenant.Id, Department.Root, recursive: true, skip: 0, take: 10, default);
        Assert.Equal(4, all.Total);
        Assert.Equal([top, second, first, low], all.Departments.Select(one => one.Number));
        Assert.Equal([1, 2, 2, 3], all.Departments.Select(one => one.Level));

        var page = await _departments.ListAsync(_tenant.Id, top, recursive: true, skip: 2, take: 1, default);
        Assert.Equal((3L, low, 3), (page.Total, page.Departments.Single().Number, page.Departments.Single().Level));
        Assert.Empty((await _departments.ListAsync(Samples.NewTenant().Id, Department.Root, recursive: true, 0, 10, default)).Departments);
    }

    [Fact]
    public async Task Moving_a_department_moves_what_is_below_it()
    {
        var (one, other) = (await AddAsync(New("one")), await AddAsync(New("other")));
        var moved = await AddAsync(New("moved", one));
        var below = await AddAsync(New("below", moved));

        var (outcome, _) = await _departments.PutAsync(New("moved", other) with { Number = moved }, default);

        Assert.Equal(DepartmentOutcome.Done, outcome);
        Assert.Equal([other, moved, below], (await _departments.PathAsync(_tenant.Id, below, default)).Select(one => one.Number));
        Assert.Equal(3, (await _departments.FindAsync(_tenant.Id, below, default))!.Level);
        Assert.False((await _departments.FindAsync(_tenant.Id, one, default))!.HasChildren);
    }

    [Fact]
    public async Task No_department_is_below_itself()
    {
        var top = await AddAsync(New("top"));
        var low = await AddAsync(New("low", top));

        Assert.Equal((DepartmentOutcome.InCircle, 0), await _departments.PutAsync(New("top", low) with { Number = top }, default));
        Assert.Equal((DepartmentOutcome.InCircle, 0), await _departments.PutAsync(New("top", top) with { Number = top }, default));
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_taken_is_refused()
    {
        await AddAsync(New("one") with { CorpCode = "taken" });

        Assert.Equal(DepartmentOutcome.CodeTaken, (await _departments.PutAsync(New("two") with { CorpCode = "taken" }, default)).Outcome);
        Assert.Equal(DepartmentOutcome.ParentMissing, (await _departments.PutAsync(New("two", 99), default)).Outcome);
        Assert.Equal(DepartmentOutcome.Missing, (await _departments.PutAsync(New("two") with { Number = 99 }, default)).Outcome);
        Assert.Equal(DepartmentOutcome.Missing,
            (await _departments.PutAsync(New("two") with { TenantId = Samples.NewTenant().Id }, default)).Outcome);
    }

    [Fact]
    public async Task A_number_is_not_used_again_and_what_is_not_empty_stays()
    {
        var top = await AddAsync(New("top"));
        var low = await AddAsync(New("low", top));
        var member = Samples.NewMember(_tenant) with { Memberships = [new(low, 1)] };
        await _members.PutAsync(member, default);

        Assert.Equal(DepartmentOutcome.NotEmpty, await _departments.DeleteAsync(_tenant.Id, top, default));
        Assert.Equal(DepartmentOutcome.NotEmpty, await _departments.DeleteAsync(_tenant.Id, low, default));
        await _members.DeleteAsync(_tenant.Id, member.UserId, Samples.Noon, default);
        Assert.Equal(DepartmentOutcome.Done, await _departments.DeleteAsync(_tenant.Id, low, default));
        Assert.Equal(DepartmentOutcome.Missing, await _departments.DeleteAsync(_tenant.Id, low, default));
        Assert.Equal(DepartmentOutcome.Missing, await _departments.DeleteAsync(_tenant.Id, Department.Root, default));

        Assert.True(await AddAsync(New("new")) > low);
    }

    private Department New(string name, long parent = Department.Root) =>
        new() { TenantId = _tenant.Id, Parent = parent, Name = name, CreatedAt = Samples.Noon, ChangedAt = Samples.Noon };

    private async Task<long> AddAsync(Department department)
    {
        var (outcome, number) = await _departments.PutAsync(department, default);
        Assert.Equal(DepartmentOutcome.Done, outcome);
        return number;
    }
}
