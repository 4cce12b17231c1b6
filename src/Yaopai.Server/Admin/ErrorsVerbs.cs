using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Errors.Export;

namespace Yaopai.Server.Admin;

/// <summary><c>errors</c>: the catalogue, or a table of one's own, to read, to export and to check.
/// Needs no settings and no database.</summary>
internal static class ErrorsVerbs
{
    public static Command Command(Shell shell) => new("errors", "The catalogue of all documented errors, and your own tables.")
    {
        List(shell),
        ExplainVerb.Command(shell),
        Export(shell),
        Lint(shell),
        ErrorNumberVerbs.Next(shell),
        ErrorNumberVerbs.Modules(shell),
    };

    /// <summary>The errors as a table, with their meaning in English.</summary>
    public static string Listed(IEnumerable<ErrorDefinition> errors) => Table.Of(
        [
            ["CODE", "SURFACE", "OPERATION", "NAME", "HTTP", "MEANING"],
            .. errors.Select(error =>
                new[] { error.Number, SlugOf(error), error.Operation, error.Name, error.Http is 0 ? "" : $"{error.Http}",
                    ListedText.Of(error.En).Headline }),
        ]);

    private static Command List(Shell shell)
    {
        var text = new Argument<string?>("text")
        {
            Description = "Only errors whose code, name, meaning or remedy contains this text, in either language.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var surface = Inputs.Surface();
        var operation = new Option<string?>("--operation") { Description = "Only errors of this operation: Token.", HelpName = "name" };

        var file = ErrorTables.File();

        return Inputs.Exclude(Shell.Offline("list", "Lists errors.", [text, surface, operation, file, shell.Json], async (result, _) =>
        {
            var all = ErrorTables.ErrorsOf(result.GetValue(file));
            var errors = OnSurface(result.GetValue(text) is { } part ? ErrorCatalogue.SearchIn(all, part) : all, result.GetValue(surface))
                .Where(error => result.GetValue(operation) is not { } name
                    || error.Operation.Equals(name, StringComparison.OrdinalIgnoreCase))
                .ToList();
            if (errors.Count == 0)
                throw new CommandException(OperatorErrors.Catalogue.ErrorUnknown, "No error matches.");

            await shell.Out.WriteAsync(result.GetValue(shell.Json) ? ErrorExport.Find("json")!.Write(errors) : Listed(errors));
            return ExitCode.Done;
        }), surface, file);
    }

    private static Command Export(Shell shell)
    {
        var format = new Option<string>("--format")
        {
            Description = "The format: JSON, Markdown or TypeScript constants.",
            DefaultValueFactory = _ => "json",
        }.AcceptOnlyFromAmong([.. ErrorExport.All.Select(export => export.Format)]);
        var output = new Option<string?>("--output") { Description = "The file to write; by default standard output.", HelpName = "file" };
        var surface = Inputs.Surface();

        var table = ErrorTables.File();

        return Inputs.Exclude(
            Shell.Offline("export", "Exports the catalogue for other programs and readers.", [format, output, surface, table],
                async (result, ct) =>
            {
                var errors = OnSurface(ErrorTables.ErrorsOf(result.GetValue(table)), result.GetValue(surface)).ToList();
                var text = ErrorExport.Find(result.GetRequiredValue(format))!.Write(errors);
                if (result.GetValue(output) is { } file)
                {
                    await File.WriteAllTextAsync(file, text, ct);
                    await shell.Out.WriteLineAsync($"{errors.Count} errors are in {file}");
                }
                else
                {
                    await shell.Out.WriteAsync(text);
                }

                return ExitCode.Done;
            }), surface, table);
    }

    private static Command Lint(Shell shell)
    {
        var file = ErrorTables.File();

        return Shell.Offline(
            "lint", "Checks a catalogue. Exits with 1 if it finds an error.", [file], async (result, _) =>
            {
                var table = result.GetValue(file) is { } path ? ErrorTable.Read(path) : null;
                var findings = table?.Lint() ?? CatalogueLint.Check(ErrorCatalogue.All);
                foreach (var finding in findings)
                    await shell.Out.WriteLineAsync(finding.ToString());

                var faults = findings.Count(finding => finding.Severity is LintSeverity.Error);
                var read = (table?.Errors ?? ErrorCatalogue.All).Count;
                await shell.Out.WriteLineAsync(
                    $"{Count(read, "error")} read: {Count(faults, "fault")}, {Count(findings.Count - faults, "warning")}");
                return faults > 0 ? ExitCode.Refused : ExitCode.Done;
            });
    }

    private static IEnumerable<ErrorDefinition> OnSurface(IEnumerable<ErrorDefinition> errors, string? slug)
    {
        var name = slug is null ? null : ErrorCatalogue.FindSurface(slug)!.Name;
        return errors.Where(error => name is null || error.Surface == name);
    }

    private static string SlugOf(ErrorDefinition error) =>
        ErrorCatalogue.Surfaces.FirstOrDefault(surface => surface.Name == error.Surface)?.Slug ?? error.Surface;

    private static string Count(int number, string what) => $"{number} {what}{(number is 1 ? "" : "s")}";
}
