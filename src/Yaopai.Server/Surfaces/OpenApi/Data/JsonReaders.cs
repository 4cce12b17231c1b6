using System.Text;
using System.Text.Json;
using Yaopai.Server.DataStore;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>Arguments that are JSON. Scalars in it are texts or integers: neither means more than the other.</summary>
internal static class JsonReaders
{
    /// <summary>Names and what each is set to; null takes its value away.</summary>
    public static bool Map(string text, out IReadOnlyDictionary<string, DataValue?> value)
    {
        value = null!;
        if (StrictJson.ReadObject(Encoding.UTF8.GetBytes(StrictJson.WithoutMark(text))) is not { } json)
            return false;

        var map = new Dictionary<string, DataValue?>();
        foreach (var member in json.EnumerateObject())
        {
            if (!TryScalar(member.Value, out var scalar))
                return false;

            map.Add(member.Name, scalar);
        }

        value = map;
        return true;
    }

    /// <summary>Numbers and what each is set to; nothing, and null, takes it away.</summary>
    public static bool Preferences(string text, out IReadOnlyDictionary<int, string> value)
    {
        value = null!;
        if (!Map(text, out var map) || !map.Keys.All(name => Readers.PreferenceId(name, out _)))
            return false;

        value = map.ToDictionary(pair => int.Parse(pair.Key), pair => pair.Value?.ToString() ?? "");
        return true;
    }

    /// <summary>Clients write lists of what has no commas with commas, too.</summary>
    public static bool Ids(string text, out IReadOnlyList<long> value)
    {
        value = null!;
        if (!Names(text, out var names) || !names.All(name => Readers.Id(name, out _)))
            return false;

        value = [.. names.Select(long.Parse)];
        return true;
    }

    public static bool Names(string text, out IReadOnlyList<string> value)
    {
        if (text.StartsWith('['))
            return Texts(text, out value);

        value = text.Split(',');
        return value.All(name => name is not "");
    }

    /// <summary>A list that holds something, and nothing but texts and integers.</summary>
    public static bool Texts(string text, out IReadOnlyList<string> value)
    {
        value = null!;
        if (StrictJson.ReadArray(Encoding.UTF8.GetBytes(StrictJson.WithoutMark(text))) is not { } json || json.GetArrayLength() == 0)
            return false;

        var texts = new List<string>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            if (!TryScalar(item, out var scalar) || scalar is null)
                return false;

            texts.Add(scalar.ToString());
        }

        value = texts;
        return true;
    }

    /// <summary>Items of a list that holds some, each a map of its own.</summary>
    public static bool Maps(string text, out IReadOnlyList<IReadOnlyDictionary<string, DataValue?>> value)
    {
        value = null!;
        if (StrictJson.ReadArray(Encoding.UTF8.GetBytes(StrictJson.WithoutMark(text))) is not { } json || json.GetArrayLength() == 0)
            return false;

        var maps = new List<IReadOnlyDictionary<string, DataValue?>>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            if (!Map(item.GetRawText(), out var map))
                return false;

            maps.Add(map);
        }

        value = maps;
        return true;
    }

    private static bool TryScalar(JsonElement element, out DataValue? value)
    {
        value = element.ValueKind switch
        {
            JsonValueKind.String => DataValue.Of(element.GetString()!),
            JsonValueKind.Number when element.TryGetInt64(out var number) => DataValue.Of(number),
            _ => null,
        };
        return value is not null || element.ValueKind is JsonValueKind.Null;
    }
}
