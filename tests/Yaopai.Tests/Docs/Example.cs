using System.Text.RegularExpressions;

namespace Yaopai.Tests.Docs;

/// <summary>One command of a page, and what the page says that it prints.</summary>
/// <param name="Place">The page and the line.</param>
/// <param name="Expected">Of each line of output that is shown, the parts between its ellipses.</param>
internal sealed partial record Example(string Place, string Command, IReadOnlyList<string[]> Expected)
{
    private const string Arrow = "# → ";

    /// <summary>The commands in the <c>sh</c> blocks of a page. One ends where a line ends without <c>\</c> or <c>|</c>.</summary>
    public static IReadOnlyList<Example> Of(string path)
    {
        var examples = new List<Example>();
        foreach (var (_, first, lines) in new Document(path).Blocks().Where(block => block.Language is "sh"))
        {
            var command = "";
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].StartsWith(Arrow, StringComparison.Ordinal))
                {
                    var parts = Plain(lines[i][Arrow.Length..])
                        .Split('…', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                    Assert.True(parts.Length > 0, $"{path}:{first + i} says nothing of the output.");
                    examples[^1] = examples[^1] with { Expected = [.. examples[^1].Expected, parts] };
                }
                else if (command is not "" || !(lines[i] is "" || lines[i].StartsWith('#')))
                {
                    command += lines[i] + "\n";
                    if (lines[i].EndsWith('\\') || lines[i].EndsWith('|'))
                        continue;

                    examples.Add(new Example($"{path}:{first + i}", command, []));
                    command = "";
                }
            }

            Assert.True(command is "", $"{path}:{first}: the last command of the block has no end.");
        }

        return examples;
    }

    /// <summary>The first expected line that the output lacks; null when all are there, in their order.</summary>
    public string? MissingIn(string output)
    {
        var lines = output.Split('\n').Select(Plain).ToList();
        var from = 0;
        foreach (var parts in Expected)
        {
            var found = lines.FindIndex(from, line => Holds(line, parts));
            if (found < 0)
                return string.Join('…', parts);

            from = found + 1;
        }

        return null;
    }

    private static bool Holds(string line, string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = line.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
                return false;

            at = found + part.Length;
        }

        return true;
    }

    /// <summary>Columns are as wide as their widest entry, which varies.</summary>
    private static string Plain(string line) => Space.Replace(line, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space { get; }
}
