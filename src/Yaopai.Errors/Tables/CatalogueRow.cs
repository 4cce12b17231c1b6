namespace Yaopai.Errors.Tables;

/// <summary>A line of a table, its cells by name.</summary>
internal sealed class CatalogueRow(CatalogueLayout layout, string[] cells)
{
    /// <summary>The channel of a code A-BB-CCC: it travels as it stands.</summary>
    private const string CodeChannel = "code";

    public string[] Cells => cells;
    public bool IsNumbered => layout.IsNumbered;
    public string Operation => this[layout.IsNumbered ? "module" : "operation"];
    public string Name => this["name"];
    public string Channel => layout.IsNumbered ? CodeChannel : this["channel"];
    public string Parent => layout.IsNumbered ? "" : this["parent"];
    public string Code => this["code"];
    public string Zh => this["zh"];
    public string En => this["en"];
    public string RemedyZh => this["remedy_zh"];
    public string RemedyEn => this["remedy_en"];
    public string Retry => this["retry"];
    public string Audience => this["audience"];
    public bool IsBeyond => !layout.IsNumbered && this["origin"] is "beyond";
    public string Number => Parent is "" ? Code : $"{Parent}/{Code}";

    /// <summary>False for an error that HTTP never carries: of a program, a job, a queue.</summary>
    public bool IsOverHttp => !layout.IsNumbered || this["http"] is not "-";

    public string Http => IsOverHttp ? this["http"] : "0";

    private string this[string column] => cells[Array.IndexOf(layout.Columns, column)];
}
