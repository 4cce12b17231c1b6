using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Yaopai.Errors;

namespace Yaopai.Tests.Http;

/// <summary>Every answer that was held against its definition in this run: status, headers and body,
/// but for what is random in them.</summary>
/// <remarks>Of an error the body stands to the letter. Of a success its shape does: which members, in which order, of which type.
/// What stands in a list has rows of its own: which items meet in one answer depends on the order of the tests.</remarks>
internal static partial class RecordedWire
{
    /// <summary>Of the connection, of the browser, and of the sandbox alone.</summary>
    private static readonly HashSet<string> s_aside =
        ["Date", "Content-Length", "Transfer-Encoding", "Connection", "Set-Cookie", "Yaopai-Explain"];

    private static readonly ConcurrentDictionary<string, bool> s_rows = new();

    public static void Add(ErrorDefinition definition, HttpResponseMessage response, string body)
    {
        var path = response.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/open/oauth/", StringComparison.Ordinal) ? "oauth" : "";
        var isError = response.Headers.Contains("X-Request-Id");
        string[] head =
        [
            definition.Surface, definition.Operation, definition.Name, path, $"{(int)response.StatusCode}", HeadersOf(response),
        ];
        foreach (var shown in isError ? [Masked(body)] : ShapesOf(body))
            s_rows[string.Join('\t', [.. head, shown])] = true;
    }

    public static string Write() => string.Concat(s_rows.Keys.Order(StringComparer.Ordinal).Select(row => row + "\n"));

    private static string HeadersOf(HttpResponseMessage response) => string.Join("; ", response.Headers.Concat(response.Content.Headers)
        .Where(header => !s_aside.Contains(header.Key))
        .OrderBy(header => header.Key, StringComparer.Ordinal)
        .Select(header => $"{header.Key}: {ValueOf(header.Key, string.Join(", ", header.Value))}"));

    private static string ValueOf(string name, string value) => name switch
    {
        "X-Request-ID" => "…", // as the client spells it
        "Location" => Parameter().Replace(value[Math.Max(0, value.IndexOfAny(['?', '#']))..], "$1…"), // where to, the test says
        "Cache-Control" => MaxAge().Replace(value, "…"), // until the next turn of the keys
        _ => value,
    };

    private static string Masked(string body) => RequestId().Replace(body, "$1…");

    private static string[] ShapesOf(string body)
    {
        if (body is "" or ['<', ..])
            return [""];

        using var json = JsonDocument.Parse(body);
        return [.. ShapesOf(json.RootElement, "")];
    }

    private static IEnumerable<string> ShapesOf(JsonElement value, string path) =>
        ItemsIn(value, path).SelectMany(item => ShapesOf(item.Value, item.Path)).Prepend($"{path} {ShapeOf(value)}".TrimStart());

    private static string ShapeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object =>
            $"{{{string.Join(',', value.EnumerateObject().Select(member => $"{NameOf(member)}:{ShapeOf(member.Value)}"))}}}",
        JsonValueKind.Array => "[]",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static IEnumerable<(string Path, JsonElement Value)> ItemsIn(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => ItemsIn(member.Value, $"{path}.{NameOf(member)}")),
        JsonValueKind.Array => value.EnumerateArray().Select(item => ($"{path}[]", item)),
        _ => [],
    };

    private static string NameOf(JsonProperty member) => Identifier().Replace(member.Name, "…");

    [GeneratedRegex("(?<=max-age=)[0-9]+")]
    private static partial Regex MaxAge();

    [GeneratedRegex("^[0-9]{12,}$")]
    private static partial Regex Identifier();

    [GeneratedRegex("([?&#](?!error|sub_error|error_code|error_description)[a-z_]+=)[^&]*")]
    private static partial Regex Parameter();

    [GeneratedRegex("(\"(?:request_id|requestId|bind_ticket)\":\"|<(?:request_id|requestId)>)[^\"<]*")]
    private static partial Regex RequestId();
}
