namespace Yaopai.Server.Pages;

/// <summary>One text of a page in every language that the pages speak; <c>{0}</c> stands where a value goes.</summary>
public sealed record Phrase(string Zh, string En)
{
    public string In(Language language) => language == Language.Chinese ? Zh : En;

    public string In(Language language, params object[] values) => string.Format(In(language), values);
}
