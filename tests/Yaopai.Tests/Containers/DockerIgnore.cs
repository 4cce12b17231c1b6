using System.Text.RegularExpressions;

namespace Yaopai.Tests.Containers;

/// <summary>.dockerignore: what of the tree reaches the builder. Of the patterns that match, the last counts.</summary>
internal static class DockerIgnore
{
    private static readonly (bool Allows, Regex Pattern)[] s_patterns =
    [
        .. from line in File.ReadLines(Path.Combine(Repository.Root, ".dockerignore"))
           where line is not "" && !line.StartsWith('#')
           select (line.StartsWith('!'), ToRegex(line.TrimStart('!'))),
    ];

    /// <param name="path">Seen from the root, with slashes.</param>
    public static bool Allows(string path) => s_patterns.Last(rule => rule.Pattern.IsMatch(path)).Allows; // the first is for everything

    /// <summary>A pattern holds for what it names, and for all below.</summary>
    private static Regex ToRegex(string pattern)
    {
        var escaped = Regex.Escape(pattern)
            .Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        return new($"^{escaped}(/.*)?$");
    }
}
