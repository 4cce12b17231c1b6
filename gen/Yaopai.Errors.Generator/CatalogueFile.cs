using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Yaopai.Errors.Generator;

/// <summary>One catalogue: the rows that are sound, and what is wrong with the others.</summary>
internal sealed class CatalogueFile
{
    private static readonly string[] Columns =
        ["operation", "name", "channel", "parent", "code", "http", "zh", "en", "remedy_zh", "remedy_en", "retry", "audience", "origin"];

    private static readonly Dictionary<string, string[]> Vocabulary = new()
    {
        ["retry"] = ["no", "later", "renew", "user"],
        ["audience"] = ["caller", "user", "operator"],
        ["origin"] = ["seed", "beyond"],
    };

    private readonly Dictionary<(string Operation, string Name), int> _names = [];
    private readonly Dictionary<(string Operation, string Channel, string Parent, string Code), int> _codes = [];
    private readonly string _path;

    private CatalogueFile(string path)
    {
        _path = path;
        Surface = Path.GetFileNameWithoutExtension(path);
    }

    public string Surface { get; }
    public bool HasName => IsIdentifier(Surface);
    public List<CatalogueRow> Rows { get; } = [];
    public List<Diagnostic> Diagnostics { get; } = [];
    public Location Start => Location.Create(_path, default, default);

    public static CatalogueFile Read(string path, SourceText text)
    {
        var file = new CatalogueFile(path);
        if (!file.HasName)
            file.Diagnostics.Add(Diagnostic.Create(Faults.NotAName, file.Start, file.Surface));

        var header = text.Lines[0];
        if (header.ToString() != string.Join("\t", Columns))
            file.Diagnostics.Add(Diagnostic.Create(Faults.Header, file.LocationOf(header), string.Join(" ", Columns)));
        else
            foreach (var line in text.Lines.Skip(1).Where(line => line.Span.Length > 0))
                file.Add(line);

        return file;
    }

    private void Add(TextLine line)
    {
        var fault = FaultOf(line, new CatalogueRow(line.ToString().Split('\t')));
        if (fault is not null)
            Diagnostics.Add(fault);
    }

    /// <summary>The first thing wrong with the row; a row without any is kept.</summary>
    private Diagnostic? FaultOf(TextLine line, CatalogueRow row)
    {
        Diagnostic Fault(DiagnosticDescriptor what, params object[] words) => Diagnostic.Create(what, LocationOf(line), words);

        if (row.Cells.Length != Columns.Length)
            return Fault(Faults.Width, Columns.Length, row.Cells.Length);

        for (var i = 0; i < Columns.Length; i++)
        {
            if (Columns[i] is not "parent" && string.IsNullOrWhiteSpace(row.Cells[i]))
                return Fault(Faults.Empty, Columns[i]);
            if (Vocabulary.TryGetValue(Columns[i], out var words) && !words.Contains(row.Cells[i]))
                return Fault(Faults.Vocabulary, Columns[i], row.Cells[i], string.Join(", ", words));
        }

        if (!IsIdentifier(row.Operation) || row.Operation is "All" || row.Operation == $"{Surface}Errors")
            return Fault(Faults.NotAName, row.Operation);
        if (!IsIdentifier(row.Name) || row.Name is "All" || row.Name == row.Operation)
            return Fault(Faults.NotAName, row.Name);
        if (!int.TryParse(row.Http, NumberStyles.None, CultureInfo.InvariantCulture, out var http) || http is < 200 or > 599)
            return Fault(Faults.Http, row.Http);

        var name = (row.Operation, row.Name);
        if (_names.TryGetValue(name, out var named))
            return Fault(Faults.NameTwice, row.Operation, row.Name, named);
        var code = (row.Operation, row.Channel, row.Parent, row.Code);
        if (_codes.TryGetValue(code, out var coded))
            return Fault(Faults.CodeTwice, row.Operation, row.Channel, row.Number, coded);

        _names.Add(name, line.LineNumber + 1);
        _codes.Add(code, line.LineNumber + 1);
        Rows.Add(row);
        return null;
    }

    private Location LocationOf(TextLine line) => Location.Create(_path, line.Span, new LinePositionSpan(
        new LinePosition(line.LineNumber, 0), new LinePosition(line.LineNumber, line.Span.Length)));

    private static bool IsIdentifier(string text) =>
        SyntaxFacts.IsValidIdentifier(text) && SyntaxFacts.GetKeywordKind(text) is SyntaxKind.None;
}
