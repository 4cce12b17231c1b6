using System.Text.Json;
using System.Text.RegularExpressions;

namespace Yaopai.Tests.Sandbox;

/// <summary>As much of JSON Schema as the sandbox writes.</summary>
internal static class JsonSchema
{
    /// <summary>Where the first fault is; null where there is none.</summary>
    public static string? FaultOf(JsonElement schema, string json) => FaultOf(schema, JsonDocument.Parse(json).RootElement, "$");

    private static string? FaultOf(JsonElement schema, JsonElement value, string where)
    {
        if (schema.ValueKind is JsonValueKind.True)
            return null;

        if (schema.TryGetProperty("type", out var type) && !TypesOf(type).Any(name => Is(value, name)))
            return where;

        if (value.ValueKind is JsonValueKind.String && schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
            return where;

        return value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(member => FaultOfMember(schema, member, where))
                .FirstOrDefault(fault => fault is not null),
            JsonValueKind.Array => value.EnumerateArray().Select((item, at) => FaultOf(schema.GetProperty("items"), item, $"{where}[{at}]"))
                .FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    private static string? FaultOfMember(JsonElement schema, JsonProperty member, string where) =>
        schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out var its)
            ? FaultOf(its, member.Value, $"{where}.{member.Name}")
            : schema.GetProperty("additionalProperties") is { ValueKind: not JsonValueKind.False } more
                ? FaultOf(more, member.Value, $"{where}.{member.Name}")
                : $"{where}.{member.Name}";

    private static IEnumerable<string> TypesOf(JsonElement type) =>
        type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Null => type is "null",
        JsonValueKind.True or JsonValueKind.False => type is "boolean",
        JsonValueKind.String => type is "string",
        JsonValueKind.Number => type is "number" || (type is "integer" && value.TryGetInt64(out _)),
        JsonValueKind.Object => type is "object",
        _ => type is "array",
    };
}
