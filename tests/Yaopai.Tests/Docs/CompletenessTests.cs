using System.Text.RegularExpressions;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Docs;

/// <summary>What the server has, the pages name.</summary>
public sealed partial class CompletenessTests(SharedServer fixture)
{
    private static readonly string s_sandbox = new Document("docs/sandbox.md").Text;

    /// <summary>Which files of the surfaces declare a type of a name.</summary>
    private static readonly ILookup<string, string> s_files = (
        from file in Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "src", "Yaopai.Server", "Surfaces"), "*.cs", SearchOption.AllDirectories)
        from Match declared in Declaration.Matches(File.ReadAllText(file))
        select (Type: declared.Groups[1].Value, File: Path.GetFileName(file))).ToLookup(one => one.Type, one => one.File);

    public static TheoryData<string> Faults { get; } =
        [.. Enum.GetValues<FaultKind>().Where(kind => kind is not FaultKind.Error).Select(kind => FaultKinds.Of(kind).Name)];

    [Fact]
    public void Every_operation_served_is_on_the_page_of_its_surface()
    {
        foreach (var surface in fixture.Server.GetAll<ISurface>())
        {
            var lines = new Document(PageOf(surface)).Text.Split('\n');
            Assert.All(
                surface.Operations.Where(operation => !IsOfDataStore(operation)),
                operation => Assert.True(lines.Any(line => Describes(line, operation)), $"No line links to the file of {operation.Name}."));
        }
    }

    [Fact]
    public void Every_operation_served_is_named_as_a_target() =>
        Assert.All(
            fixture.Server.GetAll<ISurface>().SelectMany(surface => surface.Operations),
            operation => Assert.Contains($"`{operation.Target}`", s_sandbox));

    [Theory, MemberData(nameof(Faults))]
    public void Every_fault_is_in_the_table(string fault) => Assert.Contains($"| `{fault}` |", s_sandbox);

    /// <summary>The verdicts are those that the library gave (OAuthStrangersTests runs it).</summary>
    [Fact]
    public void What_a_library_says_of_each_way_of_misbehaving_is_in_the_table()
    {
        var lines = s_sandbox.Split('\n');
        foreach (var row in File.ReadLines(Path.Combine(Repository.Root, "tests", "Strangers", "issuer.tsv")))
        {
            var cells = row.Split('\t');
            var verdicts = cells[1..].Where(cell => cell is not "").Select(cell => cell is "accepted" ? "**accepts**" : cell);
            Assert.Contains(lines, line => line.StartsWith($"| `{cells[0].Split(',')[0]}`", StringComparison.Ordinal)
                && verdicts.All(verdict => line.Contains(verdict, StringComparison.Ordinal)));
        }
    }

    /// <summary>It links to the operation's own file; or to one that several share, and then it has the name of each,
    /// so that no link stands for an operation that the page forgets.</summary>
    private static bool Describes(string line, IOperation operation) =>
        LinksTo(line, $"{operation.Name}.cs")
        || (line.Contains($"`{char.ToLowerInvariant(operation.Name[0])}{operation.Name[1..]}`", StringComparison.Ordinal)
            && s_files[operation.Name].Any(file => LinksTo(line, file)));

    private static bool LinksTo(string line, string file) => line.Contains($"/{file})", StringComparison.Ordinal);

    /// <summary>They share files, and their table is held against them in a test of its own.</summary>
    private static bool IsOfDataStore(IOperation operation) => operation.Name.StartsWith("Data.", StringComparison.Ordinal);

    private static string PageOf(ISurface surface) => surface.Slug switch
    {
        "huawei" => "docs/surfaces/huawei-account.md",
        "open" => "docs/surfaces/open-api.md",
        "identity" => "docs/surfaces/identity.md",
        "welink" => "docs/surfaces/welink.md",
        _ => throw new InvalidOperationException($"Say which page describes {surface.Slug}."),
    };

    [GeneratedRegex(@"^internal (?:sealed )?(?:record|class) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration { get; }
}
