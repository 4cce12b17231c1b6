using System.CommandLine;
using System.Text;
using Yaopai.Errors;
using Yaopai.Server.Gateway.Recipes;

namespace Yaopai.Server.Admin;

/// <summary><c>explain CODE</c>: what an error means and what to do about it, without network, settings or database.</summary>
internal static class ExplainVerb
{
    private const int MostNear = 10;
    private const int Far = 3;

    public static Command Command(Shell shell)
    {
        var code = new Argument<string>("code")
        {
            Description = "20155, 1101/20155, http/503, NSP_STATUS/6, 2-08-001, or a name: CodeExpired.",
        };
        var surface = Inputs.Surface();
        var file = ErrorTables.File();
        var language = new Option<string>("--lang")
        {
            Description = "The language of the explanation.",
            DefaultValueFactory = _ => "both",
        }.AcceptOnlyFromAmong("zh", "en", "both");

        return Inputs.Exclude(
            Shell.Offline("explain", "Explains what an error code means and what to do about it. Needs no server and no database.",
                [code, surface, file, language],
                async (result, _) =>
                {
                    var wanted = result.GetRequiredValue(code);
                    var slug = result.GetValue(surface);
                    var all = slug is null ? ErrorTables.ErrorsOf(result.GetValue(file)) : ErrorCatalogue.FindSurface(slug)!.Errors;
                    var found = Find(all, wanted);
                    if (found.Count == 0)
                        throw Unknown(all, slug, wanted);

                    var spoken = Enum.Parse<ExplanationLanguage>(result.GetRequiredValue(language), ignoreCase: true);
                    await shell.Out.WriteAsync(string.Join('\n', found.Select(error => Explanation(error, spoken))));
                    return ExitCode.Done;
                }), surface, file);
    }

    private static string Explanation(ErrorDefinition error, ExplanationLanguage language)
    {
        var explanation = ErrorExplanation.Of(error, language);
        return RecipeBook.All.Find(error)?.At($"http://127.0.0.1:{YaopaiServer.DefaultPort}") is { } recipe
            ? $"{explanation}{Provoking(recipe, language)}"
            : explanation;
    }

    /// <summary>The lines are there to be copied: each stands at the edge, whole.</summary>
    private static string Provoking(Recipe recipe, ExplanationLanguage language)
    {
        var (zh, en) = (language is not ExplanationLanguage.En, language is not ExplanationLanguage.Zh);
        var text = new StringBuilder();
        var (no, none) = recipe.Real is null ? ("没有请求能触发：", "No request earns it: ") : ("", "");
        text.Append(zh ? $"\n  触发：{no}{recipe.CauseZh}" : "").Append(en ? $"\n  Provoke:  {none}{recipe.CauseEn}" : "").Append('\n');
        if (recipe.Real is { } real)
            text.Append($"{real}\n");

        if (recipe.Forced is { } forced)
            text.Append(zh ? "\n  强制返回：" : "").Append(en ? "\n  By force:" : "").Append($"\n{forced}\n");

        return text.ToString();
    }

    private static IReadOnlyList<ErrorDefinition> Find(IReadOnlyList<ErrorDefinition> all, string wanted) =>
        ErrorCatalogue.FindIn(all, wanted) is { Count: > 0 } found
            ? found
            : [.. all.Where(error => error.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))];

    private static CommandException Unknown(IReadOnlyList<ErrorDefinition> all, string? slug, string wanted)
    {
        var near = Near(all, wanted).ToList();
        var unknown = $"No error {(slug is null ? "" : $"of {slug} ")}has the code {Table.Printable(wanted)}.";
        return new(
            OperatorErrors.Catalogue.ErrorUnknown, near.Count == 0 ? unknown : $"{unknown} Similar errors:\n\n{ErrorsVerbs.Listed(near)}");
    }

    private static IEnumerable<ErrorDefinition> Near(IReadOnlyList<ErrorDefinition> all, string wanted)
    {
        var contain = wanted.Length < 2 ? [] : ErrorCatalogue.SearchIn(all, wanted);
        var alike = from error in all
                    let distance = Math.Min(Spelling.Distance(error.Code, wanted), Spelling.Distance(error.Number, wanted))
                    where distance < Far && distance < wanted.Length
                    orderby distance
                    select error;
        return contain.Concat(alike).Distinct().Take(MostNear);
    }
}
