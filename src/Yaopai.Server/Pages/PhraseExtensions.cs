using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages;

internal static class PhraseExtensions
{
    public static string In(this Phrase phrase, Language language) => language == Language.Chinese ? phrase.Zh : phrase.En;

    public static string In(this Phrase phrase, Language language, params object[] values) => string.Format(phrase.In(language), values);
}
