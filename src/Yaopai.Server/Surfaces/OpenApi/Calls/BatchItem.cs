using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys.Jose;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>One call of a batch: the operation and its parameters, or why there is none.</summary>
internal sealed record BatchItem(IOperation? Operation, string Path, Parameters Parameters, ErrorDefinition? Error = null)
{
    private static readonly JsonDocumentOptions s_json = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The items of a list; null when it is none.</summary>
    public static IReadOnlyList<BatchItem>? ReadAll(string json, Func<JsonElement, BatchItem> read)
    {
        try
        {
            using var document = JsonDocument.Parse(StrictJson.WithoutMark(json), s_json);
            return document.RootElement.ValueKind is JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(read)] : null;
        }
        // the second for texts with half a character in them
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>An object that says where and what: <c>{"domain","path","params","http_method"}</c>.
    /// Another server's methods are none of ours.</summary>
    public static BatchItem AtPath(JsonElement item, Func<string, IOperation?> find, Func<string, bool> isHere)
    {
        if (item.ValueKind is not JsonValueKind.Object || !TryText(item, "path", out var path) || !TryText(item, "domain", out var domain)
            || !TryText(item, "http_method", out var verb) || !TryParameters(item, out var parameters))
            return Wrong(E.ParameterMalformed);

        var operation = domain is "" || isHere(domain) ? find(path) : null;
        return operation is null || !(verb is "" || operation.Methods.Contains(verb.ToUpperInvariant()))
            ? Wrong(E.MethodUnknown)
            : new BatchItem(operation, path, parameters);
    }

    /// <summary>A query that names its method: what the old dispatcher takes.</summary>
    public static BatchItem Named(JsonElement item, Func<string, IOperation?> find)
    {
        if (item.ValueKind is not JsonValueKind.String
            || !Parameters.TryRead("?" + item.GetString(), out var parameters, OpenApiParameters.Names))
            return Wrong(E.ParameterMalformed);

        return find(parameters["method"]) is { } operation && operation.Name is not nameof(BatchRun)
            ? new BatchItem(operation, RestServer.Path, parameters)
            : Wrong(E.MethodUnknown);
    }

    private static BatchItem Wrong(ErrorDefinition error) => new(null, "", Parameters.None, error);

    private static bool TryText(JsonElement item, string name, out string text)
    {
        text = "";
        if (!item.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
            return true;

        text = value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
        return value.ValueKind is JsonValueKind.String;
    }

    /// <summary>An object, or a query.</summary>
    private static bool TryParameters(JsonElement item, out Parameters parameters)
    {
        parameters = Parameters.None;
        if (!item.TryGetProperty("params", out var given) || given.ValueKind is JsonValueKind.Null)
            return true;

        if (given.ValueKind is JsonValueKind.String)
            return Parameters.TryRead("?" + given.GetString(), out parameters, OpenApiParameters.Names);

        if (given.ValueKind is not JsonValueKind.Object || !given.EnumerateObject().All(parameter => IsValue(parameter.Value)))
            return false;

        parameters = Parameters.Of(
            given.EnumerateObject().Select(parameter => KeyValuePair.Create(parameter.Name, TextOf(parameter.Value))));
        // as in a query or a form
        return !parameters.Items.Any(parameter => parameter.Key.Contains('\0') || parameter.Value.Contains('\0'));
    }

    private static bool IsValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Undefined => false,
        JsonValueKind.Array => value.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String or JsonValueKind.Number),
        _ => true,
    };

    /// <summary>As a client would write it into a form: a list with commas.</summary>
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(one => one.ToString())),
        JsonValueKind.Null => "",
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => value.ToString(),
    };
}
