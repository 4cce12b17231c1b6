using System.Text.RegularExpressions;

namespace Yaopai.Tests.Docs;

/// <summary>A page under <c>docs/zh</c> says what the page in English says. The commands of the English ones are run,
/// and those here are the same.</summary>
public sealed partial class TranslationTests
{
    private const string Docs = "docs/";
    private const string Translated = "docs/zh/";

    public static TheoryData<string> Pages { get; } = [.. Document.All.Where(IsTranslated)];

    [Theory, MemberData(nameof(Pages))]
    public void Both_languages_show_the_same_code(string page) => Assert.Equal(Code(InEnglish(page)), Code(page));

    [Theory, MemberData(nameof(Pages))]
    public void Both_languages_have_the_same_headings(string page) => Assert.Equal(
        new Document(InEnglish(page)).Headings().Select(heading => heading.Level),
        new Document(page).Headings().Select(heading => heading.Level));

    [Theory, MemberData(nameof(Pages))]
    public void Both_languages_have_the_same_tables(string page) => Assert.Equal(Rows(InEnglish(page)), Rows(page));

    /// <summary>In any order, because sentences have another one.</summary>
    [Theory, MemberData(nameof(Pages))]
    public void Both_languages_link_to_the_same_places(string page) => Assert.Equal(Places(InEnglish(page)), Places(page));

    [Theory, MemberData(nameof(Pages))]
    public void A_translated_page_links_to_translated_pages(string page) => Assert.Equal(
        [InEnglish(page)],
        new Document(page).Links().Select(link => Document.Resolve(page, link)).Where(HasTranslation));

    private static bool IsTranslated(string page) => page.StartsWith(Translated, StringComparison.Ordinal);

    private static bool HasTranslation(string page) =>
        page.StartsWith(Docs, StringComparison.Ordinal) && Document.All.Contains($"{Translated}{page[Docs.Length..]}");

    private static string InEnglish(string page) => IsTranslated(page) ? $"{Docs}{page[Translated.Length..]}" : page;

    private static IEnumerable<string> Code(string page) =>
        from block in new Document(page).Blocks()
        select $"{block.Language}\n{string.Join('\n', block.Lines)}";

    /// <summary>Of each row the number of its columns, and the code in the first; between tables an empty line.</summary>
    private static IEnumerable<string> Rows(string page) =>
        from table in new Document(page).Tables()
        from row in table.Select(Shape).Append("")
        select row;

    private static string Shape(string row)
    {
        var bars = Bar.Matches(row);
        Assert.True(bars.Count > 1, $"No row of a table: {row}");
        var first = row[(bars[0].Index + 1)..bars[1].Index];
        return $"{bars.Count - 1}: {string.Join(' ', InlineCode.Matches(first))}";
    }

    /// <summary>The page, by its English name, and the number of the heading that the link leads to.</summary>
    private static IEnumerable<string> Places(string page) =>
        (from target in new Document(page).Targets()
         select target.Contains("://", StringComparison.Ordinal) ? target : Place(page, target)).Order(StringComparer.Ordinal);

    private static string Place(string page, string target)
    {
        var parts = target.Split('#');
        var to = parts[0] is "" ? page : Document.Resolve(page, parts[0]);
        if (parts.Length == 1)
            return InEnglish(to);

        var heading = new Document(to).Headings().ToList().FindIndex(one => Anchor(one.Text) == parts[1]);
        Assert.True(heading >= 0, $"{page}: {target} leads to no heading.");
        return $"{InEnglish(to)}#{heading}";
    }

    /// <summary>As GitHub writes it.</summary>
    private static string Anchor(string heading) => NotOfAnchors.Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    /// <summary>A bar that stands in no code.</summary>
    [GeneratedRegex(@"\|(?=(?:[^`]*`[^`]*`)*[^`]*$)")]
    private static partial Regex Bar { get; }

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode { get; }

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex NotOfAnchors { get; }
}
