using System.Collections.Frozen;
using Yaopai.Errors;

namespace Yaopai.Server.Gateway.Recipes;

/// <summary>The recipes of all surfaces. Only registered where the sandbox is, because nothing else answers to their lines.</summary>
internal sealed class RecipeBook
{
    private static readonly Lazy<RecipeBook> s_all = new(() => new RecipeBook());

    private readonly FrozenDictionary<ErrorDefinition, Recipe> _byError;

    private RecipeBook() => _byError = ErrorCatalogue.Surfaces
        .SelectMany(surface => RecipeFile.Of(surface) is { } file ? surface.Errors.Select(file.Find).OfType<Recipe>() : [])
        .ToFrozenDictionary(recipe => recipe.Error);

    public static RecipeBook All => s_all.Value;

    public IEnumerable<Recipe> Recipes => _byError.Values;

    /// <summary>Null where nobody has written one down.</summary>
    public Recipe? Find(ErrorDefinition error) => _byError.GetValueOrDefault(error);
}
