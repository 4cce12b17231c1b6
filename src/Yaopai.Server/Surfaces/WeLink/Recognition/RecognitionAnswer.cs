using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>Answers of the endpoints for pictures: what was found is the result, and nothing is the error.</summary>
internal static class RecognitionAnswer
{
    /// <param name="write">Writes what was found, as an object or a list.</param>
    public static Answer Of<T>(T found, Action<Utf8JsonWriter, T> write) => WeLinkDialect.Ok((found, write), static (json, it) =>
    {
        json.WriteString("error", "");
        json.WritePropertyName("result");
        it.write(json, it.found);
    });

    /// <summary>By how many degrees the picture is turned; -1 where nobody knows.</summary>
    public static void WriteDirection(this Utf8JsonWriter json, OcrRequest read)
    {
        if (read.HasFlag("detectDirection"))
            json.WriteNumber("direction", read.Rotation is { } rotation ? (360 - rotation) % 360 : -1);
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>The words of a segment, where they stand as four corners, and how sure that is.</summary>
    public static void WriteSegment(this Utf8JsonWriter json, OcrSegment segment, bool withConfidence)
    {
        json.WriteString("words", segment.Text);
        if (withConfidence)
            json.WriteNumber("confidence", Math.Round(segment.Confidence, 4));
        var box = segment.Box;
        json.WriteStartArray("location");
        foreach (var (x, y) in new[] { (box.Left, box.Top), (box.Right, box.Top), (box.Right, box.Bottom), (box.Left, box.Bottom) })
        {
            json.WriteStartArray();
            json.WriteNumberValue(x);
            json.WriteNumberValue(y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
