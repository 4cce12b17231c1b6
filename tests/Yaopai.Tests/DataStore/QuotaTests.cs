using FsCheck;
using FsCheck.Fluent;
using Yaopai.Server.DataStore;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteQuotaTests(OnSqlite engine) : QuotaContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresQuotaTests(OnPostgres engine) : QuotaContract(engine), IClassFixture<OnPostgres>;

public abstract class QuotaContract(Engine engine)
{
    private Task _written = Task.CompletedTask;

    [Fact]
    public async Task Of_many_callers_on_two_nodes_as_many_succeed_as_there_is_room_for()
    {
        var quota = new DataStoreOptions { MaxObjects = 10 };
        await using var other = engine.Open();
        var data = await new AppData(engine.Database, quota).WithTypeAsync();
        var elsewhere = new AppData(other, quota, data.App);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(caller => Task.Run(async () =>
        {
            var node = caller % 2 == 0 ? data : elsewhere;
            return caller % 4 < 2
                ? (await node.Objects.CreateAsync(data.App, "note", null, default)).Outcome
                : (await node.Hash.IncrementAsync(data.App, "note", $"{caller}", null, 1, default)).Outcome;
        })));

        Assert.Equal(10, outcomes.Count(outcome => outcome is DataOutcome.Done));
        Assert.Equal(30, outcomes.Count(outcome => outcome is DataOutcome.QuotaExceeded));
        Assert.Equal(10, (await data.UsageAsync()).Objects);
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
    }

    [Fact]
    public async Task Bytes_end_where_the_quota_says_and_what_shrinks_is_always_taken()
    {
        var data = await new AppData(engine.Database, new() { MaxBytes = 10 + (2 * DataValue.Overhead) }).WithTypeAsync();
        var id = await data.NewObjectAsync("note", ("title", DataValue.Of("三三")), ("body", DataValue.Of("1234")));

        Assert.Equal(DataOutcome.QuotaExceeded, await data.Objects.SetPropertyAsync(data.App, id, "body", DataValue.Of("12345"), default));
        Assert.Equal("1234", (await data.Objects.GetPropertyAsync(data.App, id, "body", default)).Value!.Text);

        var tightened = new AppData(engine.Database, new() { MaxBytes = 1, MaxObjects = 0 }, data.App);
        Assert.Equal(DataOutcome.Done, await tightened.Objects.SetPropertyAsync(data.App, id, "body", DataValue.Of("123"), default));
        Assert.Equal(
            DataOutcome.QuotaExceeded, await tightened.Objects.SetPropertyAsync(data.App, id, "body", DataValue.Of("1234"), default));
        Assert.Equal(DataOutcome.Done, await tightened.Objects.DeleteAsync(data.App, id, default));
        Assert.Equal(new(0, 0), await data.UsageAsync());
    }

    [Fact]
    public async Task An_empty_value_counts_too_and_one_from_before_it_did_gives_back_what_it_took()
    {
        var data = await new AppData(engine.Database, new() { MaxBytes = 70 }).WithTypeAsync();
        var id = await data.NewObjectAsync("note", ("title", DataValue.Of("")), ("body", DataValue.Of("")));
        Assert.Equal(new(1, 64), await data.UsageAsync());
        Assert.Equal(DataOutcome.QuotaExceeded,
            (await data.Objects.CreateAsync(data.App, "note", AppData.Map(("title", DataValue.Of(""))), default)).Outcome);
        Assert.Equal(DataOutcome.QuotaExceeded, await data.Hash.SetAsync(data.App, "note", "k", null, DataValue.Of(""), default));

        await engine.ExecuteAsync($"UPDATE data_value SET size = 0 WHERE app_id = {data.App}");
        await engine.ExecuteAsync($"UPDATE data_usage SET bytes = 0 WHERE app_id = {data.App}");
        await data.Objects.SetPropertyAsync(data.App, id, "body", DataValue.Of("b"), default);
        Assert.Equal(new(1, 33), await data.UsageAsync());
        await data.Objects.DeleteAsync(data.App, id, default);

        Assert.Equal(new(0, 0), await data.UsageAsync());
    }

    [Fact]
    public async Task Each_thing_that_is_stored_counts_and_what_is_refused_is_not_there()
    {
        var data = await new AppData(engine.Database, new() { MaxObjects = 3 }).WithTypeAsync();
        await data.WithAssociationAsync("near", AssociationKind.Symmetric);
        await data.WithAssociationAsync("likes", AssociationKind.OneWay);
        var (one, two) = (await data.NewObjectAsync(), await data.NewObjectAsync());
        Assert.Equal(DataOutcome.Done, await data.AssociateAsync("near", one, two));

        Assert.Equal(DataOutcome.QuotaExceeded, (await data.Objects.CreateAsync(data.App, "note", null, default)).Outcome);
        Assert.Equal(DataOutcome.QuotaExceeded, await data.AssociateAsync("likes", one, two));
        Assert.Equal(DataOutcome.QuotaExceeded, await data.Hash.SetAsync(data.App, "note", "key", null, DataValue.Of(1), default));
        Assert.Equal(DataOutcome.QuotaExceeded, (await data.Hash.IncrementAsync(data.App, "note", "key", null, 1, default)).Outcome);
        Assert.Equal(DataOutcome.QuotaExceeded, await data.Preferences.SetAsync(data.App, await data.NewPersonAsync(), 0, "on", default));

        Assert.Equal(DataOutcome.Done, await data.AssociateAsync("near", two, one, "again"));
        Assert.Empty(await data.AssociatedAsync("likes", one));
        Assert.Null((await data.Hash.GetAsync(data.App, "note", "key", null, default)).Value);
        Assert.Null((await data.Preferences.GetAsync(data.App, 1, 0, default)).Value);
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
    }

    [Fact]
    public async Task One_apps_data_takes_nothing_from_another()
    {
        var full = await new AppData(engine.Database, new() { MaxObjects = 1 }).WithTypeAsync();
        var free = await new AppData(engine.Database, new() { MaxObjects = 1 }).WithTypeAsync();
        await full.NewObjectAsync();

        await free.NewObjectAsync();

        Assert.Equal(DataOutcome.QuotaExceeded, (await full.Objects.CreateAsync(full.App, "note", null, default)).Outcome);
    }

    [Fact]
    public async Task An_app_that_waits_for_its_own_writes_leaves_the_connections_to_others()
    {
        await using var node = engine.Open(options => options.PoolSize = 2);
        var busy = await new AppData(node).WithTypeAsync();
        await using (await engine.BlockDataOfAsync(busy.App))
        {
            var waiting = Enumerable.Range(0, 20).Select(_ => busy.Objects.CreateAsync(busy.App, "note", null, default)).ToArray();

            Assert.Empty((await busy.Types.ListAsync(Samples.NewId(), default)).Value!);

            Assert.All(waiting, write => Assert.False(write.IsCompleted));
            _written = Task.WhenAll(waiting);
        }

        await _written;
        Assert.Equal(20, (await busy.UsageAsync()).Objects);
    }

    [Fact]
    public void After_any_work_the_usage_is_what_is_there()
    {
        var steps = Gen.Choose(0, 1023).ArrayOf(30);

        Prop.ForAll(Arb.From(steps), numbers => RunAsync(numbers).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(20261121, 7));
    }

    private async Task<bool> RunAsync(int[] steps)
    {
        var data = await new AppData(engine.Database, new() { MaxObjects = 12, MaxBytes = 500 }).WithTypeAsync();
        await data.WithTypeAsync("card");
        await data.WithAssociationAsync("near", AssociationKind.Symmetric);
        await data.WithAssociationAsync("owns", AssociationKind.Asymmetric, "owned_by", "note");
        List<long> ids = [1];
        long[] people = [await data.NewPersonAsync(), await data.NewPersonAsync()];

        foreach (var step in steps)
            await TakeStepAsync(data, ids, people, step);

        var usage = await data.UsageAsync();
        return usage == await data.RecountAsync() && usage is { Objects: <= 12, Bytes: <= 500 };
    }

    private static async Task TakeStepAsync(AppData data, List<long> ids, long[] people, int step)
    {
        var (what, which) = (step % 16, step / 16);
        var type = which % 3 == 0 ? "card" : "note";
        var text = DataValue.Of(new string('值', which % 9));
        var (one, two) = (ids[which % ids.Count], ids[which / 3 % ids.Count]);
        switch (what)
        {
            case < 4:
                ids.Add((await data.Objects.CreateAsync(
                    data.App, type, AppData.Map(("title", text), ("count", DataValue.Of(which))), default)).Value);
                break;
            case < 6:
                await data.Objects.UpdateAsync(
                    data.App, one, AppData.Map(("body", text), ("count", which % 2 == 0 ? null : DataValue.Of(1))), what == 4, default);
                break;
            case 6:
                await data.Objects.DeleteManyAsync(data.App, [one, two], default);
                break;
            case 7:
                await data.Hash.SetManyAsync(data.App, type, $"k{which % 4}",
                    AppData.Map(("", which % 2 == 0 ? text : DataValue.Of(which)), ("title", text)), default);
                break;
            case < 10:
                await data.Hash.IncrementAsync(data.App, type, $"k{which % 4}", which % 2 == 0 ? null : "count", which - 32, default);
                break;
            case 10:
                await data.Hash.RemoveManyAsync(data.App, type, [$"k{which % 4}", "k1"], default);
                break;
            case < 13:
                await data.AssociateAsync(which % 3 == 0 ? "near" : which % 3 == 1 ? "owns" : "owned_by", one, two, text.Text);
                break;
            case 13:
                await data.Associations.RemoveAllAsync(data.App, which % 2 == 0 ? "near" : "owns", one, default);
                break;
            case 14:
                await data.Preferences.SetManyAsync(
                    data.App, people[which % 2], new Dictionary<int, string> { [which] = text.Text!, [1] = "x" },
                    replace: which % 5 == 0, default);
                break;
            default:
                await (which % 4 == 0
                    ? data.Types.DropAsync(data.App, type, default)
                    : data.Types.UndefinePropertyAsync(data.App, type, "title", default));
                break;
        }
    }
}
