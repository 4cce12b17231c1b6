using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Yaopai.Errors;

namespace Yaopai.Tests.Http;

/// <summary>Every answer that was held against its definition in this run: status, headers and body,
/// but for what is random in them.</summary>
/// <remarks>Of an error the body stands to the letter. Of a success its shape does: which members, in which order, of which type.</remarks>
internal static partial class RecordedWire
{
    private static readonly HashSet<string> s_ofTransport = ["Date", "Content-Length", "Transfer-Encoding", "Connection", "Set-Cookie"];

    private static readonly ConcurrentDictionary<string, bool> s_rows = new();

    public static void Add(ErrorDefinition definition, HttpResponseMessage response, string body)
    {
        var path = response.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/open/oauth/", StringComparison.Ordinal) ? "oauth" : "";
        var isError = response.Headers.Contains("X-Request-Id");
        string[] row =
        [
            definition.Surface, definition.Operation, definition.Name, path, $"{(int)response.StatusCode}", HeadersOf(response),
            isError ? Masked(body) : ShapeOf(body),
        ];
        s_rows[string.Join('\t', row)] = true;
    }

    public static string Write() => string.Concat(s_rows.Keys.Order(StringComparer.Ordinal).Select(row => row + "\n"));

    private static string HeadersOf(HttpResponseMessage response) => string.Join("; ", response.Headers.Concat(response.Content.Headers)
        .Where(header => !s_ofTransport.Contains(header.Key))
        .OrderBy(header => header.Key, StringComparer.Ordinal)
        .Select(header => $"{header.Key}: {ValueOf(header.Key, string.Join(", ", header.Value))}"));

    private static string ValueOf(string name, string value) => name switch
    {
        "X-Request-ID" => "…", // as the client spells it
        "Location" => Parameter().Replace(value[Math.Max(0, value.IndexOfAny(['?', '#']))..], "$1…"), // where to, the test says
        _ => value,
    };

    private static string Masked(string body) => RequestId().Replace(body, "$1…");

    private static string ShapeOf(string body)
    {
        if (body is "" or ['<', ..])
            return "";

        using var json = JsonDocument.Parse(body);
        return ShapeOf(json.RootElement);
    }

    private static string ShapeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(ShapeOf))}}}",
        JsonValueKind.Array => $"[{string.Join('|', value.EnumerateArray().Select(ShapeOf).Distinct())}]",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string ShapeOf(JsonProperty member) => $"{Identifier().Replace(member.Name, "…")}:{ShapeOf(member.Value)}";

    [GeneratedRegex("^[0-9]{12,}$")]
    private static partial Regex Identifier();

    [GeneratedRegex("([?&#](?!error|sub_error|error_code|error_description)[a-z_]+=)[^&]*")]
    private static partial Regex Parameter();

    [GeneratedRegex("(\"(?:request_id|requestId|bind_ticket)\":\"|<(?:request_id|requestId)>)[^\"<]*")]
    private static partial Regex RequestId();
}
