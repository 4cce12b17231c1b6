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

    public IEnumerable<(int Level, string Text)> Headings() =>
        from line in OutsideBlocks()
        let heading = Heading.Match(line)
        where heading.Success
        select (heading.Groups[1].Length, heading.Groups[2].Value);

    /// <summary>The rows of each table.</summary>
    public IEnumerable<IReadOnlyList<string>> Tables()
    {
        var table = new List<string>();
        foreach (var line in OutsideBlocks().Append(""))
        {
            if (line.StartsWith('|'))
            {
                table.Add(line);
            }
            else if (table.Count > 0)
            {
                yield return table;
                table = [];
            }
        }
    }

    /// <summary>What the page points at, to the letter.</summary>
    public IEnumerable<string> Targets() => from Match link in Link.Matches(Text) select link.Groups[1].Value;

    /// <summary>What the page points at inside the tree, without the part after <c>#</c>.</summary>
    public IEnumerable<string> Links() =>
        from link in Targets()
        let target = link.Split('#')[0]
        where target is not "" && !target.Contains("://", StringComparison.Ordinal)
        select target;

    /// <summary>Where a link of a page leads, seen from the root.</summary>
    public static string Resolve(string page, string link) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link)));

    private IEnumerable<string> OutsideBlocks()
    {
        var inside = false;
        foreach (var line in _lines)
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
                inside = !inside;
            else if (!inside)
                yield return line;
        }
    }

    [GeneratedRegex("^(#+) (.+)$")]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link { get; }
}
