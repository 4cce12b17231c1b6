namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>For each method a call that succeeds on what <see cref="DataCaller.PrepareAsync"/> made.</summary>
internal static class GoodDataCalls
{
    public static IReadOnlyDictionary<string, (string Name, string Value)[]> All { get; } = new Dictionary<string, (string, string)[]>
    {
        ["setUserPreference"] = [("pref_id", "7"), ("value", "dark")],
        ["setUserPreferences"] = [("values", """{"1":"a","200":5}"""), ("replace", "0")],
        ["getUserPreference"] = [("pref_id", "7")],
        ["getUserPreferences"] = [],

        ["createObjectType"] = [("name", "fresh")],
        ["dropObjectType"] = [("obj_type", "card")],
        ["renameObjectType"] = [("obj_type", "card"), ("new_name", "label")],
        ["defineObjectProperty"] = [("obj_type", "note"), ("prop_name", "fresh"), ("prop_type", "2")],
        ["undefineObjectProperty"] = [("obj_type", "note"), ("prop_name", "body")],
        ["renameObjectProperty"] = [("obj_type", "note"), ("prop_name", "body"), ("new_name", "text")],
        ["getObjectTypes"] = [],
        ["getObjectType"] = [("obj_type", "note")],

        ["createObject"] = [("obj_type", "note"), ("properties", """{"title":"t","count":"5"}""")],
        ["updateObject"] = [("obj_id", "{note}"), ("properties", """{"title":"t","count":null}"""), ("replace", "true")],
        ["deleteObject"] = [("obj_id", "{note}")],
        ["deleteObjects"] = [("obj_ids", """["{note}",{card}]""")],
        ["getObject"] = [("obj_id", "{note}"), ("prop_names", """["title"]""")],
        ["getObjects"] = [("obj_ids", "{note},{card}"), ("prop_names", "title,count")],
        ["getObjectProperty"] = [("obj_id", "{note}"), ("prop_name", "title")],
        ["setObjectProperty"] = [("obj_id", "{note}"), ("prop_name", "title"), ("prop_value", "t")],

        ["getHashValue"] = [("obj_type", "note"), ("key", "k"), ("prop_name", "title")],
        ["setHashValue"] = [("obj_type", "note"), ("key", "k"), ("value", "v"), ("prop_name", "title")],
        ["incHashValue"] = [("obj_type", "note"), ("key", "k"), ("prop_name", "count"), ("increment", "-2")],
        ["removeHashKey"] = [("obj_type", "note"), ("key", "k")],
        ["removeHashKeys"] = [("obj_type", "note"), ("keys", """["k",7]""")],

        ["defineAssociation"] =
            [("name", "fresh"), ("assoc_type", "3"), ("assoc_info1", """{"alias":"a","object_type":"note"}"""), ("assoc_info2", "{}"),
                ("inverse", "back")],
        ["undefineAssociation"] = [("name", "near")],
        ["renameAssociation"] = [("name", "near"), ("new_name", "close"), ("new_alias1", "one"), ("new_alias2", "two")],
        ["getAssociationDefinition"] = [("name", "near")],
        ["getAssociationDefinitions"] = [],

        ["setAssociation"] = [("name", "owns"), ("obj_id1", "{note}"), ("obj_id2", "{card}"), ("data", "d"), ("assoc_time", "1700000000")],
        ["setAssociations"] =
            [("assocs", """[{"obj_id1":"{note}","obj_id2":{card},"data":"d","assoc_time":1700000000}]"""), ("name", "owns")],
        ["removeAssociation"] = [("name", "owns"), ("obj_id1", "{note}"), ("obj_id2", "{card}")],
        ["removeAssociations"] = [("assocs", """[{"obj_id1":"{note}","obj_id2":"{card}"}]"""), ("name", "owns")],
        ["removeAssociatedObjects"] = [("name", "owns"), ("obj_id", "{note}")],
        ["getAssociatedObjects"] = [("name", "owns"), ("obj_id", "{note}"), ("no_data", "0"), ("page_no", "0"), ("page_size", "1000")],
        ["getAssociatedObjectCount"] = [("name", "owns"), ("obj_id", "{note}")],
        ["getAssociatedObjectCounts"] = [("name", "owns"), ("obj_ids", "[{note}]")],
        ["getAssociations"] = [("obj_id1", "{note}"), ("obj_id2", "{card}"), ("no_data", "false")],
    };

    public static bool IsOfPeople(string method) => method.Contains("UserPreference");
}
