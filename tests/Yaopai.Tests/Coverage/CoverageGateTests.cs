using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Surfaces.WeLink.Contacts.Changes;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Coverage;

/// <summary>Runs after all other tests: collections that do not run in parallel come last.</summary>
[CollectionDefinition(nameof(AfterAllOthers), DisableParallelization = true)]
public sealed class AfterAllOthers;

/// <summary>The gates that hold catalogue, rules and tests together.
/// They speak of a whole run: a part of the tests cannot pass them.</summary>
[Collection(nameof(AfterAllOthers))]
public sealed class CoverageGateTests(SharedServer fixture)
{
    /// <summary>Written once more by <c>YAOPAI_UPDATE_DOCS=1 ./test.sh</c>, and then read before it is committed.</summary>
    private const string UpdateVariable = "YAOPAI_UPDATE_DOCS";

    private static readonly string s_report = Path.Combine(Repository.Root, "docs", "error-coverage.md");

    private static readonly string s_wire = Path.Combine(Repository.Root, "tests", "Yaopai.Tests", "Coverage", "wire.tsv");

    private IReadOnlyList<ISurface> Surfaces => [.. fixture.Server.GetAll<ISurface>()];

    [Fact]
    public void Every_documented_answer_of_every_operation_was_provoked_over_http() =>
        Assert.Equal([], Documented().Where(error => Provoked.CauseOf(error) is null));

    [Fact]
    public void Every_definition_is_used_by_a_rule_or_raised_by_a_named_mechanism()
    {
        var used = Surfaces.SelectMany(surface => surface.Operations)
            .SelectMany(operation => operation.Refusals.Concat(operation.Failures.Errors))
            .Concat(Surfaces.SelectMany(surface => surface.UnroutedErrors))
            .Concat(Enum.GetValues<ItemState>().Select(ItemAnswers.RowOf)) // how far what runs in the background got
            .Select(Wire)
            .ToHashSet();

        Assert.Equal([], Documented().Where(error => error.Name is not "Ok" && !used.Contains(Wire(error))));

        // The page about phone numbers documents the answers of getInfo once more.
        static string Wire(ErrorDefinition error) =>
            $"{error.Surface} {error.Operation.Replace("GetInfoPhone", "GetInfo")} {error.Channel} {error.Number}";
    }

    [Fact]
    public void No_operation_can_answer_with_what_is_not_documented_for_it() =>
        Assert.All(Surfaces.SelectMany(surface => surface.Operations), operation =>
            Assert.Empty(operation.Refusals.Concat(operation.Failures.Errors).Except(operation.Documented)));

    [Fact]
    public void The_report_says_what_this_run_provoked_and_nothing_that_once_was_is_missing()
    {
        var report = CoverageReport.Write();
        if (Environment.GetEnvironmentVariable(UpdateVariable) is "1")
            File.WriteAllText(s_report, report);

        Assert.Equal(report, File.Exists(s_report) ? File.ReadAllText(s_report) : "");
    }

    [Fact]
    public void The_wire_is_what_it_was_when_it_was_recorded()
    {
        var wire = RecordedWire.Write();
        if (Environment.GetEnvironmentVariable(UpdateVariable) is "1")
            File.WriteAllText(s_wire, wire);

        Assert.Equal(File.Exists(s_wire) ? File.ReadAllLines(s_wire) : [], wire.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The rows of everything that is served. Operations of one kind may share rows;
    /// the page about phone numbers documents getInfo once more.</summary>
    private IEnumerable<ErrorDefinition> Documented() => Surfaces
        .SelectMany(surface => surface.Operations)
        .SelectMany(operation => operation.Documented)
        .Concat(HuaweiAccountErrors.GetInfoPhone.All)
        .Distinct();
}
