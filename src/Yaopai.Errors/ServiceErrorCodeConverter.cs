using System.Text.Json;
using System.Text.Json.Serialization;

namespace Yaopai.Errors;

/// <summary>A code in JSON: the text <c>"2-05-017"</c>; <c>"205017"</c> is read too.</summary>
internal sealed class ServiceErrorCodeConverter : JsonConverter<ServiceErrorCode>
{
    public override ServiceErrorCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String ? Parse(reader.GetString()) : throw new JsonException("A code is a text: \"2-05-017\".");

    public override ServiceErrorCode ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, ServiceErrorCode value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, ServiceErrorCode value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString());

    private static ServiceErrorCode Parse(string? text) =>
        ServiceErrorCode.TryParse(text, out var code) ? code : throw new JsonException($"'{text}' is no error code: write 2-05-017.");
}
