using Yaopai.Server.DataStore;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteObjectTypesTests(OnSqlite engine) : ObjectTypesContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresObjectTypesTests(OnPostgres engine) : ObjectTypesContract(engine), IClassFixture<OnPostgres>;

public abstract class ObjectTypesContract(Engine engine)
{
    private readonly AppData _data = new(engine.Database);

    private ObjectTypes Types => _data.Types;

    private long App => _data.App;

    [Fact]
    public async Task Types_are_listed_by_name_with_their_properties()
    {
        await _data.WithTypeAsync("note");
        await Types.CreateAsync(App, "Empty", default);

        var types = (await Types.ListAsync(App, default)).Value!;

        Assert.Equal(["Empty", "note"], types.Select(type => type.Name));
        Assert.Empty(types[0].Properties);
        Assert.Equal(
            [new("body", PropertyKind.Blob), new("count", PropertyKind.Integer), new("title", PropertyKind.String)], types[1].Properties);
        Assert.Equal(types[1].Properties, (await Types.GetAsync(App, "note", default)).Value!.Properties);
        Assert.Equal(DataOutcome.NotFound, (await Types.GetAsync(App, "Note", default)).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("_a")]
    [InlineData("a-b")]
    [InlineData("名")]
    [InlineData("a\n")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456")]
    public async Task A_name_is_a_letter_and_up_to_31_letters_digits_and_underlines(string name)
    {
        await _data.WithTypeAsync();
        DataOutcome[] outcomes =
        [
            await Types.CreateAsync(App, name, default),
            await Types.RenameAsync(App, name, "other", default),
            await Types.RenameAsync(App, "note", name, default),
            await Types.DropAsync(App, name, default),
            (await Types.GetAsync(App, name, default)).Outcome,
            await Types.DefinePropertyAsync(App, name, "p", PropertyKind.Integer, default),
            await Types.DefinePropertyAsync(App, "note", name, PropertyKind.Integer, default),
            await Types.RenamePropertyAsync(App, "note", name, "p", default),
            await Types.RenamePropertyAsync(App, "note", "title", name, default),
            await Types.UndefinePropertyAsync(App, "note", name, default),
        ];

        Assert.All(outcomes, outcome => Assert.Equal(DataOutcome.InvalidArgument, outcome));
        Assert.Equal(DataOutcome.Done, await Types.CreateAsync(App, "a_0123456789012345678901234567890"[..32], default));
    }

    [Fact]
    public async Task A_kind_is_one_of_three()
    {
        await _data.WithTypeAsync();

        Assert.Equal(DataOutcome.InvalidArgument, await Types.DefinePropertyAsync(App, "note", "p", (PropertyKind)4, default));
        Assert.Equal(DataOutcome.InvalidArgument, await Types.DefinePropertyAsync(App, "note", "p", 0, default));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_told()
    {
        await _data.WithTypeAsync("note");
        await _data.WithTypeAsync("card");

        Assert.Equal(DataOutcome.AlreadyExists, await Types.CreateAsync(App, "note", default));
        Assert.Equal(DataOutcome.AlreadyExists, await Types.RenameAsync(App, "note", "card", default));
        Assert.Equal(DataOutcome.AlreadyExists, await Types.DefinePropertyAsync(App, "note", "title", PropertyKind.Integer, default));
        Assert.Equal(DataOutcome.AlreadyExists, await Types.RenamePropertyAsync(App, "note", "title", "body", default));
    }

    [Fact]
    public async Task What_is_not_there_is_told()
    {
        await _data.WithTypeAsync();

        Assert.Equal(DataOutcome.NotFound, await Types.DropAsync(App, "card", default));
        Assert.Equal(DataOutcome.NotFound, await Types.RenameAsync(App, "card", "other", default));
        Assert.Equal(DataOutcome.InvalidOperation, await Types.DefinePropertyAsync(App, "card", "p", PropertyKind.Integer, default));
        Assert.Equal(DataOutcome.NotFound, await Types.RenamePropertyAsync(App, "card", "p", "q", default));
        Assert.Equal(DataOutcome.NotFound, await Types.UndefinePropertyAsync(App, "card", "p", default));
        Assert.Equal(DataOutcome.InvalidOperation, await Types.RenamePropertyAsync(App, "note", "p", "q", default));
        Assert.Equal(DataOutcome.InvalidOperation, await Types.UndefinePropertyAsync(App, "note", "p", default));
    }

    [Fact]
    public async Task A_rename_keeps_all_data()
    {
        await _data.WithTypeAsync();
        var id = await _data.NewObjectAsync("note", ("title", DataValue.Of("one")));
        await _data.Hash.SetAsync(App, "note", "key", "count", DataValue.Of(5), default);

        Assert.Equal(DataOutcome.Done, await Types.RenameAsync(App, "note", "card", default));
        Assert.Equal(DataOutcome.Done, await Types.RenamePropertyAsync(App, "card", "title", "heading", default));
        Assert.Equal(DataOutcome.Done, await Types.RenamePropertyAsync(App, "card", "count", "number", default));

        var found = (await _data.Objects.GetAsync(App, id, null, default)).Value!;
        Assert.Equal("card", found.Type);
        Assert.Equal(("heading", DataValue.Of("one")), found.Properties.Select(pair => (pair.Key, pair.Value)).Single());
        Assert.Equal(6, (await _data.Hash.IncrementAsync(App, "card", "key", "number", 1, default)).Value);
        Assert.Equal(DataOutcome.InvalidOperation, (await _data.Hash.IncrementAsync(App, "note", "key", "count", 1, default)).Outcome);
        Assert.Equal(DataOutcome.Done, await Types.CreateAsync(App, "note", default));
    }

    [Fact]
    public async Task A_property_that_is_undefined_takes_its_values_with_it()
    {
        await _data.WithTypeAsync();
        var id = await _data.NewObjectAsync("note", ("title", DataValue.Of("one")), ("count", DataValue.Of(1)));
        await _data.Hash.SetAsync(App, "note", "key", "title", DataValue.Of("two"), default);
        await _data.Hash.SetAsync(App, "note", "key", "count", DataValue.Of(2), default);

        Assert.Equal(DataOutcome.Done, await Types.UndefinePropertyAsync(App, "note", "title", default));
        Assert.Equal(await _data.RecountAsync(), await _data.UsageAsync());

        await Types.DefinePropertyAsync(App, "note", "title", PropertyKind.String, default);
        Assert.Equal(["count"], (await _data.Objects.GetAsync(App, id, null, default)).Value!.Properties.Keys);
        Assert.Equal(["count"], (await _data.Hash.GetAllAsync(App, "note", "key", default)).Value!.Keys);
    }

    [Fact]
    public async Task A_type_that_is_dropped_takes_objects_hash_values_and_associations_with_it()
    {
        await _data.WithTypeAsync("note");
        await _data.WithTypeAsync("card");
        await _data.WithAssociationAsync("of_notes", AssociationKind.OneWay, second: "note");
        await _data.WithAssociationAsync("near", AssociationKind.Symmetric);
        var note = await _data.NewObjectAsync("note", ("title", DataValue.Of("one")));
        var card = await _data.NewObjectAsync("card", ("title", DataValue.Of("two")));
        var other = await _data.NewObjectAsync("card");
        await _data.AssociateAsync("of_notes", card, note);
        await _data.AssociateAsync("near", card, note);
        await _data.AssociateAsync("near", card, other, "kept");
        await _data.Hash.SetAsync(App, "note", "key", null, DataValue.Of("gone"), default);
        await _data.Hash.SetAsync(App, "card", "key", null, DataValue.Of("kept"), default);

        Assert.Equal(DataOutcome.Done, await Types.DropAsync(App, "note", default));

        Assert.Equal(DataOutcome.NotFound, (await _data.Objects.GetAsync(App, note, null, default)).Outcome);
        Assert.Equal(DataOutcome.NotFound, (await _data.Definitions.GetAsync(App, "of_notes", default)).Outcome);
        Assert.Equal([other], await _data.AssociatedAsync("near", card));
        Assert.Equal("kept", (await _data.Hash.GetAsync(App, "card", "key", null, default)).Value!.Text);
        Assert.Equal(new(4, DataValue.Of("two").Size + "key".Length + DataValue.Of("kept").Size + "kept".Length), await _data.UsageAsync());
        Assert.Equal(await _data.RecountAsync(), await _data.UsageAsync());

        await _data.WithTypeAsync("note");
        Assert.Empty((await _data.Hash.GetAllAsync(App, "note", "key", default)).Value!);
    }

    [Fact]
    public async Task Definitions_have_an_end()
    {
        await Types.CreateAsync(App, "wide", default);
        for (var i = 0; i < DataLimits.PropertiesOfType; i++)
            Assert.Equal(DataOutcome.Done, await Types.DefinePropertyAsync(App, "wide", $"p{i}", PropertyKind.Integer, default));
        for (var i = 1; i < DataLimits.Types; i++)
            Assert.Equal(DataOutcome.Done, await Types.CreateAsync(App, $"t{i}", default));
        for (var i = 0; i < DataLimits.Associations; i++)
            await _data.WithAssociationAsync($"a{i}", AssociationKind.OneWay);

        Assert.Equal(DataOutcome.QuotaExceeded, await Types.DefinePropertyAsync(App, "wide", "more", PropertyKind.Integer, default));
        Assert.Equal(DataOutcome.QuotaExceeded, await Types.CreateAsync(App, "more", default));
        Assert.Equal(
            DataOutcome.QuotaExceeded,
            await _data.Definitions.DefineAsync(App, new("more", AssociationKind.OneWay, new(null, null), new(null, null), null), default));
    }
}
