namespace Yaopai.Errors.Generator;

/// <summary>A line of a catalogue, its cells by name.</summary>
internal readonly struct CatalogueRow(string[] cells)
{
    public string[] Cells => cells;
    public string Operation => cells[0];
    public string Name => cells[1];
    public string Channel => cells[2];
    public string Parent => cells[3];
    public string Code => cells[4];
    public string Http => cells[5];
    public string Zh => cells[6];
    public string En => cells[7];
    public string RemedyZh => cells[8];
    public string RemedyEn => cells[9];
    public string Retry => cells[10];
    public string Audience => cells[11];
    public bool IsBeyond => cells[12] is "beyond";
    public string Number => Parent is "" ? Code : $"{Parent}/{Code}";
}
