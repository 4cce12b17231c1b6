using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Yaopai.Tests.Containers;

/// <summary>compose.yaml at the root: merged (<c>&lt;&lt;</c>), and with its variables as nobody has set them.</summary>
internal static partial class ComposeFile
{
    private const string Image = "yaopai";

    private static readonly JsonObject s_root = Read();

    public static JsonObject Services => s_root["services"]!.AsObject();

    public static JsonObject Volumes => s_root["volumes"]!.AsObject();

    /// <summary>Those that run our image.</summary>
    public static IEnumerable<string> OfServer => from service in Services where $"{service.Value!["image"]}" is Image select service.Key;

    /// <summary>Variables of a service, over those of the image.</summary>
    public static Dictionary<string, string> EnvironmentOf(string service)
    {
        var environment = new Dictionary<string, string>(Containerfile.Environment);
        foreach (var (name, value) in Services[service]!["environment"]!.AsObject())
            environment[name] = $"{value}";
        return environment;
    }

    private static JsonObject Read()
    {
        using var file = File.OpenText(Path.Combine(Repository.Root, "compose.yaml"));
        var yaml = new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(file)))!;
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(yaml);
        return Interpolate(JsonNode.Parse(json)!)!.AsObject();
    }

    private static JsonNode? Interpolate(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Interpolate(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Interpolate)]),
        JsonValue value when value.TryGetValue(out string? text) => Variable.Replace(text, match => match.Groups["default"].Value),
        _ => node?.DeepClone(),
    };

    /// <summary>A variable with its default; two signs stand for one.</summary>
    [GeneratedRegex(@"\$\{\w+:-(?<default>[^}]*)\}|\$(?<default>\$)")]
    private static partial Regex Variable { get; }
}
