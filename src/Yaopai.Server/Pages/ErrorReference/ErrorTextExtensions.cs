using Yaopai.Errors;

namespace Yaopai.Server.Pages.ErrorReference;

/// <summary>The catalogue's texts in the language of a page.</summary>
internal static class ErrorTextExtensions
{
    public static string In(this ErrorSurface surface, Language language) => language == Language.Chinese ? surface.Zh : surface.En;

    public static ListedText TextIn(this ErrorDefinition error, Language language) =>
        ListedText.Of(language == Language.Chinese ? error.Zh : error.En);

    public static ListedText RemedyIn(this ErrorDefinition error, Language language) =>
        ListedText.Of(language == Language.Chinese ? error.RemedyZh : error.RemedyEn);
}
