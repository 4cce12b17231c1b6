using System.Text.Json;
using System.Text.Json.Serialization;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Storage.Sql;

/// <summary>Lists as they are kept in one column.</summary>
internal static class Json
{
    public static string Of(IReadOnlyList<string> list) => JsonSerializer.Serialize(list, JsonLists.Default.IReadOnlyListString);

    public static string Of(IReadOnlyList<byte[]> list) => JsonSerializer.Serialize(list, JsonLists.Default.IReadOnlyListByteArray);

    public static string Of(IReadOnlyList<ServiceAccount> list) =>
        JsonSerializer.Serialize(list, JsonLists.Default.IReadOnlyListServiceAccount);

    public static string Of(IReadOnlyDictionary<string, string> texts) =>
        JsonSerializer.Serialize(texts, JsonLists.Default.IReadOnlyDictionaryStringString);

    public static IReadOnlyDictionary<string, string> Texts(string json) =>
        JsonSerializer.Deserialize(json, JsonLists.Default.IReadOnlyDictionaryStringString)!;

    public static IReadOnlyList<string> Strings(string json) => JsonSerializer.Deserialize(json, JsonLists.Default.IReadOnlyListString)!;

    public static IReadOnlyList<byte[]> Blobs(string json) => JsonSerializer.Deserialize(json, JsonLists.Default.IReadOnlyListByteArray)!;

    public static IReadOnlyList<ServiceAccount> ServiceAccounts(string json) =>
        JsonSerializer.Deserialize(json, JsonLists.Default.IReadOnlyListServiceAccount)!;
}

[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<byte[]>))]
[JsonSerializable(typeof(IReadOnlyList<ServiceAccount>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class JsonLists : JsonSerializerContext;
