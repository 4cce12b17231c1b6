using System.Text.Json;
using System.Text.Unicode;

namespace Yaopai.Server.Keys.Jose;

/// <summary>JSON in which every member has one value and every string is text without a NUL.</summary>
internal static class StrictJson
{
    private const int Depth = 16;

    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false, MaxDepth = Depth };

    public static JsonElement? ReadObject(byte[]? utf8) => Read(utf8, JsonValueKind.Object);

    public static JsonElement? ReadArray(byte[]? utf8) => Read(utf8, JsonValueKind.Array);

    /// <summary>A byte order mark in front says nothing, and some write one (RFC 8259 §8.1).</summary>
    public static string WithoutMark(string json) => json.StartsWith('\uFEFF') ? json[1..] : json;

    /// <summary>Why nothing was read, for those who may know; nothing of what stands there is said.</summary>
    public static string WhyNoObject(byte[] utf8)
    {
        if (!Utf8.IsValid(utf8))
            return "the body is no UTF-8";

        try
        {
            if (!HoldsOnlyText(utf8))
                return "a text of the body holds a NUL or half of a character";

            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Depth });
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? "a name stands twice in an object of the body"
                : $"the body is JSON of the kind {document.RootElement.ValueKind}; an object is read";
        }
        catch (JsonException exception)
        {
            return $"the body is no JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}, "
                + $"or deeper than {Depth} levels";
        }
    }

    private static JsonElement? Read(byte[]? utf8, JsonValueKind kind)
    {
        if (utf8 is null || !Utf8.IsValid(utf8))
            return null;

        try
        {
            if (!HoldsOnlyText(utf8))
                return null;

            using var document = JsonDocument.Parse(utf8, s_options);
            return document.RootElement.ValueKind == kind ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An escaped half of a surrogate pair parses, and fails only when the string is read: better found here.
    // So is a NUL, which a database may refuse or another reader take for the end.
    private static bool HoldsOnlyText(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Depth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped
                    && reader.GetString()!.Contains('\0'))
                    return false;
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
