using Yaopai.Server.DataStore;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqliteAssociationDefinitionsTests(OnSqlite engine) : AssociationDefinitionsContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresAssociationDefinitionsTests(OnPostgres engine)
    : AssociationDefinitionsContract(engine), IClassFixture<OnPostgres>;

public abstract class AssociationDefinitionsContract(Engine engine) : IAsyncLifetime
{
    private static readonly AssociationDefinition s_owns =
        new("owns", AssociationKind.Asymmetric, new("owner", "person"), new("thing", null), "owned_by");

    private static readonly AssociationDefinition s_near = new(
        "near", AssociationKind.Symmetric, new(null, null), new(null, "person"), null);

    private readonly AppData _data = new(engine.Database);

    private AssociationDefinitions Definitions => _data.Definitions;

    private long App => _data.App;

    public async ValueTask InitializeAsync() => await _data.WithTypeAsync("person");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_definition_reads_back_by_its_name_and_turned_around_by_its_inverse()
    {
        Assert.Equal(DataOutcome.Done, await Definitions.DefineAsync(App, s_owns, default));
        Assert.Equal(DataOutcome.Done, await Definitions.DefineAsync(App, s_near, default));

        Assert.Equal(s_owns, (await Definitions.GetAsync(App, "owns", default)).Value);
        Assert.Equal(s_owns with { Name = "owned_by", Inverse = "owns", First = s_owns.Second, Second = s_owns.First },
            (await Definitions.GetAsync(App, "owned_by", default)).Value);
        Assert.Equal([s_near, s_owns], (await Definitions.ListAsync(App, default)).Value!);
        Assert.Equal(DataOutcome.NotFound, (await Definitions.GetAsync(App, "other", default)).Outcome);
    }

    public static TheoryData<string> Unsound { get; } =
        ["name", "inverse missing", "inverse too many", "inverse malformed", "inverse the same", "kind", "alias", "type"];

    [Theory, MemberData(nameof(Unsound))]
    public async Task A_definition_that_makes_no_sense_is_refused(string mistake)
    {
        var definition = mistake switch
        {
            "name" => s_owns with { Name = "" },
            "inverse missing" => s_owns with { Inverse = null },
            "inverse too many" => s_near with { Inverse = "other" },
            "inverse malformed" => s_owns with { Inverse = "a b" },
            "inverse the same" => s_owns with { Inverse = "owns" },
            "kind" => s_near with { Kind = (AssociationKind)4 },
            "alias" => s_owns with { First = new("a b", null) },
            _ => s_owns with { Second = new(null, "a b") },
        };

        Assert.Equal(DataOutcome.InvalidArgument, await Definitions.DefineAsync(App, definition, default));
        Assert.Empty((await Definitions.ListAsync(App, default)).Value!);
    }

    [Fact]
    public async Task Names_and_inverses_are_taken_once_and_types_must_be_there()
    {
        await Definitions.DefineAsync(App, s_owns, default);

        Assert.Equal(DataOutcome.AlreadyExists, await Definitions.DefineAsync(App, s_owns with { Inverse = "other" }, default));
        Assert.Equal(DataOutcome.AlreadyExists, await Definitions.DefineAsync(App, s_owns with { Name = "other" }, default));
        Assert.Equal(
            DataOutcome.AlreadyExists, await Definitions.DefineAsync(App, s_owns with { Name = "owned_by", Inverse = "other" }, default));
        Assert.Equal(DataOutcome.AlreadyExists, await Definitions.DefineAsync(App, s_near with { Name = "owned_by" }, default));
        Assert.Equal(DataOutcome.AlreadyExists, await Definitions.RenameAsync(App, "owns", new("owned_by", null, null), default));
        Assert.Equal(DataOutcome.InvalidOperation, await Definitions.DefineAsync(App, s_near with { First = new(null, "card") }, default));
        Assert.Equal(DataOutcome.InvalidOperation, await Definitions.DefineAsync(App, s_near with { Second = new(null, "card") }, default));
    }

    [Fact]
    public async Task A_rename_keeps_ties_and_by_the_inverse_renames_the_inverse()
    {
        await Definitions.DefineAsync(App, s_owns, default);
        var (one, two) = (await _data.NewObjectAsync("person"), await _data.NewObjectAsync("person"));
        await _data.AssociateAsync("owns", one, two);

        Assert.Equal(DataOutcome.Done, await Definitions.RenameAsync(App, "owns", new("has", null, null), default));
        Assert.Equal(DataOutcome.Done, await Definitions.RenameAsync(App, "owned_by", new("had_by", "object", null), default));

        Assert.Equal(s_owns with { Name = "has", Inverse = "had_by", Second = new("object", null) },
            (await Definitions.GetAsync(App, "has", default)).Value);
        Assert.Equal([two], await _data.AssociatedAsync("has", one));
        Assert.Equal([one], await _data.AssociatedAsync("had_by", two));
        Assert.Equal(DataOutcome.NotFound, await Definitions.RenameAsync(App, "owns", new("again", null, null), default));
        Assert.Equal(DataOutcome.InvalidArgument, await Definitions.RenameAsync(App, "has", new(null, "a b", null), default));
    }

    [Fact]
    public async Task An_undefined_association_takes_its_ties_with_it()
    {
        await Definitions.DefineAsync(App, s_owns, default);
        var one = await _data.NewObjectAsync("person");
        await _data.AssociateAsync("owns", one, one, "data");

        Assert.Equal(DataOutcome.Done, await Definitions.UndefineAsync(App, "owned_by", default));
        Assert.Equal(DataOutcome.NotFound, await Definitions.UndefineAsync(App, "owns", default));
        Assert.Equal(DataOutcome.InvalidArgument, await Definitions.UndefineAsync(App, "", default));

        Assert.Equal(new(1, 0), await _data.UsageAsync());
        await Definitions.DefineAsync(App, s_owns, default);
        Assert.Empty(await _data.AssociatedAsync("owns", one));
    }
}
