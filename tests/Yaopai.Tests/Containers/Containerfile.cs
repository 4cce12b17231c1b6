using System.Text.Json;
using System.Text.RegularExpressions;

namespace Yaopai.Tests.Containers;

/// <summary>One line of the file, continued lines joined: <c>COPY</c>, and what follows.</summary>
internal sealed record Instruction(string Name, string Text)
{
    public string[] Words => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The Containerfile at the root, as far as a test without a container engine can follow it.</summary>
internal static partial class Containerfile
{
    private static readonly Instruction[] s_all = [.. Read()];

    /// <summary>From the first FROM to the second.</summary>
    public static IReadOnlyList<Instruction> Build { get; } = [.. s_all.Skip(1).TakeWhile(line => line.Name != "FROM")];

    /// <summary>What follows: the image that is kept.</summary>
    public static IReadOnlyList<Instruction> Image { get; } = [.. s_all.Skip(Build.Count + 2)];

    public static IReadOnlyDictionary<string, string> Environment { get; } = (
        from line in Image
        where line.Name is "ENV"
        from pair in line.Words
        select pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>Program and arguments that say whether the server is ready.</summary>
    public static IReadOnlyList<string> HealthCheck { get; } =
        JsonSerializer.Deserialize<string[]>(Command.Match(Image.Single(line => line.Name is "HEALTHCHECK").Text).Groups[1].Value)!;

    /// <summary>What a COPY from outside copies, and where to.</summary>
    public static IEnumerable<(string[] Sources, string Target)> Copies(this IEnumerable<Instruction> lines) =>
        from line in lines
        where line.Name is "COPY" && !line.Text.StartsWith("--from", StringComparison.Ordinal)
        select (line.Words[..^1], line.Words[^1]);

    private static IEnumerable<Instruction> Read()
    {
        var text = string.Join('\n', File.ReadLines(Path.Combine(Repository.Root, "Containerfile"))
            .Where(line => line is not "" && !line.StartsWith('#')));
        return from line in Continued.Replace(text, " ").Split('\n')
               let end = line.IndexOf(' ', StringComparison.Ordinal)
               select new Instruction(line[..end], line[(end + 1)..].Trim());
    }

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continued { get; }

    [GeneratedRegex(@"CMD (\[.+\])\z")]
    private static partial Regex Command { get; }
}
