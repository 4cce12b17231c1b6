namespace Yaopai.Tests.Docs;

public sealed class ReadmeTests
{
    private const string English = "README.md";
    private const string Chinese = "README.zh-CN.md";

    [Fact]
    public void Both_languages_show_the_same_commands() => Assert.Equal(Code(English), Code(Chinese));

    [Fact]
    public void Both_languages_link_to_the_same_pages() => Assert.Equal(
        new Document(English).Links().Where(link => link is not Chinese).Select(InChinese),
        new Document(Chinese).Links().Where(link => link is not English));

    [Theory]
    [InlineData(English)]
    [InlineData(Chinese)]
    public void A_readme_is_read_in_one_sitting(string path) => Assert.InRange(new Document(path).Text.Split('\n').Length, 1, 150);

    /// <summary>The page in Chinese, where there is one.</summary>
    private static string InChinese(string link) =>
        link.Replace("docs/", "docs/zh/", StringComparison.Ordinal) is var other && File.Exists(Path.Combine(Repository.Root, other))
            ? other
            : link;

    /// <summary>The blocks without their remarks, which are translated.</summary>
    private static IEnumerable<string> Code(string path) =>
        from block in new Document(path).Blocks()
        select $"{block.Language}\n{string.Join('\n', block.Lines.Select(WithoutRemark))}";

    private static string WithoutRemark(string line) =>
        line.IndexOf("  #", StringComparison.Ordinal) is var at and >= 0 ? line[..at].TrimEnd() : line;
}
