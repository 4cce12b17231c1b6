using Yaopai.Server.DataStore;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteHashValuesTests(OnSqlite engine) : HashValuesContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresHashValuesTests(OnPostgres engine) : HashValuesContract(engine), IClassFixture<OnPostgres>;

public abstract class HashValuesContract(Engine engine) : IAsyncLifetime
{
    private readonly AppData _data = new(engine.Database);

    private HashValues Hash => _data.Hash;

    private long App => _data.App;

    public async ValueTask InitializeAsync() => await _data.WithTypeAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Values_are_kept_for_a_key_and_each_property_of_its_type()
    {
        Assert.Equal(DataOutcome.Done, await SetAsync("键 one", null, DataValue.Of("own")));
        Assert.Equal(DataOutcome.Done, await SetAsync("键 one", "count", DataValue.Of("7")));
        Assert.Equal(DataOutcome.Done, await SetAsync("键 one", "title", DataValue.Of("first")));
        Assert.Equal(DataOutcome.Done, await SetAsync("键 one", "title", DataValue.Of("second")));

        Assert.Equal("own", (await GetAsync("键 one", null)).Value!.Text);
        Assert.Equal(7, (await GetAsync("键 one", "count")).Value!.Number);
        Assert.Equal(
            [("", "own"), ("count", "7"), ("title", "second")],
            (await Hash.GetAllAsync(App, "note", "键 one", default)).Value!.Select(pair => (pair.Key, pair.Value.ToString())).Order());
        Assert.Equal(new DataAnswer<DataValue>(DataOutcome.Done, null), await GetAsync("键 one", "body"));
        Assert.Empty((await Hash.GetAllAsync(App, "note", "two", default)).Value!);
        Assert.Equal(await _data.RecountAsync(), await _data.UsageAsync());
    }

    [Fact]
    public async Task Many_are_set_together_and_null_removes_one()
    {
        await Hash.SetManyAsync(App, "note", "key", AppData.Map(("", DataValue.Of(1)), ("title", DataValue.Of("one"))), default);

        Assert.Equal(
            DataOutcome.Done, await Hash.SetManyAsync(App, "note", "key", AppData.Map(("", null), ("body", DataValue.Of("b"))), default));
        Assert.Equal(
            DataOutcome.InvalidOperation,
            await Hash.SetManyAsync(
                App, "note", "key", AppData.Map(("title", DataValue.Of("no")), ("count", DataValue.Of("no"))), default));

        Assert.Equal(
            [("body", "b"), ("title", "one")],
            (await Hash.GetAllAsync(App, "note", "key", default)).Value!.Select(pair => (pair.Key, pair.Value.ToString())).Order());
    }

    [Theory, InlineData(null), InlineData("count")]
    public async Task An_increment_begins_at_zero_and_goes_both_ways(string? property)
    {
        Assert.Equal(5, (await IncrementAsync("key", property, 5)).Value);
        Assert.Equal(-2, (await IncrementAsync("key", property, -7)).Value);
        Assert.Equal(-2, (await IncrementAsync("key", property, 0)).Value);
        Assert.Equal(-2, (await GetAsync("key", property)).Value!.Number);
        Assert.Equal(new(1, 3 + DataValue.Overhead + 8), await _data.UsageAsync());
    }

    [Fact]
    public async Task What_was_set_as_a_text_that_says_a_number_can_be_incremented()
    {
        await SetAsync("key", null, DataValue.Of("41"));
        Assert.Equal(42, (await IncrementAsync("key", null, 1)).Value);

        await SetAsync("key", null, DataValue.Of("041"));
        Assert.Equal("041", (await GetAsync("key", null)).Value!.Text);
        Assert.Equal(DataOutcome.InvalidOperation, (await IncrementAsync("key", null, 1)).Outcome);
    }

    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, -1)]
    [InlineData(1, long.MaxValue)]
    [InlineData(-1, long.MinValue)]
    public async Task An_increment_past_64_bits_is_refused_and_changes_nothing(long number, long by)
    {
        await SetAsync("key", "count", DataValue.Of(number));

        Assert.Equal(DataOutcome.InvalidOperation, (await IncrementAsync("key", "count", by)).Outcome);

        Assert.Equal(number, (await GetAsync("key", "count")).Value!.Number);
        Assert.Equal(number, (await IncrementAsync("key", "count", 0)).Value);
    }

    [Theory]
    [InlineData(long.MaxValue - 1, 1, long.MaxValue)]
    [InlineData(long.MinValue + 1, -1, long.MinValue)]
    [InlineData(-1, long.MaxValue, long.MaxValue - 1)]
    [InlineData(0, long.MinValue, long.MinValue)]
    public async Task An_increment_up_to_64_bits_is_taken(long number, long by, long after)
    {
        await SetAsync("key", "count", DataValue.Of(number));

        Assert.Equal(after, (await IncrementAsync("key", "count", by)).Value);
    }

    [Fact]
    public async Task What_is_no_number_is_not_incremented()
    {
        await SetAsync("key", "title", DataValue.Of("7"));

        Assert.Equal(DataOutcome.InvalidOperation, (await IncrementAsync("key", "title", 1)).Outcome);
        Assert.Equal(DataOutcome.InvalidOperation, (await IncrementAsync("new", "body", 1)).Outcome);
        Assert.Equal("7", (await GetAsync("key", "title")).Value!.Text);
    }

    [Fact]
    public async Task What_is_not_defined_is_told()
    {
        Assert.Equal(DataOutcome.InvalidOperation, (await Hash.GetAsync(App, "card", "key", null, default)).Outcome);
        Assert.Equal(DataOutcome.InvalidOperation, (await Hash.GetAllAsync(App, "card", "key", default)).Outcome);
        Assert.Equal(DataOutcome.InvalidOperation, await Hash.SetAsync(App, "card", "key", null, DataValue.Of(1), default));
        Assert.Equal(DataOutcome.InvalidOperation, (await Hash.IncrementAsync(App, "card", "key", null, 1, default)).Outcome);
        Assert.Equal(DataOutcome.InvalidOperation, await Hash.RemoveAsync(App, "card", "key", default));
        Assert.Equal(DataOutcome.InvalidOperation, (await GetAsync("key", "unknown")).Outcome);
        Assert.Equal(DataOutcome.InvalidOperation, await SetAsync("key", "unknown", DataValue.Of(1)));
        Assert.Equal(DataOutcome.InvalidOperation, (await IncrementAsync("key", "unknown", 1)).Outcome);
    }

    [Theory]
    [InlineData("", "count")]
    [InlineData("a\0", "count")]
    [InlineData("256", "count")]
    [InlineData("key", "")]
    [InlineData("key", "9")]
    public async Task Keys_and_properties_have_a_form(string key, string property)
    {
        key = key is "256" ? new('k', 256) : key;

        Assert.Equal(DataOutcome.InvalidArgument, (await GetAsync(key, property)).Outcome);
        Assert.Equal(DataOutcome.InvalidArgument, (await IncrementAsync(key, property, 1)).Outcome);
        if (property is not "")
            Assert.Equal(DataOutcome.InvalidArgument, await SetAsync(key, property, DataValue.Of(1)));
        if (key is not "key")
            Assert.Equal(DataOutcome.InvalidArgument, await Hash.RemoveAsync(App, "note", key, default));
        Assert.Equal(new(0, 0), await _data.UsageAsync());
    }

    [Fact]
    public async Task Removed_keys_lose_all_their_values()
    {
        foreach (var key in (string[])["a", "b", "c"])
        {
            await SetAsync(key, null, DataValue.Of(1));
            await SetAsync(key, "title", DataValue.Of("t"));
        }

        Assert.Equal(DataOutcome.Done, await Hash.RemoveAsync(App, "note", "a", default));
        Assert.Equal(DataOutcome.Done, await Hash.RemoveManyAsync(App, "note", ["a", "b", "unknown"], default));
        Assert.Equal(DataOutcome.Done, await Hash.RemoveManyAsync(App, "note", [], default));

        Assert.Null((await GetAsync("a", "title")).Value);
        Assert.Null((await GetAsync("b", null)).Value);
        Assert.NotNull((await GetAsync("c", null)).Value);
        Assert.Equal(await _data.RecountAsync(), await _data.UsageAsync());
    }

    [Fact]
    public async Task Apps_and_types_do_not_share_keys()
    {
        var another = await new AppData(engine.Database).WithTypeAsync();
        await _data.WithTypeAsync("card");
        await IncrementAsync("key", "count", 1);
        await another.Hash.IncrementAsync(another.App, "note", "key", "count", 10, default);
        await _data.Hash.IncrementAsync(App, "card", "key", "count", 100, default);

        Assert.Equal(2, (await IncrementAsync("key", "count", 1)).Value);
        Assert.Equal(11, (await another.Hash.IncrementAsync(another.App, "note", "key", "count", 1, default)).Value);
        Assert.Equal(101, (await _data.Hash.IncrementAsync(App, "card", "key", "count", 1, default)).Value);
    }

    private Task<DataOutcome> SetAsync(string key, string? property, DataValue? value) =>
        Hash.SetAsync(App, "note", key, property, value, default);

    private Task<DataAnswer<DataValue>> GetAsync(string key, string? property) => Hash.GetAsync(App, "note", key, property, default);

    private Task<DataAnswer<long>> IncrementAsync(string key, string? property, long by) =>
        Hash.IncrementAsync(App, "note", key, property, by, default);
}
