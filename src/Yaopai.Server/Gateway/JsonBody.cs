using System.Text.Json;

namespace Yaopai.Server.Gateway;

/// <summary>The JSON object that a caller sent. What is absent and what is of another type look alike: neither can be used.</summary>
internal readonly struct JsonBody(JsonElement root)
{
    /// <summary>False when the member is absent or null.</summary>
    public bool Has(string name) => Find(name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>The text, or an empty one where there is none.</summary>
    public string Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    /// <summary>The texts of an array that holds nothing else; null for anything other.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } array && array.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
            ? [.. array.EnumerateArray().Select(item => item.GetString()!)]
            : null;

    /// <summary>What can be read as parameters: texts as they are, anything else as it is written; what is null is absent.</summary>
    public IEnumerable<KeyValuePair<string, string>> Members => root.EnumerateObject()
        .Where(member => member.Value.ValueKind is not JsonValueKind.Null)
        .Select(member => KeyValuePair.Create(
            member.Name, member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText()));

    private JsonElement? Find(string name) =>
        root.ValueKind is JsonValueKind.Object && root.TryGetProperty(name, out var value) ? value : null;
}
