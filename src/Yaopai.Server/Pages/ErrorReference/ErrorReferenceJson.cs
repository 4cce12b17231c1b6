using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Pages.ErrorReference;

/// <summary>What the pages say, for programs: the field names are stable.</summary>
internal static class ErrorReferenceJson
{
    public static byte[] Write(ErrorList list) => Json.Write(list, static (json, list) =>
    {
        json.WriteStartArray("surfaces");
        foreach (var surface in ErrorCatalogue.Surfaces)
        {
            json.WriteStartObject();
            json.WriteString("slug", surface.Slug);
            json.WriteString("surface", surface.Name);
            json.WriteString("zh", surface.Zh);
            json.WriteString("en", surface.En);
            json.WriteNumber("count", list.CountOn(surface));
            json.WriteString("page", ErrorList.Address(surface));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Errors(json, [.. list.Found]);
    });

    public static byte[] Write(IReadOnlyList<ErrorDefinition> errors) => Json.Write(errors, Errors);

    public static byte[] Write(MissingError missing) => Json.Write(missing, static (json, missing) =>
    {
        Problem(json, StatusCodes.Status404NotFound, missing.Surface is null
            ? $"There is no surface {missing.Slug}; there are {string.Join(", ", ErrorCatalogue.Surfaces)}."
            : $"{missing.Surface.En} has no error {missing.Number}.");
        json.WriteStartArray("near");
        foreach (var error in missing.Near)
            Error(json, error);
        json.WriteEndArray();
    });

    public static byte[] TooLong(ErrorList list) => Json.Write(list, static (json, list) => Problem(
        json, StatusCodes.Status400BadRequest, $"q has {list.Search.Length} characters; the most is {ErrorList.LongestSearch}."));

    private static void Problem(Utf8JsonWriter json, int status, string detail)
    {
        json.WriteString("title", status is StatusCodes.Status404NotFound ? "Not Found" : "Bad Request");
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
    }

    private static void Errors(Utf8JsonWriter json, IReadOnlyList<ErrorDefinition> errors)
    {
        json.WriteNumber("count", errors.Count);
        json.WriteStartArray("errors");
        foreach (var error in errors)
            Error(json, error);
        json.WriteEndArray();
    }

    private static void Error(Utf8JsonWriter json, ErrorDefinition error)
    {
        json.WriteStartObject();
        json.WriteString("surface", error.Surface);
        json.WriteString("operation", error.Operation);
        json.WriteString("name", error.Name);
        json.WriteString("channel", error.Channel);
        json.WriteString("parent", error.Parent);
        json.WriteString("code", error.Code);
        json.WriteString("number", error.Number);
        json.WriteNumber("http", error.Http);
        json.WriteString("zh", error.Zh);
        json.WriteString("en", error.En);
        json.WriteString("remedy_zh", error.RemedyZh);
        json.WriteString("remedy_en", error.RemedyEn);
        json.WriteString("retry", error.Retry.ToString().ToLowerInvariant());
        json.WriteString("audience", error.Audience.ToString().ToLowerInvariant());
        json.WriteBoolean("beyond", error.Beyond);
        json.WriteString("page", ErrorCatalogue.PageOf(error));
        json.WriteEndObject();
    }
}
