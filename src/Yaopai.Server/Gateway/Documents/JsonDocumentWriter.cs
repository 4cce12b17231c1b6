using System.Text.Json;

namespace Yaopai.Server.Gateway.Documents;

/// <summary>Documents as JSON.</summary>
internal sealed class JsonDocumentWriter(Utf8JsonWriter json) : DocumentWriter
{
    public static byte[] Write(Document document) => Json.WriteAny(document, static (json, it) =>
    {
        if (it.IsList)
            json.WriteStartArray();
        else
            json.WriteStartObject();

        it.WriteTo(new JsonDocumentWriter(json));
        if (it.IsList)
            json.WriteEndArray();
        else
            json.WriteEndObject();
    });

    public override void WriteStartObject() => json.WriteStartObject();

    public override void WriteStartObject(string name) => json.WriteStartObject(name);

    public override void WriteEndObject() => json.WriteEndObject();

    public override void WriteStartArray(string name) => json.WriteStartArray(name);

    public override void WriteEndArray() => json.WriteEndArray();

    public override void WriteString(string name, string? value) => json.WriteString(name, value);

    public override void WriteNumber(string name, long value) => json.WriteNumber(name, value);

    public override void WriteBoolean(string name, bool value) => json.WriteBoolean(name, value);

    public override void WriteRawItem(byte[] item, bool isList) => json.WriteRawValue(item, skipInputValidation: true);
}
