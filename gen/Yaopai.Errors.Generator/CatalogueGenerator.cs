using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Yaopai.Errors.Tables;

namespace Yaopai.Errors.Generator;

/// <summary>Turns every table of errors, an additional file <c>Surface.tsv</c>,
/// into the constants of a class <c>SurfaceErrors</c>.</summary>
[Generator]
public sealed class CatalogueGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase))
            .Select(static (file, ct) => new CatalogueFile(file.Path, file.GetText(ct) ?? SourceText.From("")));
        var space = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue("build_property.YaopaiErrorsNamespace", out var chosen) && chosen is not "" ? chosen
            : options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var root) && root is not "" ? root
            : "Errors");
        var isOurs = context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName is "Yaopai.Errors");

        context.RegisterSourceOutput(files.Collect().Combine(space).Combine(isOurs),
            static (output, all) => Write(output, all.Left.Left, all.Left.Right, all.Right));
    }

    private static void Write(SourceProductionContext output, ImmutableArray<CatalogueFile> files, string space, bool isOurs)
    {
        var surfaces = new SortedDictionary<string, CatalogueTable>(StringComparer.Ordinal);
        var codes = new Dictionary<string, string>();
        foreach (var file in files)
        {
            foreach (var diagnostic in file.Diagnostics)
                output.ReportDiagnostic(diagnostic);
            foreach (var fault in CodesOfOtherFiles(file, codes))
                output.ReportDiagnostic(file.DiagnosticOf(fault));

            if (surfaces.ContainsKey(file.Table.Surface))
                output.ReportDiagnostic(file.DiagnosticOf(new CatalogueFault(CatalogueRule.SurfaceTwice, 0, [file.Table.Surface])));
            else if (file.Table.HasName)
                surfaces.Add(file.Table.Surface, file.Table);
        }

        foreach (var table in surfaces.Values)
            output.AddSource($"{table.ClassName}.g.cs", SourceText.From(Emitter.Surface(table, space), Encoding.UTF8));
        if (isOurs)
            output.AddSource("ErrorCatalogue.g.cs", SourceText.From(Emitter.Catalogue(surfaces.Values, space), Encoding.UTF8));
    }

    /// <summary>A number of the scheme is one error, in however many files a project keeps its errors.</summary>
    private static IEnumerable<CatalogueFault> CodesOfOtherFiles(CatalogueFile file, Dictionary<string, string> codes)
    {
        foreach (var (code, _, _, line) in file.Table.Taken)
        {
            if (!codes.TryGetValue(code, out var other))
                codes.Add(code, file.FileName);
            else if (other != file.FileName)
                yield return new CatalogueFault(CatalogueRule.CodeOfAnotherFile, line, [code, other]);
        }
    }
}
