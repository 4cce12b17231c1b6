using System.Globalization;

namespace Yaopai.Errors.Tables;

/// <summary>One table of errors: the rows that are sound, and what is wrong with the others.</summary>
internal sealed class CatalogueTable
{
    private const string Suffix = "Errors";

    private static readonly Dictionary<string, string[]> s_vocabulary = new()
    {
        ["retry"] = ["no", "later", "renew", "user"],
        ["audience"] = ["caller", "user", "operator"],
        ["origin"] = ["seed", "beyond"],
    };

    private readonly Dictionary<(string Operation, string Name), int> _names = [];
    private readonly Dictionary<(string Operation, string Channel, string Parent, string Code), int> _codes = [];
    private readonly Dictionary<string, (string Other, int Line)> _modules = [];

    private CatalogueTable(string path)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        stem = stem is "" ? "" : char.ToUpperInvariant(stem[0]) + stem.Substring(1);
        ClassName = stem.EndsWith(Suffix, StringComparison.Ordinal) ? stem : stem + Suffix;
        Surface = ClassName == Suffix ? Suffix : ClassName.Substring(0, ClassName.Length - Suffix.Length);
    }

    /// <summary><c>Order</c> for <c>Order.tsv</c>, <c>order.tsv</c> and <c>OrderErrors.tsv</c>.</summary>
    public string Surface { get; }
    public string ClassName { get; }
    public bool HasName => CSharpNames.IsName(Surface);
    public CatalogueLayout? Layout { get; private set; }
    public List<CatalogueRow> Rows { get; } = [];
    public List<CatalogueFault> Faults { get; } = [];

    /// <summary>The codes A-BB-CCC with their names, those of faulty rows too: a number is taken as soon as it is written down.</summary>
    public List<(string Code, string Module, string Name, int Line)> Taken { get; } = [];

    public static CatalogueTable Read(string path, IEnumerable<string> lines)
    {
        var table = new CatalogueTable(path);
        if (!table.HasName)
            table.Faults.Add(new(CatalogueRule.NotAName, 0, [table.Surface]));

        var number = 0;
        foreach (var line in lines)
        {
            if (number is 0)
                table.Layout = CatalogueLayout.Of(line);
            else if (table.Layout is { } layout && line is not "")
                table.Add(layout, line.Split('\t'), number);
            number++;
        }

        if (table.Layout is null)
            table.Faults.Add(new(CatalogueRule.Header, 0, [CatalogueLayout.Documented.Spaced, CatalogueLayout.Numbered.Spaced]));
        return table;
    }

    private void Add(CatalogueLayout layout, string[] cells, int line)
    {
        if (layout.IsNumbered && CodeText.IsCode(cells[0]))
            Taken.Add((cells[0], cells.ElementAtOrDefault(1) ?? "", cells.ElementAtOrDefault(2) ?? "", line));

        if (cells.Length != layout.Columns.Length)
            Faults.Add(new(CatalogueRule.Width, line, [layout.Columns.Length, cells.Length]));
        else if (FaultOf(layout, new CatalogueRow(layout, cells), line) is { } fault)
            Faults.Add(fault);
    }

    /// <summary>The first thing wrong with the row; a row without any is kept.</summary>
    private CatalogueFault? FaultOf(CatalogueLayout layout, CatalogueRow row, int line)
    {
        CatalogueFault Fault(CatalogueRule rule, params object[] words) => new(rule, line, words);

        for (var i = 0; i < layout.Columns.Length; i++)
        {
            var (column, cell) = (layout.Columns[i], row.Cells[i]);
            if (column is not "parent" && string.IsNullOrWhiteSpace(cell))
                return Fault(CatalogueRule.Empty, column);
            if (s_vocabulary.TryGetValue(column, out var words) && !words.Contains(cell))
                return Fault(CatalogueRule.Vocabulary, column, cell, string.Join(", ", words));
        }

        if (row.IsNumbered && !CodeText.IsCode(row.Code))
            return Fault(CatalogueRule.NotACode, row.Code);
        if (!CSharpNames.IsName(row.Operation) || row.Operation is "All" || row.Operation == ClassName)
            return Fault(CatalogueRule.NotAName, row.Operation);
        if (!CSharpNames.IsName(row.Name) || row.Name is "All" || row.Name == row.Operation)
            return Fault(CatalogueRule.NotAName, row.Name);
        if (row.IsOverHttp
            && !(int.TryParse(row.Http, NumberStyles.None, CultureInfo.InvariantCulture, out var http) && http is >= 200 and <= 599))
            return Fault(CatalogueRule.Http, row.Http);

        var name = (row.Operation, row.Name);
        if (_names.TryGetValue(name, out var named))
            return Fault(CatalogueRule.NameTwice, row.Operation, row.Name, named + 1);
        // A number of the scheme is one error in all the table; elsewhere every operation documents its own.
        var code = row.IsNumbered ? ("", "", "", row.Code) : (row.Operation, row.Channel, row.Parent, row.Code);
        if (_codes.TryGetValue(code, out var coded))
            return Fault(CatalogueRule.CodeTwice, row.Operation, row.Channel, row.Number, coded + 1);
        if (row.IsNumbered && OtherModule(CodeText.ModuleOf(row.Code), row.Operation) is { } other)
            return Fault(CatalogueRule.ModuleTwice, other.Number, other.Name, other.Line + 1);

        _names.Add(name, line);
        _codes.Add(code, line);
        if (row.IsNumbered)
            (_modules[CodeText.ModuleOf(row.Code)], _modules[row.Operation]) = ((row.Operation, line), (CodeText.ModuleOf(row.Code), line));
        Rows.Add(row);
        return null;
    }

    /// <summary>What stands against this number and this name being one module; null when nothing does.</summary>
    private (string Number, string Name, int Line)? OtherModule(string number, string name) =>
        _modules.TryGetValue(number, out var byNumber) && byNumber.Other != name ? (number, byNumber.Other, byNumber.Line)
        : _modules.TryGetValue(name, out var byName) && byName.Other != number ? (byName.Other, name, byName.Line)
        : null;
}
