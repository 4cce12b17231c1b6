using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Todos;
using Yaopai.Server.Todos;

namespace Yaopai.Tests.Storage;

public sealed class SqliteTodoStoreTests(OnSqlite engine) : TodoStoreContract(engine), IClassFixture<OnSqlite>
{
    private readonly OnSqlite _engine = engine;

    [Theory]
    [InlineData("SELECT id FROM todo WHERE tenant_id = 1 AND task_id = 't' AND expires_at > 7", "sqlite_autoindex_todo")]
    [InlineData("SELECT id FROM todo WHERE tenant_id = 1 AND user_id = 'u' AND id < 9 AND done_at IS NULL ORDER BY id DESC", "todo_open")]
    public async Task Tasks_are_found_by_an_index(string select, string index)
    {
        var plan = await _engine.Database.ReadAsync(session => session.ListAsync<QueryStep>($"EXPLAIN QUERY PLAN {select}"), default);

        var step = Assert.Single(plan).Detail;
        Assert.StartsWith("SEARCH", step, StringComparison.Ordinal);
        Assert.Contains(index, step, StringComparison.Ordinal);
    }
}

public sealed class PostgresTodoStoreTests(OnPostgres engine) : TodoStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class TodoStoreContract(Engine engine)
{
    private readonly SqlTodoStore _todos = new(engine.Database);
    private readonly long _tenant = Samples.NewId();

    [Fact]
    public async Task A_member_has_a_task_once_and_others_may_have_it_too()
    {
        var todo = New("t1", "ada");

        Assert.True(await AddAsync(todo));
        Assert.False(await AddAsync(todo with { Id = 9 }));
        Assert.True(await AddAsync(New("t1", "bob")));
        Assert.True(await AddAsync(todo with { Key = todo.Key with { TenantId = Samples.NewId() } }));

        Assert.Equal(todo, await _todos.FindAsync(todo.Key, Samples.Noon, default));
        Assert.Null(await _todos.FindAsync(todo.Key with { UserId = "eve" }, Samples.Noon, default));
        Assert.Null(await _todos.FindAsync(todo.Key with { TenantId = 1 }, Samples.Noon, default));
    }

    [Fact]
    public async Task Of_ten_callers_only_one_gives_a_member_a_task()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(at => AddAsync(New("t1", "ada") with { Id = at })));

        Assert.Single(added, true);
    }

    [Fact]
    public async Task What_is_done_is_there_and_no_longer_open()
    {
        var todo = New("t1", "ada");
        await AddAsync(todo);
        var done = todo with { UpdatedAt = Samples.Noon.AddDays(1), DoneAt = Samples.Noon.AddDays(1), UserName = new("艾达", "Ada L.") };

        Assert.False(await _todos.TryFinishAsync(done with { AppId = 5 }, Samples.Noon, Samples.Noon, default));
        Assert.True(await _todos.TryFinishAsync(done, Samples.Noon, Samples.Noon.AddYears(1), default));

        Assert.Equal(done, await _todos.FindAsync(todo.Key, Samples.Noon, default));
        Assert.Empty(await OpenAsync("ada", long.MaxValue));
    }

    [Fact]
    public async Task What_is_open_comes_page_by_page_the_latest_first()
    {
        for (var at = 1; at <= 5; at++)
            await AddAsync(New($"t{at}", "ada") with { Id = at });
        await AddAsync(New("t6", "bob") with { Id = 6 });

        Assert.Equal([5, 4], await OpenAsync("ada", long.MaxValue));
        Assert.Equal([3, 2], await OpenAsync("ada", before: 4));
        Assert.Equal([1], await OpenAsync("ada", before: 2));
    }

    [Fact]
    public async Task A_task_is_removed_for_all_who_have_it_by_the_app_that_made_it()
    {
        await AddAsync(New("t1", "ada"));
        await AddAsync(New("t1", "bob"));
        await AddAsync(New("t1", "eve") with { AppId = 8 });

        Assert.Equal("eve", (await _todos.FindAnyAsync(_tenant, "t1", appId: 8, Samples.Noon, default))!.Key.UserId);
        Assert.Equal(0, await _todos.RemoveAsync(_tenant, 9, "t1", userId: null, Samples.Noon, default));
        Assert.Equal(1, await _todos.RemoveAsync(_tenant, 7, "t1", "bob", Samples.Noon, default));
        Assert.Equal(1, await _todos.RemoveAsync(_tenant, 7, "t1", userId: null, Samples.Noon, default));

        Assert.Equal("eve", (await _todos.FindAnyAsync(_tenant, "t1", appId: 7, Samples.Noon, default))!.Key.UserId);
    }

    [Fact]
    public async Task Three_months_after_its_last_change_a_task_is_gone_before_it_is_purged_and_after()
    {
        var todo = New("t1", "ada");
        await AddAsync(todo);
        var end = Samples.Noon.AddMonths(3);

        Assert.NotNull(await _todos.FindAsync(todo.Key, end.AddMilliseconds(-1), default));
        Assert.Null(await _todos.FindAsync(todo.Key, end, default));
        Assert.Null(await _todos.FindAnyAsync(_tenant, "t1", 7, end, default));
        Assert.Empty(await _todos.OpenAsync(_tenant, "ada", end, long.MaxValue, 9, default));
        Assert.False(await _todos.TryFinishAsync(todo, end, end, default));
        Assert.Equal(0, await _todos.RemoveAsync(_tenant, 7, "t1", userId: null, end, default));

        var again = todo with { Id = 99, CreatedAt = end, UpdatedAt = end };
        Assert.True(await _todos.TryAddAsync(again, Samples.Noon.AddYears(-3), default)); // may leave at once
        Assert.Equal(again, await _todos.FindAsync(todo.Key, end, default));
        await new SqlPurge(engine.Database).RunAsync(Samples.Noon.AddYears(-2), default);
        Assert.Null(await _todos.FindAsync(todo.Key, end, default));
    }

    private Task<bool> AddAsync(Todo todo) => _todos.TryAddAsync(todo, Samples.Noon.AddYears(1), default);

    private async Task<IEnumerable<long>> OpenAsync(string userId, long before) =>
        (await _todos.OpenAsync(_tenant, userId, Samples.Noon, before, take: 2, default)).Select(todo => todo.Id);

    private Todo New(string taskId, string userId) => new()
    {
        Key = new(_tenant, taskId, userId),
        Id = 1,
        AppId = 7,
        Text = new()
        {
            Title = "审批",
            Description = "Sign it",
            AppName = "Desk",
            DetailsUrl = "https://app.example/1",
            DesktopUrl = "https://app.example/desk/1",
            BusinessCode = "B1",
            Applicant = new("bob", new("鲍勃", "Bob"), "0017", IsShown: false),
        },
        UserName = new("艾达", "Ada"),
        CreatedAt = Samples.Noon,
        UpdatedAt = Samples.Noon,
    };
}
