using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Yaopai.Errors.Generator;

/// <summary>Turns every catalogue, an additional file <c>Surface.tsv</c>, into the constants of a class <c>SurfaceErrors</c>.</summary>
[Generator]
public sealed class CatalogueGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase))
            .Select(static (file, ct) => CatalogueFile.Read(file.Path, file.GetText(ct) ?? SourceText.From("")));
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
        var surfaces = new SortedDictionary<string, CatalogueFile>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var diagnostic in file.Diagnostics)
                output.ReportDiagnostic(diagnostic);

            if (surfaces.ContainsKey(file.Surface))
                output.ReportDiagnostic(Diagnostic.Create(Faults.SurfaceTwice, file.Start, file.Surface));
            else if (file.HasName)
                surfaces.Add(file.Surface, file);
        }

        foreach (var file in surfaces.Values)
            output.AddSource($"{file.Surface}Errors.g.cs", SourceText.From(Emitter.Surface(file, space), Encoding.UTF8));
        if (isOurs)
            output.AddSource("ErrorCatalogue.g.cs", SourceText.From(Emitter.Catalogue(surfaces.Keys, space), Encoding.UTF8));
    }
}
