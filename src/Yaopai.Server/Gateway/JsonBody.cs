using System.Text.Json;

namespace Yaopai.Server.Gateway;

/// <summary>The JSON object that a caller sent. What is absent and what is of another type look alike: neither can be used.</summary>
internal readonly struct JsonBody(JsonElement root)
{
    /// <summary>False when the member is absent or null.</summary>
    public bool Has(string name) => Find(name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>The text, or an empty one where there is none.</summary>
    public string Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    /// <summary>Why no usable text stands there, without what does.</summary>
    public string WhyNoText(string name) => Find(name) switch
    {
        null => $"{name} is missing",
        { ValueKind: JsonValueKind.String } => $"{name} is a text, and not of the form that it has",
        { ValueKind: var kind } => $"{name} is of the kind {kind}; a text is read",
    };

    /// <summary>A text, or a number or truth value as it is written: clients exist that write either for the other. Empty where there
    /// is none.</summary>
    public string Scalar(string name) => Find(name) is { } value ? ScalarOf(value) ?? "" : "";

    /// <summary>False where the member is a list or an object.</summary>
    public bool IsScalar(string name) => Find(name) is not { ValueKind: JsonValueKind.Array or JsonValueKind.Object };

    /// <summary>The member, where it is an object; else null.</summary>
    public JsonBody? Object(string name) => Find(name) is { ValueKind: JsonValueKind.Object } value ? new JsonBody(value) : null;

    /// <summary>The objects of an array that holds nothing else; null for anything other.</summary>
    public IReadOnlyList<JsonBody>? Objects(string name) =>
        Items(name, item => item.ValueKind is JsonValueKind.Object, item => new JsonBody(item));

    /// <summary>The texts and numbers of an array that holds nothing else; null for anything other.</summary>
    public IReadOnlyList<string>? Scalars(string name) => Items(name, item => ScalarOf(item) is not null, item => ScalarOf(item)!);

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

    /// <summary>The object as it came; empty where none did.</summary>
    public string Raw => root.ValueKind is JsonValueKind.Undefined ? "" : root.GetRawText();

    private static string? ScalarOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private IReadOnlyList<T>? Items<T>(string name, Func<JsonElement, bool> fits, Func<JsonElement, T> read) =>
        Find(name) is { ValueKind: JsonValueKind.Array } array && array.EnumerateArray().All(fits)
            ? [.. array.EnumerateArray().Select(read)]
            : null;

    private JsonElement? Find(string name) =>
        root.ValueKind is JsonValueKind.Object && root.TryGetProperty(name, out var value) ? value : null;
}
