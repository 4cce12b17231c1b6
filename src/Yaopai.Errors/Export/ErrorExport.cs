namespace Yaopai.Errors.Export;

/// <summary>A format that the catalogue can leave in.</summary>
/// <param name="Format">Its name on the command line: <c>ts</c>.</param>
/// <param name="Write">Writes the errors in the order they come in, so that the same catalogue always gives the same text.</param>
public sealed record ErrorExport(string Format, string FileName, string MediaType, Func<IEnumerable<ErrorDefinition>, string> Write)
{
    public static IReadOnlyList<ErrorExport> All { get; } = Array.AsReadOnly(new ErrorExport[]
    {
        new("json", "errors.json", "application/json", JsonExport.Write),
        new("md",   "errors.md",   "text/markdown",    MarkdownExport.Write),
        new("ts",   "errors.ts",   "text/plain",       TypeScriptExport.Write),
    });

    public static ErrorExport? Find(string format) => All.FirstOrDefault(export => export.Format == format);
}
