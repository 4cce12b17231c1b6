using Yaopai.Server.DataStore;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteIncrementTests(OnSqlite engine) : IncrementContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresIncrementTests(OnPostgres engine) : IncrementContract(engine), IClassFixture<OnPostgres>;

public abstract class IncrementContract(Engine engine)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_hundred_at_once_add_up_and_each_is_told_another_number(bool isThere)
    {
        var data = await new AppData(engine.Database).WithTypeAsync();
        if (isThere)
            await data.Hash.SetAsync(data.App, "note", "key", "count", DataValue.Of(0), default);

        var after = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => IncrementAsync(data, "key", 1)));

        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), after.Order());
        Assert.Equal(new(1, 3 + DataValue.Overhead + 8), await data.UsageAsync());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_hundred_at_once_on_two_nodes_add_up_and_each_is_told_another_number(bool isThere)
    {
        await using var other = engine.Open();
        var data = await new AppData(engine.Database).WithTypeAsync();
        var elsewhere = new AppData(other, app: data.App);
        if (isThere)
            await data.Hash.SetAsync(data.App, "note", "key", "count", DataValue.Of(0), default);

        var after = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            caller => Task.Run(() => IncrementAsync(caller % 2 == 0 ? data : elsewhere, "key", 1))));

        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), after.Order());
        Assert.Equal(new(1, 3 + DataValue.Overhead + 8), await data.UsageAsync());
    }

    [Fact]
    public async Task Many_numbers_at_once_on_two_nodes_do_not_disturb_each_other()
    {
        await using var other = engine.Open();
        var data = await new AppData(engine.Database).WithTypeAsync();
        var elsewhere = new AppData(other, app: data.App);
        string[] keys = ["e", "d", "c", "b", "a"];
        foreach (var key in keys)
            await IncrementAsync(data, key, 1000);

        var after = await Task.WhenAll(Enumerable.Range(0, 400).Select(async caller =>
        {
            var key = keys[caller % keys.Length];
            return (key, await Task.Run(() => IncrementAsync(caller % 2 == 0 ? data : elsewhere, key, -1)));
        }));

        foreach (var key in keys)
            Assert.Equal(Enumerable.Range(920, 80).Select(number => (key, (long)number)), after.Where(one => one.key == key).Order());
    }

    [Fact]
    public async Task One_that_would_overflow_spoils_no_other()
    {
        var data = await new AppData(engine.Database).WithTypeAsync();
        await IncrementAsync(data, "full", long.MaxValue);
        await IncrementAsync(data, "free", 1);

        var full = Enumerable.Range(0, 20).Select(_ => data.Hash.IncrementAsync(data.App, "note", "full", "count", 1, default)).ToArray();
        var free = Enumerable.Range(0, 20).Select(_ => data.Hash.IncrementAsync(data.App, "note", "free", "count", 1, default)).ToArray();

        Assert.All(await Task.WhenAll(full), answer => Assert.Equal(DataOutcome.InvalidOperation, answer.Outcome));
        Assert.Equal(
            Enumerable.Range(2, 20).Select(number => (long)number), (await Task.WhenAll(free)).Select(answer => answer.Value).Order());
    }

    [Fact]
    public async Task Increments_while_the_key_is_set_and_removed_leave_an_exact_count()
    {
        var data = await new AppData(engine.Database).WithTypeAsync();
        var work = Enumerable.Range(0, 120).Select(turn => Task.Run(async () => (turn % 6) switch
        {
            0 => await data.Hash.RemoveAsync(data.App, "note", "key", default),
            1 => await data.Hash.SetAsync(data.App, "note", "key", "count", DataValue.Of(turn), default),
            _ => (await data.Hash.IncrementAsync(data.App, "note", "key", "count", 1, default)).Outcome,
        }));

        Assert.All(await Task.WhenAll(work), outcome => Assert.Equal(DataOutcome.Done, outcome));
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
    }

    private static async Task<long> IncrementAsync(AppData data, string key, long by)
    {
        var answer = await data.Hash.IncrementAsync(data.App, "note", key, "count", by, default);
        Assert.Equal(DataOutcome.Done, answer.Outcome);
        return answer.Value;
    }
}
