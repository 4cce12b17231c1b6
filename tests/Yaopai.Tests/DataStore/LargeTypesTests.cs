using Yaopai.Server.DataStore;
using Yaopai.Server.Stores;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteLargeTypesTests(OnSqlite engine) : LargeTypesContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresLargeTypesTests(OnPostgres engine) : LargeTypesContract(engine), IClassFixture<OnPostgres>;

/// <summary>A type of many objects is gone at once, and what it held is removed piece by piece.</summary>
public abstract class LargeTypesContract(Engine engine)
{
    private const int Many = 450;

    [Fact]
    public async Task From_the_moment_it_is_dropped_nobody_sees_anything_of_it()
    {
        var (data, gone, card) = await PrepareAsync();

        Assert.Equal(DataOutcome.Done, await data.Types.DropAsync(data.App, "note", default));

        var app = data.App;
        Assert.Equal(DataOutcome.NotFound, (await data.Types.GetAsync(app, "note", default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await data.Objects.GetAsync(app, gone, null, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, await data.Objects.SetPropertyAsync(app, gone, "title", DataValue.Of("x"), default));
        Assert.Equal(DataOutcome.NotFound, await data.Objects.DeleteAsync(app, gone, default));
        Assert.Equal(DataOutcome.InvalidOperation, (await data.Hash.GetAsync(app, "note", "key", null, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await data.Definitions.GetAsync(app, "owns", default)).Outcome);
        Assert.Equal([], await data.AssociatedAsync("near", card));
        Assert.Equal(0, (await data.Associations.CountAsync(app, "near", card, default)).Value);
        Assert.Equal(DataOutcome.NotFound, (await data.Associations.BetweenAsync(app, card, gone, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, await data.Associations.RemoveAsync(app, new("near", card, gone), default));
        Assert.Equal(DataOutcome.InvalidOperation, await data.AssociateAsync("near", card, gone));
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
    }

    [Fact]
    public async Task The_name_is_free_at_once_and_the_room_when_it_is_removed()
    {
        var (data, gone, card) = await PrepareAsync();
        await data.Types.DropAsync(data.App, "note", default);

        await data.WithTypeAsync("note");
        var fresh = await data.NewObjectAsync("note", ("title", DataValue.Of("fresh")));
        await data.AssociateAsync("near", fresh, card);
        Assert.Null((await data.Hash.GetAsync(data.App, "note", "key", null, default)).Value);
        await Task.WhenAll(data.PurgeAsync(), data.PurgeAsync());

        Assert.Equal(new(3, DataValue.Overhead + 5), await data.UsageAsync());
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
        Assert.Equal([fresh], await data.AssociatedAsync("near", card));
        Assert.Equal(DataOutcome.NotFound, (await data.Objects.GetAsync(data.App, gone, null, default)).Outcome);
    }

    [Fact]
    public async Task A_purge_that_breaks_off_goes_on_the_next_time()
    {
        var (data, _, card) = await PrepareAsync();
        await data.Types.DropAsync(data.App, "note", default);
        await engine.ExecuteAsync("ALTER TABLE data_hash RENAME TO away");

        await Assert.ThrowsAsync<StorageException>(data.PurgeAsync);

        await engine.ExecuteAsync("ALTER TABLE away RENAME TO data_hash");
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
        await data.PurgeAsync();
        Assert.Equal(new(1, 0), await data.UsageAsync());
        Assert.Equal([], await data.AssociatedAsync("near", card));
    }

    [Fact]
    public async Task Other_writes_go_on_meanwhile_and_the_count_stays_exact()
    {
        var (data, _, _) = await PrepareAsync();
        await data.Types.DropAsync(data.App, "note", default);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => data.NewObjectAsync("card")).Cast<Task>().Append(data.PurgeAsync()));

        Assert.Equal(new(21, 0), await data.UsageAsync());
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
    }

    /// <summary>Many notes, each with a value and associated with one card; values under keys.</summary>
    private async Task<(AppData Data, long Note, long Card)> PrepareAsync()
    {
        var data = await new AppData(engine.Database).WithTypeAsync("note");
        await data.WithTypeAsync("card");
        await data.WithAssociationAsync("near", AssociationKind.Symmetric);
        await data.WithAssociationAsync("owns", AssociationKind.OneWay, first: "note", second: "card");
        var card = await data.NewObjectAsync("card");
        var note = 0L;
        for (var i = 0; i < Many; i++)
        {
            note = await data.NewObjectAsync("note", ("title", DataValue.Of($"{i}")));
            if (i % 50 == 0)
                await data.AssociateAsync(i == 0 ? "owns" : "near", note, card);
        }

        await data.AssociateAsync("near", note, card);
        await data.Hash.SetAsync(data.App, "note", "key", null, DataValue.Of("v"), default);
        return (data, note, card);
    }
}
