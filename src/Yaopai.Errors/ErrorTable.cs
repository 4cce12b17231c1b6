using System.Globalization;
using Yaopai.Errors.Tables;

namespace Yaopai.Errors;

/// <summary>A table of errors as it lies in a file, for tools. A program gets the same rows as constants, when it is built.</summary>
public sealed class ErrorTable
{
    private readonly CatalogueTable _table;

    private ErrorTable(string file, CatalogueTable table)
    {
        (File, _table) = (file, table);
        Errors = [.. table.Rows.Select(row => DefinitionOf(table.Surface, row))];
        Faults = [.. table.Faults.Select(fault => new LintFinding(file, $"line {fault.Line + 1}", LintSeverity.Error, $"{fault}"))];
        Codes = [.. table.Taken.Select(taken => ServiceErrorCode.Parse(taken.Code)).Distinct()];
        Modules = ServiceErrorModule.Of(table.Taken.Select(taken => (ServiceErrorCode.Parse(taken.Code), taken.Module)));
    }

    /// <summary>The file's name: <c>Order.tsv</c>.</summary>
    public string File { get; }

    /// <summary>True when its errors have codes A-BB-CCC, false when they are a platform's own.</summary>
    public bool IsNumbered => _table.Layout is { IsNumbered: true };

    /// <summary>The rows without a fault.</summary>
    public IReadOnlyList<ErrorDefinition> Errors { get; }

    /// <summary>What would stop a build.</summary>
    public IReadOnlyList<LintFinding> Faults { get; }

    /// <summary>Every code that is written down, in rows with faults too: those numbers are taken.</summary>
    public IReadOnlyList<ServiceErrorCode> Codes { get; }

    public IReadOnlyList<ServiceErrorModule> Modules { get; }

    /// <summary>True when a row of this name has a code already, whatever else it lacks.</summary>
    public bool Holds(string module, string name) => _table.Taken.Exists(taken => taken.Module == module && taken.Name == name);

    public static ErrorTable Read(string path) => Parse(path, System.IO.File.ReadAllText(path));

    /// <param name="path">Its name names the table: <c>Order</c> for <c>errors/Order.tsv</c>.</param>
    public static ErrorTable Parse(string path, string text) =>
        new(Path.GetFileName(path), CatalogueTable.Read(path, text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n')));

    /// <summary>The faults, and what a reader of the texts would stumble over.</summary>
    public IReadOnlyList<LintFinding> Lint() => [.. Faults, .. CatalogueLint.Check(Errors).Select(finding => finding with { File = File })];

    /// <summary>The row that holds a number before it says anything: the build asks for what it lacks.</summary>
    public static string Draft(ServiceErrorCode code, string module, string name) =>
        string.Join('\t', [$"{code}", module, name, .. CatalogueLayout.Numbered.Columns.Skip(3).Select(_ => "")]);

    /// <summary>True for what can name a module or an error.</summary>
    public static bool IsName(string text) => CSharpNames.IsName(text);

    private static ErrorDefinition DefinitionOf(string surface, CatalogueRow row) => new(
        surface, row.Operation, row.Name, row.Channel, row.Parent, row.Code, int.Parse(row.Http, CultureInfo.InvariantCulture),
        row.Zh, row.En, row.RemedyZh, row.RemedyEn,
        Enum.Parse<Retry>(row.Retry, ignoreCase: true), Enum.Parse<Audience>(row.Audience, ignoreCase: true), row.IsBeyond);
}
