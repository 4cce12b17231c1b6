using Yaopai.Server.DataStore;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteAssociationsTests(OnSqlite engine) : AssociationsContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresAssociationsTests(OnPostgres engine) : AssociationsContract(engine), IClassFixture<OnPostgres>;

public abstract class AssociationsContract(Engine engine) : IAsyncLifetime
{
    private readonly AppData _data = new(engine.Database);
    private long _person;
    private long _friend;
    private long _thing;

    private Associations Associations => _data.Associations;

    private long App => _data.App;

    public async ValueTask InitializeAsync()
    {
        await _data.WithTypeAsync("person");
        await _data.WithTypeAsync("thing");
        await _data.WithAssociationAsync("likes", AssociationKind.OneWay, first: "person");
        await _data.WithAssociationAsync("near", AssociationKind.Symmetric);
        await _data.WithAssociationAsync("owns", AssociationKind.Asymmetric, "owned_by", "person", "thing");
        await _data.WithAssociationAsync("uses", AssociationKind.Symmetric, null, "person", "thing");
        _person = await _data.NewObjectAsync("person");
        _friend = await _data.NewObjectAsync("person");
        _thing = await _data.NewObjectAsync("thing");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_one_way_association_is_read_from_its_first_object_only()
    {
        Assert.Equal(DataOutcome.Done, await _data.AssociateAsync("likes", _person, _friend));

        Assert.Equal([_friend], await _data.AssociatedAsync("likes", _person));
        Assert.Empty(await _data.AssociatedAsync("likes", _friend));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_symmetric_association_is_one_and_read_from_both_sides(bool turned)
    {
        await (turned ? _data.AssociateAsync("near", _friend, _person, "old") : _data.AssociateAsync("near", _person, _friend, "old"));
        await _data.AssociateAsync("near", _friend, _person, "new");

        Assert.Equal([_friend], await _data.AssociatedAsync("near", _person));
        Assert.Equal([_person], await _data.AssociatedAsync("near", _friend));
        Assert.Equal(new(4, 3), await _data.UsageAsync());
        Assert.Equal(DataOutcome.Done, await Associations.RemoveAsync(App, new("near", _person, _friend), default));
        Assert.Empty(await _data.AssociatedAsync("near", _friend));
    }

    [Fact]
    public async Task An_asymmetric_association_is_read_by_its_inverse_from_the_other_side()
    {
        var other = await _data.NewObjectAsync("thing");
        Assert.Equal(DataOutcome.Done, await _data.AssociateAsync("owns", _person, _thing));
        Assert.Equal(DataOutcome.Done, await _data.AssociateAsync("owned_by", other, _person));

        Assert.Equal(new[] { _thing, other }.Order(), (await _data.AssociatedAsync("owns", _person)).Order());
        Assert.Equal([_person], await _data.AssociatedAsync("owned_by", _thing));
        Assert.Equal([_person], await _data.AssociatedAsync("owned_by", other));
        Assert.Equal(
            DataOutcome.InvalidOperation, (await Associations.GetAsync(App, "owned_by", _person, DataPage.First, default)).Outcome);
        Assert.Equal(DataOutcome.InvalidOperation, (await Associations.GetAsync(App, "owns", _thing, DataPage.First, default)).Outcome);
        Assert.Equal(DataOutcome.Done, await Associations.RemoveAsync(App, new("owned_by", _thing, _person), default));
        Assert.Equal([other], await _data.AssociatedAsync("owns", _person));
    }

    [Fact]
    public async Task Data_and_time_come_back_the_oldest_first_and_the_clock_gives_the_time_that_is_missing()
    {
        await _data.AssociateAsync("near", _person, _friend);
        await _data.AssociateAsync("near", _person, _thing, "数据", Samples.Noon.AddDays(-1));
        Assert.Equal(
            [new(_thing, "数据", Samples.Noon.AddDays(-1)), new(_friend, "", Samples.Noon)],
            (await Associations.GetAsync(App, "near", _person, DataPage.First, default)).Value!);

        await _data.AssociateAsync("near", _thing, _person, "later", Samples.Noon.AddDays(1));
        Assert.Equal(
            [new(_friend, "", Samples.Noon), new(_thing, "later", Samples.Noon.AddDays(1))],
            (await Associations.GetAsync(App, "near", _person, DataPage.First, default)).Value!);
    }

    [Fact]
    public async Task A_page_is_a_part_of_what_is_tied_and_holds_so_many()
    {
        await _data.AssociateAsync("near", _person, _thing, "2", Samples.Noon);
        await _data.AssociateAsync("near", _friend, _person, "1", Samples.Noon.AddDays(-1));

        Assert.Equal([_friend], await PageAsync(0, 1));
        Assert.Equal([_thing], await PageAsync(1, 1));
        Assert.Equal([_friend, _thing], await PageAsync(0, 1000));
        Assert.Empty(await PageAsync(1_000_000, 1000));
        foreach (var (number, size) in ((long, long)[])[(-1, 1), (1_000_001, 1), (0, 0), (0, 1001), (0, -1)])
            Assert.Equal(
                DataOutcome.InvalidArgument, (await Associations.GetAsync(App, "near", _person, new(number, size), default)).Outcome);

        async Task<IEnumerable<long>> PageAsync(long number, long size) =>
            (await Associations.GetAsync(App, "near", _person, new(number, size), default)).Value!.Select(other => other.Id);
    }

    [Fact]
    public async Task Ends_must_be_there_and_of_the_type()
    {
        Assert.Equal(DataOutcome.InvalidOperation, await _data.AssociateAsync("owns", _thing, _person));
        Assert.Equal(DataOutcome.InvalidOperation, await _data.AssociateAsync("owned_by", _person, _thing));
        Assert.Equal(DataOutcome.InvalidOperation, await _data.AssociateAsync("owns", _person, _friend));
        Assert.Equal(DataOutcome.InvalidOperation, await _data.AssociateAsync("uses", _person, _friend));
        Assert.Equal(DataOutcome.Done, await _data.AssociateAsync("uses", _thing, _person));
        Assert.Equal(DataOutcome.Done, await _data.AssociateAsync("uses", _person, _thing));
        Assert.Equal(DataOutcome.InvalidOperation, await _data.AssociateAsync("near", _person, 1));
        Assert.Equal(DataOutcome.InvalidOperation, await _data.AssociateAsync("near", 1, _person));
        Assert.Equal(DataOutcome.InvalidOperation, await _data.AssociateAsync("unknown", _person, _friend));
        Assert.Equal(DataOutcome.InvalidArgument, await _data.AssociateAsync("", _person, _friend));
        Assert.Equal(DataOutcome.InvalidArgument, await _data.AssociateAsync("near", _person, _friend, new('x', 256)));
        Assert.Equal([_person], await _data.AssociatedAsync("uses", _thing));
        Assert.Equal(new(4, 0), await _data.UsageAsync());
    }

    [Fact]
    public async Task An_object_may_be_tied_to_itself()
    {
        foreach (var name in (string[])["likes", "near"])
        {
            Assert.Equal(DataOutcome.Done, await _data.AssociateAsync(name, _person, _person));
            Assert.Equal([_person], await _data.AssociatedAsync(name, _person));
            Assert.Equal(1, (await Associations.CountAsync(App, name, _person, default)).Value);
        }

        Assert.Equal(["likes", "near"], (await Associations.BetweenAsync(App, _person, _person, default)).Value!.Select(one => one.Name));
    }

    [Fact]
    public async Task Many_are_set_and_removed_together_or_not_at_all()
    {
        Assert.Equal(DataOutcome.InvalidOperation, await SetManyAsync(("near", _person, _friend), ("near", _person, 1)));
        Assert.Empty(await _data.AssociatedAsync("near", _person));

        Assert.Equal(
            DataOutcome.Done, await SetManyAsync(("near", _person, _friend), ("owns", _person, _thing), ("near", _friend, _person)));
        Assert.Equal(new(5, 0), await _data.UsageAsync());

        Assert.Equal(DataOutcome.NotFound, await RemoveManyAsync(("near", _person, _friend), ("near", _person, _thing)));
        Assert.Equal(DataOutcome.NotFound, await RemoveManyAsync(("near", _person, _friend), ("unknown", _person, _thing)));
        Assert.Equal([_friend], await _data.AssociatedAsync("near", _person));

        Assert.Equal(DataOutcome.Done, await RemoveManyAsync(("near", _person, _friend), ("owned_by", _thing, _person)));
        Assert.Equal(DataOutcome.Done, await RemoveManyAsync());
        Assert.Equal(DataOutcome.Done, await SetManyAsync());
        Assert.Equal(new(3, 0), await _data.UsageAsync());
        Assert.Equal(DataOutcome.InvalidArgument, await SetManyAsync([.. Enumerable.Repeat(("near", _person, _friend), 201)]));
        Assert.Equal(DataOutcome.InvalidArgument, await RemoveManyAsync([.. Enumerable.Repeat(("near", _person, _friend), 201)]));
    }

    [Fact]
    public async Task All_of_an_object_are_removed_as_they_are_read()
    {
        await SetManyAsync(("near", _person, _friend), ("near", _thing, _person), ("near", _friend, _thing), ("likes", _person, _friend),
            ("likes", _friend, _person));

        Assert.Equal(DataOutcome.Done, await Associations.RemoveAllAsync(App, "near", _person, default));
        Assert.Equal(DataOutcome.Done, await Associations.RemoveAllAsync(App, "likes", _person, default));

        Assert.Empty(await _data.AssociatedAsync("near", _person));
        Assert.Equal([_thing], await _data.AssociatedAsync("near", _friend));
        Assert.Equal([_person], await _data.AssociatedAsync("likes", _friend));
        Assert.Equal(new(5, 0), await _data.UsageAsync());
        Assert.Equal(DataOutcome.InvalidOperation, await Associations.RemoveAllAsync(App, "unknown", _person, default));
        Assert.Equal(DataOutcome.InvalidOperation, await Associations.RemoveAllAsync(App, "near", 1, default));
        Assert.Equal(DataOutcome.InvalidOperation, await Associations.RemoveAllAsync(App, "owns", _thing, default));
    }

    [Fact]
    public async Task Associations_are_counted_for_each_object()
    {
        await SetManyAsync(("near", _person, _friend), ("near", _thing, _person), ("likes", _person, _friend));

        var counts = await Associations.CountManyAsync(App, "near", [_person, _friend, _thing, _person], default);
        Assert.Equal(
            new[] { (_person, 2L), (_friend, 1L), (_thing, 1L) }.Order(), counts.Value!.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal(0, (await Associations.CountAsync(App, "likes", _friend, default)).Value);
    }

    [Fact]
    public async Task What_is_between_two_objects_is_told_as_the_first_sees_it()
    {
        await SetManyAsync(("likes", _person, _thing), ("near", _thing, _person), ("owns", _person, _thing));

        Assert.Equal(
            [("likes", _person, _thing), ("near", _person, _thing), ("owns", _person, _thing)],
            (await Associations.BetweenAsync(App, _person, _thing, default)).Value!.Select(one => (one.Name, one.FirstId, one.SecondId)));
        Assert.Equal(
            [("near", _thing, _person), ("owned_by", _thing, _person)],
            (await Associations.BetweenAsync(App, _thing, _person, default)).Value!.Select(one => (one.Name, one.FirstId, one.SecondId)));
        Assert.Empty((await Associations.BetweenAsync(App, _person, _friend, default)).Value!);
    }

    [Fact]
    public async Task What_is_not_there_is_told()
    {
        Assert.Equal(DataOutcome.NotFound, (await Associations.GetAsync(App, "unknown", _person, DataPage.First, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await Associations.GetAsync(App, "near", 1, DataPage.First, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await Associations.CountAsync(App, "near", 1, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await Associations.CountManyAsync(App, "near", [_person, 1], default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await Associations.BetweenAsync(App, _person, 1, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, await Associations.RemoveAsync(App, new("near", _person, _friend), default));
        Assert.Equal(DataOutcome.InvalidArgument, (await Associations.GetAsync(App, "a b", _person, DataPage.First, default)).Outcome);
    }

    [Fact]
    public async Task Objects_of_another_app_cannot_be_associated()
    {
        var another = await (await new AppData(engine.Database).WithTypeAsync()).WithAssociationAsync("near", AssociationKind.Symmetric);
        var theirs = await another.NewObjectAsync();
        await _data.AssociateAsync("near", _person, _friend);

        Assert.Equal(DataOutcome.InvalidOperation, await _data.AssociateAsync("near", _person, theirs));
        Assert.Equal(
            DataOutcome.NotFound, (await another.Associations.GetAsync(another.App, "near", _person, DataPage.First, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, await another.Associations.RemoveAsync(another.App, new("near", _person, _friend), default));
    }

    private Task<DataOutcome> SetManyAsync(params (string Name, long First, long Second)[] associations) => Associations.SetManyAsync(
        App,
        [.. associations.Select(one => (new AssociationKey(one.Name, one.First, one.Second), (string?)null, (DateTimeOffset?)null))],
        default);

    private Task<DataOutcome> RemoveManyAsync(params (string Name, long First, long Second)[] associations) =>
        Associations.RemoveManyAsync(App, [.. associations.Select(one => new AssociationKey(one.Name, one.First, one.Second))], default);
}
