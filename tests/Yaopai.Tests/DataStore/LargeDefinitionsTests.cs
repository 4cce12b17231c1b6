using Yaopai.Server.DataStore;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteLargeDefinitionsTests(OnSqlite engine) : LargeDefinitionsContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresLargeDefinitionsTests(OnPostgres engine) : LargeDefinitionsContract(engine), IClassFixture<OnPostgres>;

/// <summary>What one app has much of goes in slices, so that no other app's write waits for all of it.</summary>
public abstract class LargeDefinitionsContract(Engine engine)
{
    private const int Many = 4500; // more than two slices

    [Fact]
    public async Task L5_a_property_of_many_values_is_gone_at_once_and_its_values_are_removed_in_slices()
    {
        var data = await new AppData(engine.Database).WithTypeAsync("note");
        var note = await data.NewObjectAsync("note", ("title", DataValue.Of("t")), ("count", DataValue.Of(7)));
        await data.Hash.SetAsync(data.App, "note", "1", null, DataValue.Of("v"), default);
        await InsertAsync(
            data,
            $"""
            INSERT INTO data_object (app_id, id, type_id)
            SELECT {data.App}, i, id FROM n, data_type WHERE app_id = {data.App}
            """, objects: Many, bytes: 0);
        await InsertAsync(
            data,
            $"""
            INSERT INTO data_value (app_id, object_id, property_id, text, size)
            SELECT {data.App}, i, id, 'a', 33 FROM n, data_property WHERE app_id = {data.App} AND name = 'title'
            """, objects: 0, bytes: Many * 33);
        await InsertAsync(
            data,
            $"""
            INSERT INTO data_hash (app_id, type_id, hash_key, property_id, text, size)
            SELECT {data.App}, type_id, CAST(i AS TEXT), id, 'a', 33 + length(CAST(i AS TEXT))
              FROM n, data_property WHERE app_id = {data.App} AND name = 'title'
            """, objects: Many, bytes: Enumerable.Range(1, Many).Sum(i => 33 + $"{i}".Length));
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());

        Assert.Equal(DataOutcome.Done, await data.Types.UndefinePropertyAsync(data.App, "note", "title", default));

        var before = await data.UsageAsync();
        Assert.Equal(await data.RecountAsync(), before);
        Assert.True(before.Objects > Many * 2, "Nothing of it was left for later.");
        var read = (await data.Objects.GetAsync(data.App, note, null, default)).Value!;
        Assert.Equal(["count"], read.Properties.Keys);
        var ofKey = (await data.Hash.GetAllAsync(data.App, "note", "1", default)).Value!;
        Assert.Equal([""], ofKey.Keys);

        // A property of the same name is another, and knows nothing of what was there.
        Assert.Equal(DataOutcome.Done, await data.Types.DefinePropertyAsync(data.App, "note", "title", PropertyKind.String, default));
        Assert.Equal(DataOutcome.Done, await data.Objects.SetPropertyAsync(data.App, note, "title", DataValue.Of("new"), default));

        await data.PurgeAsync();

        Assert.Equal(new(Many + 2, (DataValue.Overhead * 3) + 1 + 1 + 8 + 3), await data.UsageAsync());
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task L5_an_association_of_many_is_gone_at_once_and_what_it_held_is_removed_in_slices(bool isUndefined)
    {
        var data = await new AppData(engine.Database).WithTypeAsync("note");
        await data.WithAssociationAsync("near", AssociationKind.OneWay);
        await data.WithAssociationAsync("far", AssociationKind.OneWay);
        var (first, second) = (await data.NewObjectAsync(), await data.NewObjectAsync());
        await data.AssociateAsync("far", first, second);
        await InsertAsync(
            data,
            $"""
            INSERT INTO data_object (app_id, id, type_id)
            SELECT {data.App}, i, id FROM n, data_type WHERE app_id = {data.App}
            """, objects: Many, bytes: 0);
        await InsertAsync(
            data,
            $"""
            INSERT INTO data_link (app_id, first_id, association_id, second_id, data, time, size)
            SELECT {data.App}, {first}, id, i, 'a', 0, 1 FROM n, data_association WHERE app_id = {data.App} AND name = 'near'
            """, objects: Many, bytes: Many);
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());

        if (isUndefined)
        {
            Assert.Equal(DataOutcome.Done, await data.Definitions.UndefineAsync(data.App, "near", default));
            Assert.True((await data.UsageAsync()).Objects > Many + 3, "Nothing of it was left for later.");
            Assert.Equal(DataOutcome.NotFound, (await data.Associations.CountAsync(data.App, "near", first, default)).Outcome);
            await data.WithAssociationAsync("near", AssociationKind.OneWay);
        }
        else
        {
            Assert.Equal(DataOutcome.Done, await data.Associations.RemoveAllAsync(data.App, "near", first, default));
            Assert.Equal(Many + 3, (await data.UsageAsync()).Objects);
        }

        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
        Assert.Equal([], await data.AssociatedAsync("near", first));
        await data.PurgeAsync();

        Assert.Equal(new(Many + 3, 0), await data.UsageAsync());
        Assert.Equal(await data.RecountAsync(), await data.UsageAsync());
        Assert.Equal([second], await data.AssociatedAsync("far", first));
    }

    /// <summary>For each number up to <see cref="Many"/>.</summary>
    private async Task InsertAsync(AppData data, string insert, int objects, int bytes)
    {
        await engine.ExecuteAsync($"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many}) {insert}");
        await engine.ExecuteAsync(
            $"UPDATE data_usage SET objects = objects + {objects}, bytes = bytes + {bytes} WHERE app_id = {data.App}");
    }
}
