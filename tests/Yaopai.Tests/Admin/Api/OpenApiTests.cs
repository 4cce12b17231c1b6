using System.Text.Json;
using Yaopai.Server.Admin.Api;

namespace Yaopai.Tests.Admin.Api;

/// <summary>The document says what the API does.</summary>
public sealed class OpenApiTests(AdminApiFixture fixture) : IClassFixture<AdminApiFixture>
{
    public static TheoryData<string> Operations { get; } = [.. AdminTour.Calls.Keys];

    [Fact]
    public async Task The_document_has_each_operation_that_is_routed_and_no_other()
    {
        var document = await DocumentAsync();

        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        Assert.Equal(
            fixture.Server.Get<AdminRoutes>().Operations.Select(operation => $"{operation.Method} /admin/v1{operation.Path}").Order(),
            (from path in document.GetProperty("paths").EnumerateObject()
             from method in path.Value.EnumerateObject()
             select $"{method.Name.ToUpperInvariant()} {path.Name}").Order());
    }

    [Fact]
    public void Each_operation_has_a_good_call_here_and_an_id_and_a_place_of_its_own()
    {
        var operations = fixture.Server.Get<AdminRoutes>().Operations;

        Assert.Equal(operations.Select(operation => operation.Id).Order(), AdminTour.Calls.Keys.Order());
        Assert.Equal(operations.Count, operations.Select(operation => $"{operation.Method} {operation.Path}").Distinct().Count());
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task What_is_answered_is_what_the_document_says(string id)
    {
        var document = await DocumentAsync();
        var operation = fixture.Server.Get<AdminRoutes>().Operations.Single(one => one.Id == id);
        var described = document.GetProperty("paths").GetProperty("/admin/v1" + operation.Path)
            .GetProperty(operation.Method.ToLowerInvariant());
        var call = await AdminTour.Calls[id](fixture);

        using var response = await fixture.Owner.SendAsync(operation.Method, call.Path, call.Body, call.Headers);

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        var answer = described.GetProperty("responses").GetProperty($"{(int)response.StatusCode}");
        if (!answer.TryGetProperty("content", out var content))
        {
            Assert.Equal("", text);
            return;
        }

        Assert.Empty(Schema.Faults(
            document, content.GetProperty("application/json").GetProperty("schema"), JsonDocument.Parse(text).RootElement));
        Assert.Equal(answer.TryGetProperty("headers", out _), response.Headers.ETag is not null);
        if (call.Body is not null)
        {
            Assert.Empty(Schema.Faults(
                document,
                described.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"),
                JsonSerializer.SerializeToElement(call.Body)));
        }
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task Refusals_are_those_that_the_document_lists(string id)
    {
        var document = await DocumentAsync();
        var operation = fixture.Server.Get<AdminRoutes>().Operations.Single(one => one.Id == id);
        var responses = document.GetProperty("paths").GetProperty("/admin/v1" + operation.Path)
            .GetProperty(operation.Method.ToLowerInvariant()).GetProperty("responses");
        var missing = string.Join('/', operation.Path.Split('/').Select(segment => segment is ['{', ..] ? "9" : segment));
        AdminCaller[] callers = [fixture.Owner, new(fixture.Server.Http, null), new(fixture.Server.Http, "wrong")];
        (string, object?)[] requests = [(missing, null), (missing + "?x=1", null), (missing, "{"), (missing, new { x = 1 })];
        foreach (var caller in callers)
        {
            foreach (var (path, body) in requests)
            {
                using var response = await caller.SendAsync(operation.Method, path, body);
                if (response.IsSuccessStatusCode)
                    continue;

                var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
                Assert.Empty(Schema.Faults(
                    document, document.GetProperty("components").GetProperty("schemas").GetProperty("Problem"), problem));
                var listed = responses.TryGetProperty($"{(int)response.StatusCode}", out var those)
                    ? those.GetProperty("description").GetString()!
                    : "";
                Assert.Contains(problem.GetProperty("code").GetString()!, listed, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_schema_that_does_not_fit_is_noticed()
    {
        var schema = JsonDocument.Parse(
            """
            {"type":"object","properties":{"a":{"type":"string","enum":["x"]},"b":{"type":["integer","null"]}},
             "required":["a","b"],"additionalProperties":false}
            """).RootElement;

        Assert.Empty(Faults("""{"a":"x","b":null}"""));
        Assert.NotEmpty(Faults("""{"a":"x"}"""));
        Assert.NotEmpty(Faults("""{"a":"y","b":1}"""));
        Assert.NotEmpty(Faults("""{"a":"x","b":"1"}"""));
        Assert.NotEmpty(Faults("""{"a":"x","b":1,"c":2}"""));

        IEnumerable<string> Faults(string json) => Schema.Faults(schema, schema, JsonDocument.Parse(json).RootElement);
    }

    private async Task<JsonElement> DocumentAsync() => JsonDocument.Parse(
        await fixture.Server.Http.GetStringAsync("/admin/openapi.json")).RootElement;
}

/// <summary>As much of JSON Schema as the document uses.</summary>
internal static class Schema
{
    public static IEnumerable<string> Faults(JsonElement document, JsonElement schema, JsonElement value, string at = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node.GetProperty(name));
        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value)))
            return [$"{at}: {value.ValueKind} is no {type}"];
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => $"{word}" == $"{value}"))
            return [$"{at}: {value} is none of {words}"];

        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(document, schema, value, at),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().SelectMany((item, index) => Faults(document, items, item, $"{at}[{index}]")),
            _ => [],
        };
    }

    private static IEnumerable<string> OfObject(JsonElement document, JsonElement schema, JsonElement value, string at)
    {
        if (!schema.TryGetProperty("properties", out var properties))
            return [];

        return
        [
            .. from name in schema.GetProperty("required").EnumerateArray()
               where !value.TryGetProperty(name.GetString()!, out _)
               select $"{at}: {name} is missing",
            .. value.EnumerateObject().SelectMany(member => properties.TryGetProperty(member.Name, out var inner)
                ? Faults(document, inner, member.Value, $"{at}.{member.Name}")
                : [$"{at}: {member.Name} is not in the schema"]),
        ];
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Null => "null",
        _ => "object",
    };
}
