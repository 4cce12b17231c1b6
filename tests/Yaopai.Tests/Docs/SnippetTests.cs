namespace Yaopai.Tests.Docs;

/// <summary>Code that a page shows stands in a file that is run.</summary>
public sealed class SnippetTests
{
    /// <summary>The languages of code blocks, and the files that may hold them.</summary>
    private static readonly Dictionary<string, string> s_files = new()
    {
        ["csharp"] = "*.cs",
        ["js"] = "*.mjs",
        ["python"] = "*.py",
        ["java"] = "*.java",
    };

    [Fact]
    public void Code_on_the_page_about_tests_is_that_of_the_samples()
    {
        var blocks = new Document("docs/testing.md").Blocks().Where(block => s_files.ContainsKey(block.Language)).ToList();

        Assert.Equal(s_files.Keys.Order(), blocks.Select(block => block.Language).Distinct().Order());
        Assert.All(blocks, block => Assert.True(
            Directory.GetFiles(Path.Combine(Repository.Root, "samples", "SignIn"), s_files[block.Language], SearchOption.AllDirectories)
                .Any(file => Normal(File.ReadLines(file)).Contains(Normal(block.Lines), StringComparison.Ordinal)),
            $"docs/testing.md:{block.Line}: no sample has these lines."));
    }

    /// <summary>A block may stand further to the left than in its file.</summary>
    private static string Normal(IEnumerable<string> lines) =>
        $"\n{string.Join('\n', lines.Select(line => line.Trim()))}\n";
}
