using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Yaopai.Server.Journal;

/// <summary>JSON as it came, with the values masked by their names. Of one whose end is missing, what is there.</summary>
internal static class MaskedJson
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true, // the end may be missing
    };

    /// <summary>Null where it is no JSON from the beginning.</summary>
    public static string? Of(ReadOnlySpan<byte> utf8, bool isAnswer, bool isWhole = true)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, s_options);
        var reader = new Utf8JsonReader(utf8, isWhole, new JsonReaderState(new JsonReaderOptions { MaxDepth = 64 }));
        try
        {
            Copy(ref reader, writer, isAnswer);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // also for a text that is no UTF-8
        }

        writer.Flush();
        return output.WrittenCount == 0 ? null : Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, bool isAnswer)
    {
        var names = new Stack<string>();
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    writer.WritePropertyName(name);
                    break;
                case JsonTokenType.StartObject:
                    names.Push(name);
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.StartArray:
                    names.Push(name);
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndObject:
                    name = names.Pop();
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.EndArray:
                    name = names.Pop();
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(Masking.Value(name, reader.GetString()!, isAnswer));
                    break;
                case JsonTokenType.Number:
                    WriteNumber(writer, name, Encoding.UTF8.GetString(reader.ValueSpan), isAnswer);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    writer.WriteBooleanValue(reader.TokenType is JsonTokenType.True);
                    break;
                default:
                    writer.WriteNullValue();
                    break;
            }
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, string number, bool isAnswer)
    {
        var masked = Masking.Value(name, number, isAnswer);
        if (masked == number)
            writer.WriteRawValue(number, skipInputValidation: true);
        else
            writer.WriteStringValue(masked);
    }
}
