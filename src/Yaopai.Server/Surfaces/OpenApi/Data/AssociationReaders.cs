using Yaopai.Server.DataStore;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>Associations and their ends, written as JSON.</summary>
internal static class AssociationReaders
{
    /// <summary>An association in a list. Without a name it is the one that the whole list is about.</summary>
    internal sealed record Item(string? Name, long FirstId, long SecondId, string? Data, DateTimeOffset? Time);

    /// <summary><c>{"alias","object_type"}</c>, both of them left out as one likes.</summary>
    public static bool End(string text, out AssociationEnd value)
    {
        value = null!;
        if (!JsonReaders.Map(text, out var map) || !map.Keys.All(name => name is "alias" or "object_type"))
            return false;

        value = new AssociationEnd(map.GetValueOrDefault("alias")?.ToString(), map.GetValueOrDefault("object_type")?.ToString());
        return true;
    }

    /// <summary>A list of <c>{"name","obj_id1","obj_id2","data","assoc_time"}</c>.</summary>
    public static bool Items(string text, out IReadOnlyList<Item> value)
    {
        value = null!;
        if (!JsonReaders.Maps(text, out var maps))
            return false;

        var items = new List<Item>(maps.Count);
        foreach (var map in maps)
        {
            if (!TryItem(map, out var item))
                return false;

            items.Add(item);
        }

        value = items;
        return true;
    }

    private static bool TryItem(IReadOnlyDictionary<string, DataValue?> map, out Item item)
    {
        item = null!;
        DateTimeOffset? time = null;
        if (!map.Keys.All(name => name is "name" or "obj_id1" or "obj_id2" or "data" or "assoc_time")
            || !Readers.Id(TextOf("obj_id1") ?? "", out var first)
            || !Readers.Id(TextOf("obj_id2") ?? "", out var second)
            || (TextOf("assoc_time") is { } seconds && !Readers.Time(seconds, out time)))
            return false;

        item = new Item(TextOf("name"), first, second, TextOf("data"), time);
        return true;

        string? TextOf(string name) => map.GetValueOrDefault(name)?.ToString();
    }
}
