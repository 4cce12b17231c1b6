using System.Text.RegularExpressions;
using Yaopai.Errors;

namespace Yaopai.Server.Gateway.Recipes;

/// <summary>
/// A surface's file of recipes. <c>let name = text</c> names what many lines say, where the text may go on in indented lines;
/// <c>let Token.name = text</c> does so for one operation, and <c>call</c> is the least request that reaches it. A row is a line of
/// errors (<c>Token.CodeUsed</c>, or <c>*.ServerError</c> for every operation that has it) and, indented below, <c>zh</c> and <c>en</c>
/// with the cause, and <c>$</c> with each line of what earns them, where something does: else the two say why nothing does.
/// <c>!</c> has another request than <c>call</c> to force it on.
/// </summary>
internal sealed partial class RecipeFile
{
    private const int DeepestName = 8;

    private readonly string _file;
    private readonly IReadOnlyList<ErrorDefinition> _errors;
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, Row> _rows = [];

    private RecipeFile(string file, IReadOnlyList<ErrorDefinition> errors, IEnumerable<string> lines)
    {
        (_file, _errors) = (file, errors);
        Row? row = null;
        string? let = null;
        foreach (var (index, line) in lines.Index())
        {
            if (line is "" or ['#', ..])
                continue;

            if (Let.Match(line) is { Success: true } begun)
            {
                (let, row) = (begun.Groups[1].Value, null);
                Add(_texts, let, begun.Groups[2].Value, index);
            }
            else if (line is not [' ', ..])
            {
                (let, row) = (null, new Row());
                foreach (var name in line.Split(' '))
                    Add(_rows, name, row, index);
            }
            else if (let is not null)
                _texts[let] = Lines(_texts[let], line.Trim());
            else if (row is null || !row.TryRead(line.Trim()))
                throw Malformed(index, "neither a name, nor zh, en, $ or ! of one");
        }

        if (_texts.FirstOrDefault(text => text.Value is "").Key is { } empty)
            throw new FormatException($"{file}: {empty} is let be nothing.");
    }

    /// <summary>Null for a surface that nobody calls over HTTP.</summary>
    public static RecipeFile? Of(ErrorSurface surface)
    {
        var name = $"Recipes/{surface.Name}Recipes.txt";
        using var stream = typeof(RecipeFile).Assembly.GetManifestResourceStream(name);
        if (stream is null)
            return null;

        using var reader = new StreamReader(stream);
        return new RecipeFile(name, surface.Errors, reader.ReadToEnd().Split('\n'));
    }

    /// <summary>Every row belongs to an error, or to several: one that belongs to none is a misspelled one.</summary>
    public IEnumerable<string> NamesWithoutError => _rows.Keys.Where(name =>
        !_errors.Any(error => name == $"{error.Operation}.{error.Name}" || name == $"*.{error.Name}"));

    /// <summary>Every name is said by some line; <c>call</c> is by those that force an error.</summary>
    public IEnumerable<string> NamesNeverSaid
    {
        get
        {
            var said = _texts.Values.Concat(_rows.Values.SelectMany(row => new[] { row.Real, row.Forced }).OfType<string>())
                .SelectMany(text => Name.Matches(text).Select(name => name.Groups[1].Value)).Append("call").ToHashSet();
            return _texts.Keys.Where(name => !said.Contains(name[(name.IndexOf('.') + 1)..]));
        }
    }

    public Recipe? Find(ErrorDefinition error)
    {
        var row = _rows.GetValueOrDefault($"{error.Operation}.{error.Name}") ?? _rows.GetValueOrDefault($"*.{error.Name}");
        if (row is null)
            return null;

        var call = row.Forced ?? (Text(error, "call") is null ? null : "{call}");
        return new Recipe(
            error, row.Zh, row.En, row.Real is null ? null : Whole(error, row.Real),
            call is null || error.Name is "Ok" ? null : Whole(error, $"curl -si {call} -H 'Yaopai-Error: {NumberOf(error)}'"));
    }

    /// <summary>As the header takes it: with the channel where that tells it from another of the same code.</summary>
    private string NumberOf(ErrorDefinition error) => _errors.Any(other =>
        other.Operation == error.Operation && other.Code == error.Code && other.Channel != error.Channel && error.Parent is "")
        || error.Channel is "http" ? $"{error.Channel}/{error.Code}" : error.Number;

    private string? Text(ErrorDefinition error, string name) =>
        _texts.GetValueOrDefault($"{error.Operation}.{name}") ?? _texts.GetValueOrDefault(name);

    private string Whole(ErrorDefinition error, string line)
    {
        for (var depth = 0; depth < DeepestName; depth++)
        {
            var filled = Name.Replace(line, name => name.Value is Recipe.Base ? name.Value : Text(error, name.Groups[1].Value)
                ?? throw new FormatException($"{_file}: {error.Operation}.{error.Name} names {name.Value}, which is nothing."));
            if (filled == line)
                return line;

            line = filled;
        }

        throw new FormatException($"{_file}: {error.Operation}.{error.Name} names what names itself: {line}");
    }

    private static string Lines(string? before, string line) => string.IsNullOrEmpty(before) ? line : $"{before}\n{line}";

    private void Add<T>(Dictionary<string, T> to, string name, T value, int index)
    {
        if (!to.TryAdd(name, value))
            throw Malformed(index, $"{name} is there twice");
    }

    private FormatException Malformed(int index, string why) => new($"{_file}({index + 1}): {why}.");

    private sealed class Row
    {
        public string Zh { get; private set; } = "";

        public string En { get; private set; } = "";

        public string? Real { get; private set; }

        public string? Forced { get; private set; }

        public bool TryRead(string line)
        {
            var (kind, text) = line.IndexOf(' ') is > 0 and var space ? (line[..space], line[(space + 1)..]) : (line, "");
            switch (kind)
            {
                case "zh": Zh = text; break;
                case "en": En = text; break;
                case "$": Real = Lines(Real, text); break;
                case "!": Forced = text; break;
                default: return false;
            }

            return text is not "";
        }
    }

    [GeneratedRegex(@"^let ([A-Za-z_]+(?:\.[a-z_]+)?) =(?: (.+))?\z")]
    private static partial Regex Let { get; }

    // What a shell names itself, as ${t}, stays its own.
    [GeneratedRegex(@"(?<!\$)\{([a-z_]+)\}")]
    private static partial Regex Name { get; }
}
