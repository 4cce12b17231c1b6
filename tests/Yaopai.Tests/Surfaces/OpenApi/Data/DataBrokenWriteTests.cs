using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

public sealed class SqliteDataBrokenWriteTests : DataBrokenWriteContract<OnSqlite>
{
    private protected override string BreakThird(string table) =>
        $"CREATE TRIGGER broken BEFORE INSERT ON {table} WHEN (SELECT count(*) FROM {table}) = 2 BEGIN SELECT RAISE(ABORT, 'broken'); END";

    private protected override string Mend(string table) => "DROP TRIGGER broken";
}

public sealed class PostgresDataBrokenWriteTests : DataBrokenWriteContract<OnPostgres>
{
    private protected override string BreakThird(string table) =>
        $"""
        CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF (SELECT count(*) FROM {table}) = 2 THEN RAISE EXCEPTION 'broken'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER broken BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION broken()
        """;

    private protected override string Mend(string table) => $"DROP TRIGGER broken ON {table}; DROP FUNCTION broken";
}

/// <summary>Storage fails in the middle of a call that writes several rows: none of them stays, and the same call then succeeds.</summary>
public abstract class DataBrokenWriteContract<TEngine> : IAsyncLifetime where TEngine : Engine, new()
{
    private readonly TEngine _engine = new();

    private protected abstract string BreakThird(string table);

    private protected abstract string Mend(string table);

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Preferences_are_set_all_or_none()
    {
        await using var server = await TestServer.StartAsync(_engine);
        var demo = new DataCaller(server);
        (string, string?)[] three = [("values", """{"1":"a","2":"b","3":"c"}""")];

        await ShouldBreakAsync(demo, "data_preference", "setUserPreferences", "mainland", three);
        Assert.Equal("{}", (await demo.DoAsync("getUserPreferences", [], "mainland")).GetRawText());

        await demo.DoAsync("setUserPreferences", three, "mainland");
    }

    [Fact]
    public async Task Associations_are_set_all_or_none()
    {
        await using var server = await TestServer.StartAsync(_engine);
        var demo = new DataCaller(server);
        var (note, card) = await demo.PrepareAsync();
        string Item(string first, string second) => $$"""{"obj_id1":{{first}},"obj_id2":{{second}}}""";
        (string, string?)[] three = [("name", "likes"), ("assocs", $"[{Item(note, card)},{Item(card, note)},{Item(note, note)}]")];

        await ShouldBreakAsync(demo, "data_link", "setAssociations", null, three);
        Assert.Equal("0", await demo.ResultAsync("getAssociatedObjectCount", ("name", "likes"), ("obj_id", note)));

        await demo.DoAsync("setAssociations", three);
        Assert.Equal("2", await demo.ResultAsync("getAssociatedObjectCount", ("name", "likes"), ("obj_id", note)));
    }

    [Fact]
    public async Task An_object_is_stored_with_all_its_properties_or_not_at_all()
    {
        await using var server = await TestServer.StartAsync(_engine);
        var demo = new DataCaller(server);
        var (note, _) = await demo.PrepareAsync(); // has two values, title and count
        (string, string?)[] three = [("obj_id", note), ("properties", """{"title":"new","count":2,"body":"b"}""")];

        await ShouldBreakAsync(demo, "data_value", "updateObject", null, three);
        Assert.Equal("one", await demo.ResultAsync("getObjectProperty", ("obj_id", note), ("prop_name", "title")));

        await demo.DoAsync("updateObject", three);
        Assert.Equal("b", await demo.ResultAsync("getObjectProperty", ("obj_id", note), ("prop_name", "body")));
    }

    private async Task ShouldBreakAsync(DataCaller demo, string table, string method, string? user, (string, string?)[] arguments)
    {
        await demo.TokensAsync(user);
        await _engine.ExecuteAsync(BreakThird(table));
        var response = await demo.CallAsync(method, user, arguments);
        await _engine.ExecuteAsync(Mend(table));
        await response.ShouldBeAsync(E.DatabaseFailed);
    }
}
