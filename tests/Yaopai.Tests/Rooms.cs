using System.Text.RegularExpressions;

namespace Yaopai.Tests;

/// <param name="Path">From the server's folder, with slashes: <c>Apps/App.cs</c>.</param>
internal sealed record SourceFile(string Room, string Path, string Text);

/// <summary>The server's source by rooms: a room is a first folder, with all folders below it.</summary>
internal static partial class Rooms
{
    /// <summary>What files beside the rooms belong to; it is named after the class that puts them together.</summary>
    public const string Root = "YaopaiServer";

    public static string Server { get; } = Path.Combine(Repository.Root, "src", "Yaopai.Server");

    public static IReadOnlyList<string> All { get; } =
        [.. Directory.GetDirectories(Server).Select(folder => Path.GetFileName(folder)!).Where(name => name is not "Properties")];

    public static IReadOnlyList<SourceFile> Everything { get; } =
    [
        .. from pattern in new[] { "*.cs", "*.razor" }
           from path in Directory.GetFiles(Server, pattern, SearchOption.AllDirectories)
           let relative = Path.GetRelativePath(Server, path).Replace('\\', '/')
           select new SourceFile(relative.Contains('/') ? relative[..relative.IndexOf('/')] : Root, relative, File.ReadAllText(path)),
    ];

    private static readonly ILookup<string, SourceFile> s_files = Everything.ToLookup(file => file.Room);

    private static readonly ILookup<string, string> s_types =
        (from file in Everything from Match type in Declaration.Matches(file.Text) select (file.Room, Name: type.Groups[1].Value))
            .ToLookup(type => type.Room, type => type.Name);

    private static readonly Regex s_relative = new($@"(?<![\w.])({string.Join('|', All)})(?:\.[A-Z]\w*)*?\.([A-Z]\w*)");

    public static IEnumerable<SourceFile> FilesOf(string room) => s_files[room];

    /// <summary>The rooms that a file names: by their namespace, or as C# finds a namespace from beside it (<c>Keys.KeyRing</c>).</summary>
    public static IEnumerable<string> NamedIn(SourceFile file)
    {
        var text = Namespace.Replace(file.Text, "");
        return
        [
            .. Absolute.Matches(text).Select(match => match.Groups[1].Value)
                .Concat(s_relative.Matches(text)
                    .Where(match => s_types[match.Groups[1].Value].Contains(match.Groups[2].Value))
                    .Select(match => match.Groups[1].Value))
                .Concat(Assembler.IsMatch(text) ? [Root] : [])
                .Distinct(),
        ];
    }

    [GeneratedRegex(@"^@?namespace .*$", RegexOptions.Multiline)]
    private static partial Regex Namespace { get; }

    [GeneratedRegex(@"\bYaopai\.Server\.(\w+)")]
    private static partial Regex Absolute { get; }

    [GeneratedRegex(@"\bYaopaiServer\.")]
    private static partial Regex Assembler { get; }

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) (\w+)")]
    private static partial Regex Declaration { get; }
}
