using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Recipes;

namespace Yaopai.Server.Pages.ErrorReference;

/// <summary>What the pages say, for programs: the field names are stable.</summary>
internal static class ErrorReferenceJson
{
    /// <param name="prefix">What stands before every address of this server.</param>
    public static byte[] Write(ErrorList list, string prefix) => Json.Write((list, prefix), static (json, it) =>
    {
        json.WriteStartArray("surfaces");
        foreach (var surface in ErrorCatalogue.Surfaces)
        {
            json.WriteStartObject();
            json.WriteString("slug", surface.Slug);
            json.WriteString("surface", surface.Name);
            json.WriteString("zh", surface.Zh);
            json.WriteString("en", surface.En);
            json.WriteNumber("count", it.list.CountOn(surface));
            json.WriteString("page", it.prefix + ErrorList.Address(surface));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Errors(json, ([.. it.list.Found], it.prefix));
    });

    /// <param name="recipes">How they are provoked, where this server would answer to that.</param>
    public static byte[] Write(
        IReadOnlyList<ErrorDefinition> errors, string prefix, IReadOnlyDictionary<ErrorDefinition, Recipe> recipes) =>
        Json.Write((errors, prefix, recipes), static (json, it) => Errors(json, (it.errors, it.prefix), it.recipes));

    public static byte[] Write(MissingError missing, string prefix) => Json.Write((missing, prefix), static (json, it) =>
    {
        var missing = it.missing;
        Problem(json, StatusCodes.Status404NotFound, missing.Surface is null
            ? $"There is no surface {missing.Slug}; there are {string.Join(", ", ErrorCatalogue.Surfaces)}."
            : $"{missing.Surface.En} has no error {missing.Number}.");
        json.WriteStartArray("near");
        foreach (var error in missing.Near)
            Error(json, error, it.prefix);
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

    private static void Errors(
        Utf8JsonWriter json, (IReadOnlyList<ErrorDefinition> Errors, string Prefix) it,
        IReadOnlyDictionary<ErrorDefinition, Recipe>? recipes = null)
    {
        json.WriteNumber("count", it.Errors.Count);
        json.WriteStartArray("errors");
        foreach (var error in it.Errors)
            Error(json, error, it.Prefix, recipes?.GetValueOrDefault(error));
        json.WriteEndArray();
    }

    private static void Error(Utf8JsonWriter json, ErrorDefinition error, string prefix, Recipe? recipe = null)
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
        json.WriteString("zh", ListedText.Of(error.Zh).ToLines());
        json.WriteString("en", ListedText.Of(error.En).ToLines());
        json.WriteString("remedy_zh", ListedText.Of(error.RemedyZh).ToLines());
        json.WriteString("remedy_en", ListedText.Of(error.RemedyEn).ToLines());
        json.WriteString("retry", error.Retry.ToString().ToLowerInvariant());
        json.WriteString("audience", error.Audience.ToString().ToLowerInvariant());
        json.WriteBoolean("beyond", error.Beyond);
        json.WriteString("page", prefix + ErrorCatalogue.PageOf(error));
        if (recipe is not null)
            Provoke(json, recipe);
        json.WriteEndObject();
    }

    private static void Provoke(Utf8JsonWriter json, Recipe recipe)
    {
        json.WriteStartObject("provoke");
        json.WriteString("cause_zh", recipe.CauseZh);
        json.WriteString("cause_en", recipe.CauseEn);
        json.WriteString("real", recipe.Real);
        json.WriteString("forced", recipe.Forced);
        json.WriteEndObject();
    }
}
