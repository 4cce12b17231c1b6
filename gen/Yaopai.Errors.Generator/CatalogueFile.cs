using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Yaopai.Errors.Tables;

namespace Yaopai.Errors.Generator;

/// <summary>A table as the compiler sees it: faults have a place in a file.</summary>
internal sealed class CatalogueFile(string path, SourceText text)
{
    public string FileName => Path.GetFileName(path);

    public CatalogueTable Table { get; } = CatalogueTable.Read(path, text.Lines.Select(line => line.ToString()));

    public IEnumerable<Diagnostic> Diagnostics => Table.Faults.Select(DiagnosticOf);

    public Diagnostic DiagnosticOf(CatalogueFault fault) => Diagnostic.Create(
        new DiagnosticDescriptor(
            fault.Rule.Id, fault.Rule.Title, fault.Rule.Message, "Yaopai.Errors", DiagnosticSeverity.Error, isEnabledByDefault: true),
        LocationOf(text.Lines[fault.Line]), fault.Words);

    private Location LocationOf(TextLine line) => Location.Create(path, line.Span, new LinePositionSpan(
        new LinePosition(line.LineNumber, 0), new LinePosition(line.LineNumber, line.Span.Length)));
}
