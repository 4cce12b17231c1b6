using Yaopai.Errors;

namespace Yaopai.Tests.Errors;

public sealed class ListedTextTests
{
    public static TheoryData<string, string, string, string[]> Texts => new()
    {
        { "It is over.",                         "It is over.",     "",                   [] },
        { "a; b",                                "a; b",            "",                   [] },
        { "Look. ; Ask.",                        "",                "",                   ["Look.", "Ask."] },
        { "Values: ; a ; b",                     "",                "Values:",            ["a", "b"] },
        { "It ended. Possible causes: ; a ; b",  "It ended.",       "Possible causes:",   ["a", "b"] },
        { "会话失效。 可能原因： ; 甲 ; 乙",       "会话失效。",       "可能原因：",          ["甲", "乙"] },
        { "Fits ^[0-9.:]+$. It occurs when: ; a", "Fits ^[0-9.:]+$.", "It occurs when:",   ["a"] },
    };

    [Theory, MemberData(nameof(Texts))]
    public void N13_sentences_stand_before_their_list(string text, string lead, string introduction, string[] items)
    {
        var listed = ListedText.Of(text);

        Assert.Equal((lead, introduction), (listed.Lead, listed.Introduction));
        Assert.Equal(items, listed.Items);
    }

    [Fact]
    public void N13_no_text_of_the_catalogue_shows_a_mark_where_people_read_it() => Assert.All(
        ErrorCatalogue.All.SelectMany(error => new[] { error.Zh, error.En, error.RemedyZh, error.RemedyEn }),
        text =>
        {
            Assert.DoesNotContain(" ; ", ListedText.Of(text).ToLines(), StringComparison.Ordinal);
            Assert.NotEqual("", ListedText.Of(text).Headline);
        });
}
