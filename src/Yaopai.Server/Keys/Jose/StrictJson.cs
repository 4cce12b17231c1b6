using System.Text.Json;
using System.Text.Unicode;

namespace Yaopai.Server.Keys.Jose;

/// <summary>JSON in which every member has one value and every string is text.</summary>
internal static class StrictJson
{
    private const int Depth = 16;

    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false, MaxDepth = Depth };

    public static JsonElement? ReadObject(byte[]? utf8) => Read(utf8, JsonValueKind.Object);

    public static JsonElement? ReadArray(byte[]? utf8) => Read(utf8, JsonValueKind.Array);

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
    private static bool HoldsOnlyText(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Depth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
