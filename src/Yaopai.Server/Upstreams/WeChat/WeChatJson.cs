using System.Globalization;
using System.Text.Json;

namespace Yaopai.Server.Upstreams.WeChat;

/// <summary>Reads what WeChat writes: numbers come as texts, and texts as numbers.</summary>
internal static class WeChatJson
{
    /// <summary>Null when it is absent, empty, or no text and no number.</summary>
    public static string? Text(this JsonElement thing, string name) => Find(thing, name) switch
    {
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } value => value,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static int? Number(this JsonElement thing, string name) =>
        int.TryParse(thing.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static JsonElement? Find(this JsonElement thing, string name) =>
        thing.ValueKind is JsonValueKind.Object && thing.TryGetProperty(name, out var found) ? found : null;
}
