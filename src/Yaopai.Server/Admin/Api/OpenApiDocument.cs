using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yaopai.Errors;
using Yaopai.Server.Administration;
using E = Yaopai.Errors.OperatorErrors.AdminApi;

namespace Yaopai.Server.Admin.Api;

/// <summary>The admin API as OpenAPI 3.1, made of the table from which it is routed; with the first who asks.</summary>
internal sealed class OpenApiDocument(AdminRoutes routes)
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>What every operation may refuse.</summary>
    private static readonly ErrorDefinition[] s_everywhere =
    [
        E.KeyMissing, E.KeyRefused, E.AttemptsExceeded, E.RoleInsufficient, E.NetworkRefused, E.ParametersRefused,
        E.BodyTypeRefused, E.BodyTooLarge, E.BodyUnreadable, E.MembersRefused, E.Unexpected,
    ];

    private static readonly Member[] s_problem =
    [
        new("type",       ValueKind.Text,    "The page of the error."),
        new("title",      ValueKind.Text,    "What the error is."),
        new("status",     ValueKind.Number,  "The HTTP status."),
        new("detail",     ValueKind.Text,    "What is particular about it this time."),
        new("code",       ValueKind.Text,    "The code of the error: 2-12-002."),
        new("remedy",     ValueKind.Text,    "What to do about it."),
        new("request_id", ValueKind.Text,    "By which the log knows the request."),
    ];

    private readonly Lazy<string> _text = new(() => Make(routes.Operations).ToJsonString(s_options) + "\n");

    public string Text => _text.Value;

    private static JsonObject Make(IReadOnlyList<AdminOperation> operations)
    {
        var paths = new JsonObject();
        foreach (var operation in operations)
        {
            var path = AdminRoutes.Base + operation.Path;
            if (paths[path] is not JsonObject item)
                paths[path] = item = [];
            item[operation.Method.ToLowerInvariant()] = Of(operation);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Yaopai admin API",
                ["version"] = "1",
                ["description"] = "Administers the platform. What one can do here, the command line can, and the other way round.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["admin_key"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["admin_key"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "An admin key: ./run.sh admin-key create",
                    },
                },
                ["schemas"] = new JsonObject { ["Problem"] = Problem() },
            },
        };
    }

    private static JsonObject Of(AdminOperation operation)
    {
        var answer = new JsonObject { ["description"] = operation.Status is StatusCodes.Status201Created ? "Created." : "Done." };
        if (SchemaOf(operation) is { } schema)
            answer["content"] = Content("application/json", schema);
        if (operation.Form is AnswerForm.One)
            answer["headers"] = new JsonObject { ["ETag"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } };

        var responses = new JsonObject { [$"{operation.Status}"] = answer };
        foreach (var status in ErrorsOf(operation).GroupBy(error => error.Http).OrderBy(group => group.Key))
        {
            responses[$"{status.Key}"] = new JsonObject
            {
                ["description"] = string.Join(" ", status.Select(error => $"{error.Code}: {error.En}")),
                ["content"] = Content("application/problem+json", new JsonObject { ["$ref"] = "#/components/schemas/Problem" }),
            };
        }

        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(operation.Path.Split('/')[1]),
            ["summary"] = operation.Summary,
            ["x-roles"] = new JsonArray([.. operation.Access.Roles.Select(role => (JsonNode)AdminRoles.NameOf(role))]),
            ["parameters"] = new JsonArray([.. ParametersOf(operation)]),
        };
        if (operation.Body is { } body)
        {
            described["requestBody"] = new JsonObject
            {
                ["required"] = body.Any(member => member.IsRequired),
                ["content"] = Content("application/json", ObjectOf(body, isInput: true)),
            };
        }

        described["responses"] = responses;
        return described;
    }

    private static IEnumerable<ErrorDefinition> ErrorsOf(AdminOperation operation) =>
    [
        .. s_everywhere,
        .. operation.Errors,
        .. operation.Form is AnswerForm.Page ? [E.CursorRefused] : Array.Empty<ErrorDefinition>(),
        .. operation.NeedsVersion ? [E.VersionMissing, E.VersionOutdated] : Array.Empty<ErrorDefinition>(),
        .. operation.Method is "POST" ? [E.RepeatDiffers, E.RepeatUnderWay, E.RepeatKeyMalformed] : Array.Empty<ErrorDefinition>(),
    ];

    private static IEnumerable<JsonNode> ParametersOf(AdminOperation operation)
    {
        foreach (var place in operation.Path.Split('/').Where(segment => segment is ['{', ..]))
            yield return Parameter(place.Trim('{', '}'), "path", isRequired: true, new JsonObject { ["type"] = "string" }, null);
        foreach (var member in operation.Parameters)
            yield return Parameter(member.Name, "query", member.IsRequired, SchemaOf(member, isInput: true), member.Description);
        if (operation.NeedsVersion)
            yield return Parameter("If-Match", "header", isRequired: true, new JsonObject { ["type"] = "string" },
                "The ETag of what was read, or * to change whatever is there.");
        if (operation.Method is "POST")
            yield return Parameter(
                Repeats.Header, "header", isRequired: false, new JsonObject { ["type"] = "string", ["maxLength"] = 255 },
                "The same request under the same key is answered as the first time, for a day.");
    }

    private static JsonObject Parameter(string name, string place, bool isRequired, JsonObject schema, string? description)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["schema"] = schema };
        if (description is not null)
            parameter["description"] = description;
        return parameter;
    }

    private static JsonObject Content(string type, JsonObject schema) =>
        new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject? SchemaOf(AdminOperation operation)
    {
        if (operation.Form is AnswerForm.Nothing)
            return null;

        var one = ObjectOf(operation.Answer, isInput: false);
        return operation.Form switch
        {
            AnswerForm.One or AnswerForm.Plain => one,
            AnswerForm.List => Closed(new JsonObject { ["items"] = ListOf(one) }, "items"),
            _ => Closed(
                new JsonObject
                {
                    ["items"] = ListOf(one),
                    ["next"] = new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = "The next page's cursor." },
                }, "items", "next"),
        };
    }

    private static JsonObject ListOf(JsonObject one) => new() { ["type"] = "array", ["items"] = one };

    private static JsonObject Closed(JsonObject properties, params string[] required) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]),
        ["additionalProperties"] = false,
    };

    /// <summary>Of an answer every member is there, but for a secret, which is shown once.</summary>
    private static JsonObject ObjectOf(IReadOnlyList<Member> members, bool isInput)
    {
        var properties = new JsonObject();
        foreach (var member in members)
            properties[member.Name] = SchemaOf(member, isInput);
        return Closed(
            properties, [.. members.Where(member => isInput ? member.IsRequired : !member.IsSecret).Select(member => member.Name)]);
    }

    private static JsonObject SchemaOf(Member member, bool isInput)
    {
        var schema = new JsonObject { ["description"] = member.Description };
        if (member.Kind is ValueKind.Any)
            return schema;

        var type = member.Kind switch
        {
            ValueKind.Number => "integer",
            ValueKind.Flag => "boolean",
            ValueKind.Texts or ValueKind.Objects => "array",
            _ => "string",
        };
        schema["type"] = member.IsNullable ? new JsonArray(type, "null") : type;
        var words = member.Words is { } known ? new JsonArray([.. known.Select(word => (JsonNode)word)]) : null;
        switch (member.Kind)
        {
            case ValueKind.Text:
                if (words is not null)
                    schema["enum"] = WithNull(words, member);
                else if (isInput)
                    schema["maxLength"] = member.Longest;
                break;
            case ValueKind.Instant:
                schema["format"] = "date-time";
                break;
            case ValueKind.Number when isInput:
                schema["minimum"] = member.Least;
                if (member.Most < long.MaxValue)
                    schema["maximum"] = member.Most;
                break;
            case ValueKind.Texts:
                var item = new JsonObject { ["type"] = "string" };
                if (words is not null)
                    item["enum"] = words;
                else if (isInput)
                    item["maxLength"] = member.Longest;
                schema["items"] = item;
                if (isInput)
                    schema["maxItems"] = Math.Min(member.Most, Member.MostItems);
                break;
            case ValueKind.Objects:
                schema["items"] = ObjectOf(member.Members!, isInput);
                break;
        }

        return schema;
    }

    private static JsonArray WithNull(JsonArray words, Member member)
    {
        if (member.IsNullable)
            words.Add(null);
        return words;
    }

    private static JsonObject Problem()
    {
        var problem = ObjectOf(s_problem, isInput: false);
        problem["properties"]!["errors"] = new JsonObject
        {
            ["type"] = "array",
            ["description"] = "Each member or parameter that is wrong.",
            ["items"] = Closed(
                new JsonObject
                {
                    ["pointer"] = new JsonObject { ["type"] = "string" },
                    ["detail"] = new JsonObject { ["type"] = "string" },
                }, "pointer", "detail"),
        };
        return problem;
    }
}
