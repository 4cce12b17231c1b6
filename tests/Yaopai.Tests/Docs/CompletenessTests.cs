using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Docs;

/// <summary>What the server has, the pages name.</summary>
public sealed class CompletenessTests(SharedServer fixture)
{
    private static readonly string s_sandbox = new Document("docs/sandbox.md").Text;

    public static TheoryData<string> Faults { get; } =
        [.. Enum.GetValues<FaultKind>().Where(kind => kind is not FaultKind.Error).Select(FaultReader.NameOf)];

    [Fact]
    public void Every_operation_served_is_on_the_page_of_its_surface()
    {
        foreach (var surface in fixture.Server.GetAll<ISurface>())
        {
            var page = new Document(PageOf(surface)).Links().Select(Path.GetFileName).ToHashSet();
            Assert.All(surface.Operations.Where(operation => !IsOfDataStore(operation)), operation => Assert.Contains(
                $"{operation.Name}.cs", page));
        }
    }

    [Fact]
    public void Every_operation_served_is_named_as_a_target() =>
        Assert.All(
            fixture.Server.GetAll<ISurface>().SelectMany(surface => surface.Operations),
            operation => Assert.Contains($"`{operation.Target}`", s_sandbox));

    [Theory, MemberData(nameof(Faults))]
    public void Every_fault_is_in_the_table(string fault) => Assert.Contains($"| `{fault}` |", s_sandbox);

    /// <summary>They share files, and their table is held against them in a test of its own.</summary>
    private static bool IsOfDataStore(IOperation operation) => operation.Name.StartsWith("Data.", StringComparison.Ordinal);

    private static string PageOf(ISurface surface) => surface.Slug switch
    {
        "huawei" => "docs/surfaces/huawei-account.md",
        "open" => "docs/surfaces/open-api.md",
        "identity" => "docs/surfaces/identity.md",
        _ => throw new InvalidOperationException($"Say which page describes {surface.Slug}."),
    };
}
