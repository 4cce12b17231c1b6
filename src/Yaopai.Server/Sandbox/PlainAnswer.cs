using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox;

/// <summary>One value of an answer as it is, for a shell that reads no JSON: <c>?plain=refresh_token</c>. Without a name, or with
/// <c>Accept: text/plain</c>, it is the first value.</summary>
internal static class PlainAnswer
{
    public const string Parameter = "plain";

    /// <summary>The name of the value that is asked for; null where the whole answer is.</summary>
    public static string? AskedFor(HttpRequest request) => request.Query.TryGetValue(Parameter, out var name)
        ? name.ToString()
        : request.Headers.Accept == MediaTypeNames.Text.Plain ? "" : null;

    /// <param name="name">Members are separated by dots, and an item of a list is its place: <c>apps.0.client_id</c>.</param>
    public static (string? Text, Problem? Problem) Of(object answer, string name)
    {
        var whole = JsonSerializer.SerializeToNode(answer, SandboxJson.Options);
        var found = name is "" ? First(whole) : name.Split('.').Aggregate(whole, Member);
        return found is JsonValue value
            ? (value.ToString(), null)
            : (null, Problem.Invalid(
                $"{Parameter}: the answer has no value \"{name}\"; its members are {string.Join(", ", Names(whole))}."));
    }

    private static JsonNode? Member(JsonNode? node, string name) => node switch
    {
        JsonObject members => members[name],
        JsonArray items => int.TryParse(name, out var at) && at >= 0 && at < items.Count ? items[at] : null,
        _ => null,
    };

    private static JsonNode? First(JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } members => First(members.GetAt(0).Value),
        JsonArray { Count: > 0 } items => First(items[0]),
        _ => node,
    };

    private static IEnumerable<string> Names(JsonNode? node) => node is JsonObject members ? members.Select(member => member.Key) : [];
}
