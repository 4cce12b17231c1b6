using System.Text;
using Yaopai.Server.Messages;

namespace Yaopai.Tests.Messages;

public sealed class BilingualTests
{
    [Theory]
    [InlineData("plain", "plain", "plain")]
    [InlineData("", "", "")]
    [InlineData("""{"CN":"你好","EN":"Hello"}""", "你好", "Hello")]
    [InlineData("""{"EN":"Hello"}""", "Hello", "Hello")]
    [InlineData("""{"CN":"你好"}""", "你好", "你好")]
    [InlineData("""{"DE":"Hallo"}""", """{"DE":"Hallo"}""", """{"DE":"Hallo"}""")]
    [InlineData("""{"CN":7}""", """{"CN":7}""", """{"CN":7}""")]
    [InlineData("{not JSON", "{not JSON", "{not JSON")]
    public void A_text_is_in_two_languages_or_says_the_same_in_both(string text, string zh, string en) =>
        Assert.Equal(new Bilingual(zh, en), Bilingual.Parse(text));

    [Theory]
    [InlineData("a\0b")]
    [InlineData("""{"CN":"\u0000","EN":"x"}""")]
    [InlineData("""{"CN":"\ud800","EN":"x"}""")]
    public void What_no_database_keeps_is_no_text(string text) => Assert.Null(Bilingual.Parse(text));

    [Fact]
    public void Half_a_character_is_no_text() => Assert.Null(Bilingual.Parse("half " + '\ud800'));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abcd")]
    [InlineData("中文字", 6, "中文")]
    [InlineData("中文字", 8, "中文")]
    [InlineData("a😀b", 4, "a")]
    [InlineData("a😀b", 5, "a😀")]
    [InlineData("é", 1, "")]
    public void A_long_text_is_cut_between_characters(string text, int bytes, string expected)
    {
        var cut = new Bilingual(text, "").Truncated(bytes).Zh;

        Assert.Equal(expected, cut);
        Assert.InRange(Encoding.UTF8.GetByteCount(cut), 0, bytes);
    }
}
