using System.Text.RegularExpressions;

namespace Yaopai.Tests.Docs;

/// <summary>A page of Markdown in the tree.</summary>
internal sealed partial class Document(string path)
{
    private const string Fence = "```";

    private readonly string[] _lines = File.ReadAllLines(Path.Combine(Repository.Root, path));

    public string Text => string.Join('\n', _lines);

    /// <summary>All pages that people read: those at the root, and those under <c>docs</c>, <c>bench</c> and <c>samples</c>.</summary>
    public static IEnumerable<string> All =>
        from file in Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "bench", "README.md"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.md", SearchOption.AllDirectories))
        let name = Path.GetRelativePath(Repository.Root, file)
        orderby name
        select name;

    /// <summary>What stands between fences, with the line it begins at.</summary>
    public IEnumerable<(string Language, int Line, string[] Lines)> Blocks()
    {
        for (var i = 0; i < _lines.Length; i++)
        {
            if (!_lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;

            var end = Array.FindIndex(_lines, i + 1, line => line == Fence);
            Assert.True(end > 0, $"{path}:{i + 1}: the block has no end.");
            yield return (_lines[i][Fence.Length..], i + 2, _lines[(i + 1)..end]);
            i = end;
        }
    }

    /// <summary>What the page points at inside the tree, without the part after <c>#</c>.</summary>
    public IEnumerable<string> Links() =>
        from Match link in Link.Matches(Text)
        let target = link.Groups[1].Value.Split('#')[0]
        where target is not "" && !target.Contains("://", StringComparison.Ordinal)
        select target;

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link { get; }
}
