using System.Text.RegularExpressions;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Recipes;

namespace Yaopai.Server.Pages.ErrorReference;

/// <summary>The catalogue for everybody: GET /errors, /errors/{surface}, /errors/{surface}/{code}, as pages and as JSON.</summary>
internal static partial class ErrorReferenceRoutes
{
    private const string JsonSuffix = ".json";
    private const string JsonType = "application/json";
    private const string ProblemType = "application/problem+json";

    public static void MapErrorReference(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPage("/errors", context => ListAsync(context, null, WantsJson(context)));
        endpoints.MapPage("/errors.json", context => ListAsync(context, null, json: true));
        endpoints.MapPage("/errors/{surface}", SurfaceAsync);
        endpoints.MapPage("/errors/{surface}/{**code}", CodeAsync);
    }

    private static Task SurfaceAsync(HttpContext context)
    {
        var json = WantsJson(context);
        var slug = WithoutSuffix(RouteValue(context, "surface"), ref json, out var suffix);

        if (FindSurface(slug) is not { } surface)
            return MissingAsync(context, new MissingError(null, slug, ""), json);
        if (surface.Slug != slug)
            return Redirect(context, $"/errors/{surface.Slug}{suffix}");
        return ListAsync(context, surface, json);
    }

    private static Task ListAsync(HttpContext context, ErrorSurface? surface, bool json)
    {
        var query = context.Request.Query;
        var asked = query["surface"].FirstOrDefault() ?? "";
        if (surface is null && asked is not "" && (surface = FindSurface(asked)) is null)
            return MissingAsync(context, new MissingError(null, asked, ""), json);

        var search = (query["q"].FirstOrDefault() ?? "").Trim();
        var list = new ErrorList(search, surface, query["operation"].FirstOrDefault() ?? "");
        if (list.IsTooLong)
        {
            context.Response.Headers.CacheControl = "no-cache";
            return json
                ? WriteJsonAsync(context, ErrorReferenceJson.TooLong(list), StatusCodes.Status400BadRequest, ProblemType)
                : context.WritePageAsync<ErrorListPage, ErrorList>(list, StatusCodes.Status400BadRequest);
        }

        if (IsUnchanged(context, json))
            return Task.CompletedTask;
        return json
            ? WriteJsonAsync(context, ErrorReferenceJson.Write(list, Prefix(context)))
            : context.WritePageAsync<ErrorListPage, ErrorList>(list);
    }

    private static Task CodeAsync(HttpContext context)
    {
        var json = WantsJson(context);
        // A slash that was escaped stays escaped in a route.
        var asked = RouteValue(context, "code").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var number = WithoutSuffix(asked, ref json, out var suffix);
        var slug = RouteValue(context, "surface");

        if (FindSurface(slug) is not { } surface)
            return MissingAsync(context, new MissingError(null, slug, number), json);
        if (ErrorCatalogue.Find(surface.Slug, number) is not [var first, ..] errors)
            return MissingAsync(context, new MissingError(surface, slug, number), json);

        var recipes = RecipesOf(context, errors);
        var model = new ErrorNumber(surface, first.Code, errors) { Recipes = recipes };
        if (model.AddressAs(number) is var address && address != $"/errors/{slug}/{ErrorNumber.Escape(number)}")
            return Redirect(context, address + suffix);
        if (recipes.Count == 0 ? IsUnchanged(context, json) : IsUnchangedWithRecipes(context, json))
            return Task.CompletedTask;
        return json
            ? WriteJsonAsync(context, ErrorReferenceJson.Write(errors, Prefix(context), recipes))
            : context.WritePageAsync<ErrorNumberPage, ErrorNumber>(model);
    }

    /// <summary>As lines that reach this server under the address that the reader has used. None where the sandbox is off, or where
    /// the name of the host would be more than a name to a shell.</summary>
    private static Dictionary<ErrorDefinition, Recipe> RecipesOf(HttpContext context, IReadOnlyList<ErrorDefinition> errors)
    {
        var address = PublicAddress.OriginOf(context.Request) + Prefix(context);
        return context.RequestServices.GetService<RecipeBook>() is { } book && ShellPlain.IsMatch(address)
            ? errors.Select(book.Find).OfType<Recipe>().ToDictionary(recipe => recipe.Error, recipe => recipe.At(address))
            : [];
    }

    private static Task MissingAsync(HttpContext context, MissingError missing, bool json)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return json
            ? WriteJsonAsync(context, ErrorReferenceJson.Write(missing, Prefix(context)), StatusCodes.Status404NotFound, ProblemType)
            : context.WritePageAsync<ErrorMissingPage, MissingError>(missing, StatusCodes.Status404NotFound);
    }

    private static Task Redirect(HttpContext context, string address)
    {
        context.Response.Redirect(
            PublicAddress.Of(context.Request, address) + context.Request.QueryString.ToUriComponent(), permanent: true);
        return Task.CompletedTask;
    }

    private static string Prefix(HttpContext context) => context.Request.PathBase.ToUriComponent();

    private static bool WantsJson(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept, Accept-Language, Cookie";
        return Negotiation.PrefersJson(context.Request);
    }

    private static bool IsUnchanged(HttpContext context, bool json, string more = "") =>
        Freshness.IsUnchangedSinceBuild(context, (json ? "json" : Language.Of(context.Request).Tag) + more);

    /// <summary>Another page than without them, and one whose buttons need a script.</summary>
    private static bool IsUnchangedWithRecipes(HttpContext context, bool json)
    {
        PageHeaders.LetScriptsRun(context.Response);
        return IsUnchanged(context, json, "-recipes");
    }

    private static async Task WriteJsonAsync(HttpContext context, byte[] json, int status = StatusCodes.Status200OK, string type = JsonType)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.AccessControlAllowOrigin = "*"; // public, and the same for everybody
        context.Response.ContentType = type;
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    /// <summary>The surface by its slug, or by the name that JSON gives it.</summary>
    private static ErrorSurface? FindSurface(string asked) => ErrorCatalogue.FindSurface(asked) ??
        ErrorCatalogue.Surfaces.FirstOrDefault(surface => surface.Name.Equals(asked, StringComparison.OrdinalIgnoreCase));

    private static string RouteValue(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";

    private static string WithoutSuffix(string last, ref bool json, out string suffix)
    {
        var has = last.EndsWith(JsonSuffix, StringComparison.OrdinalIgnoreCase);
        json |= has;
        suffix = has ? JsonSuffix : "";
        return last[..^suffix.Length];
    }

    [GeneratedRegex(@"^https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?\z")]
    private static partial Regex ShellPlain { get; }
}
