using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>POST /api/aiservice/v1/ocr/general-table — reads text as rows and columns.</summary>
internal sealed record OcrGeneralTable(RecognitionKit Kit) : IOperationDefinition
{
    internal static readonly Rule<OcrRequest>[] Rules = OcrOperation.Rules(OcrOperation.Flag("returnConfidence"));

    public IOperation Define() => OcrOperation.Of(
        Kit, "OcrGeneralTable", OcrLayout.Automatic, Rules, x => RecognitionAnswer.Of(x, static (json, x) =>
        {
            json.WriteStartObject();
            WriteTo(json, TableReading.Of(x.Read), x.HasFlag("returnConfidence"));
            json.WriteEndObject();
        }));

    public static void WriteTo(Utf8JsonWriter json, TableReading table, bool withConfidence)
    {
        var regions = table.Cells.Count > 0 ? 1 : 0;
        json.WriteNumber("words_region_count", regions);
        json.WriteStartArray("words_region_list");
        if (regions > 0)
            WriteRegion(json, table, withConfidence);
        json.WriteEndArray();
    }

    private static void WriteRegion(Utf8JsonWriter json, TableReading table, bool withConfidence)
    {
        json.WriteStartObject();
        json.WriteString("type", table.IsTable ? "table" : "text");
        json.WriteNumber("words_block_count", table.Cells.Count);
        json.WriteStartArray("words_block_list");
        foreach (var cell in table.Cells)
        {
            json.WriteStartObject();
            json.WriteSegment(cell.Segment, withConfidence);
            if (table.IsTable)
            {
                json.WriteStartArray("rows");
                json.WriteNumberValue(cell.Row);
                json.WriteEndArray();
                json.WriteStartArray("columns");
                foreach (var column in cell.Columns)
                    json.WriteNumberValue(column);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
