using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Stores;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteBrokenWritesTests : BrokenWritesContract<OnSqlite>
{
    private protected override string Break =>
        """
        CREATE TRIGGER broken BEFORE UPDATE ON data_usage WHEN NEW.objects <> OLD.objects OR NEW.bytes <> OLD.bytes
        BEGIN SELECT RAISE(ABORT, 'broken'); END
        """;

    private protected override string Mend => "DROP TRIGGER broken";
}

public sealed class PostgresBrokenWritesTests : BrokenWritesContract<OnPostgres>
{
    private protected override string Break =>
        """
        CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
        CREATE TRIGGER broken BEFORE UPDATE ON data_usage FOR EACH ROW WHEN (NEW.* IS DISTINCT FROM OLD.*) EXECUTE FUNCTION broken()
        """;

    private protected override string Mend => "DROP TRIGGER broken ON data_usage; DROP FUNCTION broken";
}

/// <summary>The database fails at the last statement of a write: nothing of it stays.</summary>
public abstract class BrokenWritesContract<TEngine> : IAsyncLifetime where TEngine : Engine, new()
{
    private readonly TEngine _engine = new();
    private readonly Dictionary<string, Func<Task>> _writes = [];
    private AppData _data = null!;
    private long _note;
    private long _card;
    private long _person;

    private protected abstract string Break { get; }

    private protected abstract string Mend { get; }

    public async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        var data = _data = await new AppData(_engine.Database).WithTypeAsync("note");
        await data.WithTypeAsync("card");
        await data.WithAssociationAsync("near", AssociationKind.Symmetric);
        await data.WithAssociationAsync("owns", AssociationKind.Asymmetric, "owned_by", "note", "card");
        _note = await data.NewObjectAsync("note", ("title", DataValue.Of("one")), ("count", DataValue.Of(1)));
        _card = await data.NewObjectAsync("card", ("title", DataValue.Of("two")));
        await data.AssociateAsync("near", _note, _card, "data");
        await data.AssociateAsync("owns", _note, _card, "more");
        await data.Hash.SetAsync(data.App, "note", "key", "count", DataValue.Of(5), default);
        await data.Hash.SetAsync(data.App, "note", "key", "title", DataValue.Of("text"), default);
        _person = await data.NewPersonAsync();
        await data.Preferences.SetAsync(data.App, _person, 0, "on", default);
        AddWrites(data.App);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Nothing_of_a_write_that_breaks_off_stays_and_all_of_it_can_be_done_again()
    {
        var before = await ContentsAsync();
        await _engine.ExecuteAsync(Break);

        foreach (var (name, write) in _writes)
        {
            var exception = await Assert.ThrowsAsync<StorageException>(write);
            Assert.True(exception.Failure is StorageFailure.Failed, name);
            Assert.Equal(before, await ContentsAsync());
        }

        await _engine.ExecuteAsync(Mend);
        await _data.Types.DropAsync(_data.App, "note", default);
        Assert.NotEqual(before, await ContentsAsync());
        Assert.Equal(await _data.RecountAsync(), await _data.UsageAsync());
    }

    [Theory]
    [InlineData("data_link")]
    [InlineData("data_value")]
    [InlineData("data_hash")]
    [InlineData("data_object")]
    [InlineData("data_property")]
    public async Task A_type_whose_removal_breaks_off_is_still_there_with_all_it_holds(string table)
    {
        var before = await ContentsAsync();
        await _engine.ExecuteAsync($"ALTER TABLE {table} RENAME TO away");

        await Assert.ThrowsAsync<StorageException>(() => _data.Types.DropAsync(_data.App, "note", default));

        await _engine.ExecuteAsync($"ALTER TABLE away RENAME TO {table}");
        Assert.Equal(before, await ContentsAsync());
        Assert.Equal(await _data.RecountAsync(), await _data.UsageAsync());
    }

    [Fact]
    public async Task Storage_that_the_sandbox_breaks_is_told_by_every_service()
    {
        await using var database = _engine.Open(seam: new Broken());
        var broken = new AppData(database, app: _data.App);
        var before = await ContentsAsync();
        Func<Task>[] uses =
        [
            () => broken.Preferences.SetAsync(broken.App, _person, 1, "x", default),
            () => broken.Types.ListAsync(broken.App, default),
            () => broken.Objects.DeleteAsync(broken.App, _note, default),
            () => broken.Hash.IncrementAsync(broken.App, "note", "key", "count", 1, default),
            () => broken.Definitions.UndefineAsync(broken.App, "near", default),
            () => broken.AssociateAsync("near", _note, _card),
        ];

        foreach (var use in uses)
            Assert.Equal(StorageFailure.Failed, (await Assert.ThrowsAsync<StorageException>(use)).Failure);
        Assert.Equal(before, await ContentsAsync());
    }

    [Fact]
    public async Task A_wipe_leaves_nothing()
    {
        await new SqlWipe(_engine.Database).WipeAsync(default);

        Assert.Equal(new(0, 0), await _data.RecountAsync());
        Assert.Equal(new(0, 0), await _data.UsageAsync());
        Assert.Empty((await _data.Types.ListAsync(_data.App, default)).Value!);
        Assert.Empty((await _data.Definitions.ListAsync(_data.App, default)).Value!);
    }

    private void AddWrites(long app)
    {
        var texts = AppData.Map(("title", DataValue.Of("longer")), ("body", DataValue.Of("b")));
        _writes.Add("preference", () => _data.Preferences.SetManyAsync(
            app, _person, new Dictionary<int, string> { [1] = "a", [2] = "b" }, replace: true, default));
        _writes.Add("delete person", () => _data.DeletePersonAsync(_person));
        _writes.Add("drop type", () => _data.Types.DropAsync(app, "note", default));
        _writes.Add("undefine property", () => _data.Types.UndefinePropertyAsync(app, "note", "title", default));
        _writes.Add("create object", () => _data.Objects.CreateAsync(app, "note", texts, default));
        _writes.Add("merge object", () => _data.Objects.UpdateAsync(app, _note, texts, replace: false, default));
        _writes.Add("replace object", () => _data.Objects.UpdateAsync(app, _note, texts, replace: true, default));
        _writes.Add("set property", () => _data.Objects.SetPropertyAsync(app, _note, "body", DataValue.Of("b"), default));
        _writes.Add("delete object", () => _data.Objects.DeleteAsync(app, _note, default));
        _writes.Add("delete objects", () => _data.Objects.DeleteManyAsync(app, [_note, _card], default));
        _writes.Add("set hash values", () => _data.Hash.SetManyAsync(app, "note", "key", texts, default));
        _writes.Add("first increment", () => _data.Hash.IncrementAsync(app, "note", "new", "count", 1, default));
        _writes.Add("remove keys", () => _data.Hash.RemoveManyAsync(app, "note", ["key"], default));
        _writes.Add("undefine association", () => _data.Definitions.UndefineAsync(app, "owns", default));
        _writes.Add("set association", () => _data.AssociateAsync("near", _card, _note, "other data"));
        _writes.Add("remove associations", () => _data.Associations.RemoveManyAsync(
            app, [new("near", _note, _card), new("owns", _note, _card)], default));
        _writes.Add("remove all", () => _data.Associations.RemoveAllAsync(app, "near", _note, default));
    }

    private Task<string> ContentsAsync() => _engine.Database.ReadAsync(
        async session =>
        {
            string[] tables =
            [
                "data_usage", "data_preference", "data_type", "data_property", "data_object", "data_value", "data_hash", "data_association",
                "data_link",
            ];
            var lines = new List<string>();
            foreach (var table in tables)
            {
                foreach (var row in await session.ListAsync<dynamic>("SELECT * FROM " + table))
                    lines.Add(table + string.Concat(((IDictionary<string, object?>)row).Select(column => $" {column.Key}={column.Value}")));
            }

            return string.Join('\n', lines.Order(StringComparer.Ordinal));
        }, default);

    private sealed class Broken : IStorageSeam
    {
        public StorageFault? Current => StorageFault.Error;
    }
}
