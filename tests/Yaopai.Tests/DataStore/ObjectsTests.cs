using Yaopai.Server.DataStore;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteObjectsTests(OnSqlite engine) : ObjectsContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresObjectsTests(OnPostgres engine) : ObjectsContract(engine), IClassFixture<OnPostgres>;

public abstract class ObjectsContract(Engine engine) : IAsyncLifetime
{
    private readonly AppData _data = new(engine.Database);

    private Objects Objects => _data.Objects;

    private long App => _data.App;

    public async ValueTask InitializeAsync() => await _data.WithTypeAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_object_reads_back_as_given()
    {
        var id = await _data.NewObjectAsync(
            "note", ("count", DataValue.Of(long.MinValue)), ("title", DataValue.Of("")), ("body", DataValue.Of("正文\n'\"")));

        Assert.True(id > 0);
        var found = (await Objects.GetAsync(App, id, null, default)).Value!;
        Assert.Equal(("note", id), (found.Type, found.Id));
        Assert.Equal(
            [("body", "正文\n'\""), ("count", long.MinValue.ToString()), ("title", "")],
            found.Properties.Select(pair => (pair.Key, pair.Value.ToString())).Order());
    }

    [Fact]
    public async Task An_object_may_be_empty_and_of_a_type_without_properties()
    {
        await _data.Types.CreateAsync(App, "bare", default);
        var created = await Objects.CreateAsync(App, "bare", null, default);

        var found = (await Objects.GetAsync(App, created.Value, null, default)).Value!;
        Assert.Equal("bare", found.Type);
        Assert.Empty(found.Properties);
        Assert.Equal(DataOutcome.InvalidOperation, (await Objects.GetAsync(App, created.Value, ["title"], default)).Outcome);
    }

    [Fact]
    public async Task An_update_merges_or_replaces()
    {
        var id = await _data.NewObjectAsync("note", ("count", DataValue.Of(1)), ("title", DataValue.Of("one")));

        Assert.Equal(DataOutcome.Done, await UpdateAsync(id, replace: false, ("title", DataValue.Of("two")), ("body", DataValue.Of("b"))));
        Assert.Equal([("body", "b"), ("count", "1"), ("title", "two")], await PropertiesAsync(id));

        Assert.Equal(DataOutcome.Done, await UpdateAsync(id, replace: false, ("body", null)));
        Assert.Equal([("count", "1"), ("title", "two")], await PropertiesAsync(id));

        Assert.Equal(DataOutcome.Done, await UpdateAsync(id, replace: false));
        Assert.Equal([("count", "1"), ("title", "two")], await PropertiesAsync(id));

        Assert.Equal(DataOutcome.Done, await UpdateAsync(id, replace: true, ("body", DataValue.Of("c"))));
        Assert.Equal([("body", "c")], await PropertiesAsync(id));
        Assert.Equal(await _data.RecountAsync(), await _data.UsageAsync());
    }

    [Fact]
    public async Task One_property_is_read_and_written_alone()
    {
        var id = await _data.NewObjectAsync("note", ("count", DataValue.Of(1)));

        Assert.Equal(DataOutcome.Done, await Objects.SetPropertyAsync(App, id, "title", DataValue.Of("one"), default));

        Assert.Equal(DataAnswer.Done(DataValue.Of("one")), await Objects.GetPropertyAsync(App, id, "title", default));
        Assert.Equal(new DataAnswer<DataValue>(DataOutcome.Done, null), await Objects.GetPropertyAsync(App, id, "body", default));
        Assert.Equal(["title"], (await Objects.GetAsync(App, id, ["title", "body"], default)).Value!.Properties.Keys);
    }

    [Fact]
    public async Task Many_are_read_in_the_order_of_their_ids_each_once_or_not_at_all()
    {
        var first = await _data.NewObjectAsync("note", ("count", DataValue.Of(1)));
        var second = await _data.NewObjectAsync("note", ("count", DataValue.Of(2)));

        var found = (await Objects.GetManyAsync(App, [second, first, second], ["count"], default)).Value!;
        Assert.Equal([2L, 1L], found.Select(one => one.Properties["count"].Number!.Value));

        Assert.Equal(DataOutcome.NotFound, (await Objects.GetManyAsync(App, [first, 1], null, default)).Outcome);
        Assert.Empty((await Objects.GetManyAsync(App, [], null, default)).Value!);
    }

    [Fact]
    public async Task A_text_that_says_a_number_is_one_where_a_number_is_kept()
    {
        var id = await _data.NewObjectAsync("note", ("count", DataValue.Of("-0042")));

        Assert.Equal(-42, (await Objects.GetPropertyAsync(App, id, "count", default)).Value!.Number);
    }

    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        { "count",   "four",                     nameof(DataOutcome.InvalidOperation) },
        { "count",   "9223372036854775808",      nameof(DataOutcome.InvalidOperation) },
        { "count",   "1.5",                      nameof(DataOutcome.InvalidOperation) },
        { "count",   "",                         nameof(DataOutcome.InvalidOperation) },
        { "unknown", "x",                        nameof(DataOutcome.InvalidOperation) },
        { "not-one", "x",                        nameof(DataOutcome.InvalidArgument) },
        { "title",   new('x', 256),              nameof(DataOutcome.InvalidArgument) },
        { "title",   "a\0",                      nameof(DataOutcome.InvalidArgument) },
        { "body",    new('x', (64 * 1024) + 1),  nameof(DataOutcome.InvalidArgument) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task A_value_that_does_not_fit_changes_nothing(string property, string value, string expected)
    {
        var id = await _data.NewObjectAsync("note", ("count", DataValue.Of(1)));
        var usage = await _data.UsageAsync();
        var properties = AppData.Map(("body", DataValue.Of("fine")));
        properties[property] = DataValue.Of(value);

        var outcomes = new[]
        {
            (await Objects.CreateAsync(App, "note", properties, default)).Outcome,
            await Objects.UpdateAsync(App, id, properties, true, default),
            await Objects.SetPropertyAsync(App, id, property, DataValue.Of(value), default),
        };

        Assert.All(outcomes, outcome => Assert.Equal(expected, outcome.ToString()));
        Assert.Equal([("count", "1")], await PropertiesAsync(id));
        Assert.Equal(usage, await _data.UsageAsync());
    }

    [Fact]
    public async Task The_longest_values_fit_and_a_number_is_no_text()
    {
        var id = await _data.NewObjectAsync(
            "note", ("title", DataValue.Of(new string('题', 255))), ("body", DataValue.Of(new string('x', 64 * 1024))));

        Assert.Equal(255, (await Objects.GetPropertyAsync(App, id, "title", default)).Value!.Text!.Length);
        Assert.Equal(DataOutcome.InvalidOperation, await Objects.SetPropertyAsync(App, id, "title", DataValue.Of(5), default));
    }

    [Fact]
    public async Task What_is_not_there_is_told()
    {
        Assert.Equal(DataOutcome.InvalidOperation, (await Objects.CreateAsync(App, "card", null, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, await UpdateAsync(1, replace: true));
        Assert.Equal(DataOutcome.NotFound, await Objects.SetPropertyAsync(App, 1, "title", DataValue.Of(""), default));
        Assert.Equal(DataOutcome.NotFound, (await Objects.GetAsync(App, 1, null, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await Objects.GetPropertyAsync(App, 1, "title", default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, await Objects.DeleteAsync(App, 1, default));
    }

    [Fact]
    public async Task A_deleted_object_is_gone_with_its_associations()
    {
        await _data.WithAssociationAsync("near", AssociationKind.Symmetric);
        var first = await _data.NewObjectAsync("note", ("title", DataValue.Of("one")));
        var second = await _data.NewObjectAsync();
        var third = await _data.NewObjectAsync();
        await _data.AssociateAsync("near", first, second, "data");
        await _data.AssociateAsync("near", second, third);

        Assert.Equal(DataOutcome.Done, await Objects.DeleteAsync(App, first, default));
        Assert.Equal(DataOutcome.NotFound, await Objects.DeleteAsync(App, first, default));
        Assert.Equal([third], await _data.AssociatedAsync("near", second));
        Assert.Equal(new(3, 0), await _data.UsageAsync());

        Assert.Equal(DataOutcome.Done, await Objects.DeleteManyAsync(App, [first, second, third], default));
        Assert.Equal(DataOutcome.Done, await Objects.DeleteManyAsync(App, [], default));
        Assert.Equal(new(0, 0), await _data.UsageAsync());
    }

    [Fact]
    public async Task What_is_more_than_one_answer_holds_has_to_be_asked_for_in_parts()
    {
        var full = DataValue.Of(new string('x', DataText.LargestBlob - DataValue.Overhead));
        var ids = new List<long>();
        for (var i = 0; i < 16; i++)
            ids.Add(await _data.NewObjectAsync("note", ("body", full)));

        Assert.Equal(16, (await Objects.GetManyAsync(App, ids, null, default)).Value!.Count);
        await Objects.SetPropertyAsync(App, ids[0], "title", DataValue.Of(""), default);
        Assert.Equal(DataOutcome.TooMuch, (await Objects.GetManyAsync(App, ids, null, default)).Outcome);
        Assert.Equal(DataOutcome.TooMuch, (await Objects.GetManyAsync(App, ids, ["body", "title"], default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await Objects.GetManyAsync(App, [.. ids, 1], null, default)).Outcome);

        Assert.Equal(full, (await Objects.GetManyAsync(App, ids, ["body"], default)).Value![15].Properties["body"]);
        Assert.Equal("", (await Objects.GetManyAsync(App, ids, ["title", "count"], default)).Value![0].Properties["title"].Text);
        Assert.Equal(full,
            Assert.Single((await Objects.GetManyAsync(App, [.. Enumerable.Repeat(ids[0], 200)], null, default)).Value!).Properties["body"]);
    }

    [Fact]
    public async Task One_call_names_at_most_200_objects()
    {
        long[] many = [.. Enumerable.Range(1, 201).Select(id => (long)id)];

        Assert.Equal(DataOutcome.InvalidArgument, await Objects.DeleteManyAsync(App, many, default));
        Assert.Equal(DataOutcome.InvalidArgument, (await Objects.GetManyAsync(App, many, null, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await Objects.GetManyAsync(App, many[1..], null, default)).Outcome);
    }

    [Fact]
    public async Task An_object_of_another_app_is_not_there()
    {
        var id = await _data.NewObjectAsync("note", ("title", DataValue.Of("mine")));
        var another = await new AppData(engine.Database).WithTypeAsync();

        Assert.Equal(DataOutcome.NotFound, (await another.Objects.GetAsync(another.App, id, null, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound,
            await another.Objects.UpdateAsync(another.App, id, AppData.Map(("title", DataValue.Of("theirs"))), true, default));
        Assert.Equal(DataOutcome.NotFound, await another.Objects.DeleteAsync(another.App, id, default));
        await another.Types.DropAsync(another.App, "note", default);
        Assert.Equal([("title", "mine")], await PropertiesAsync(id));
    }

    private Task<DataOutcome> UpdateAsync(long id, bool replace, params (string Name, DataValue? Value)[] properties) =>
        Objects.UpdateAsync(App, id, AppData.Map(properties), replace, default);

    private async Task<IEnumerable<(string, string)>> PropertiesAsync(long id) =>
        (await Objects.GetAsync(App, id, null, default)).Value!.Properties.Select(pair => (pair.Key, pair.Value.ToString())).Order();
}
