namespace Yaopai.Errors.Tables;

/// <summary>The columns that a table may have: those of a platform's documents, or those of a company's own codes A-BB-CCC.</summary>
internal sealed class CatalogueLayout
{
    public static readonly CatalogueLayout Documented = new(
        "operation", "name", "channel", "parent", "code", "http", "zh", "en", "remedy_zh", "remedy_en", "retry", "audience", "origin");

    public static readonly CatalogueLayout Numbered = new(
        "code", "module", "name", "http", "zh", "en", "remedy_zh", "remedy_en", "retry", "audience");

    private CatalogueLayout(params string[] columns) => Columns = columns;

    public string[] Columns { get; }

    public bool IsNumbered => this == Numbered;

    public string Header => string.Join("\t", Columns);

    public string Spaced => string.Join(" ", Columns);

    public static CatalogueLayout? Of(string header) =>
        header == Documented.Header ? Documented : header == Numbered.Header ? Numbered : null;
}
