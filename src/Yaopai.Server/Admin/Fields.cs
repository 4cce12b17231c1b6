using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Yaopai.Server.Admin;

/// <summary>A named value to show.</summary>
/// <param name="Value">Text, a number, a truth, an instant, nothing, or a list of texts or of fields.</param>
internal sealed record Field(string Name, object? Value)
{
    /// <summary>Shown once, to whoever asked for it, and written down nowhere.</summary>
    public bool IsSecret { get; init; }

    public static Field Secret(string name, string value) => new(name, value) { IsSecret = true };

    public string Text => Value switch
    {
        null => "",
        bool truth => truth ? "yes" : "no",
        DateTimeOffset instant => Instant(instant),
        IEnumerable<string> texts => string.Join(", ", texts),
        IEnumerable<IReadOnlyList<Field>> things => string.Join(", ", things.Select(InOneLine)),
        _ => Value.ToString()!,
    };

    public static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    private static string InOneLine(IReadOnlyList<Field> thing) => string.Join(' ',
        thing.Select(part => part.Value is bool holds ? (holds ? part.Name : "") : part.Text).Where(text => text is not ""));
}

/// <summary>Writes things that consist of fields.</summary>
internal static class Fields
{
    private static readonly JsonWriterOptions s_json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for a terminal or a file, never inside HTML: Chinese stays readable
        Indented = true,
        NewLine = "\n",
    };

    private static readonly JsonWriterOptions s_line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line a field that has a value.</summary>
    public static string ToText(IReadOnlyList<Field> fields)
    {
        var width = fields.Max(field => field.Name.Length);
        var text = new StringBuilder();
        foreach (var field in fields.Where(field => field.Text is not ""))
            text.Append($"{field.Name.PadRight(width)}  {Table.Printable(field.Text)}\n");

        return text.ToString();
    }

    public static string ToJson(IReadOnlyList<Field> fields) => Write(json => Write(json, fields));

    /// <summary>In one line and without secrets: what is kept of it.</summary>
    public static string ToRecord(IReadOnlyList<Field> fields) =>
        Write(json => Write(json, [.. fields.Where(field => !field.IsSecret)]), s_line).TrimEnd('\n');

    public static string ToJson(IEnumerable<IReadOnlyList<Field>> things) => Write(json => Write(json, things));

    private static string Write(Action<Utf8JsonWriter> write, JsonWriterOptions? options = null)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, options ?? s_json))
            write(json);

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<Field> fields)
    {
        json.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            json.WritePropertyName(name);
            Write(json, name is "client_id" ? value?.ToString() : value); // a text wherever it is written; read as either
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<IReadOnlyList<Field>> things)
    {
        json.WriteStartArray();
        foreach (var thing in things)
            Write(json, thing);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset instant:
                json.WriteStringValue(Field.Instant(instant));
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts)
                    json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            case IEnumerable<IReadOnlyList<Field>> things:
                Write(json, things);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
