using System.Text;
using Yaopai.Server.Accounts;

namespace Yaopai.Tests.Accounts;

public sealed class NormalFormsTests
{
    /// <summary>The reason why the tables come from a package; the tests run without cultures as the program does.</summary>
    [Fact]
    public void The_framework_normalizes_nothing_here() => Assert.Equal("e\u0301", "e\u0301".Normalize(NormalizationForm.FormC));

    /// <summary>As in UAX #15 and the first part of its NormalizationTest.txt.</summary>
    [Theory]
    [InlineData("", "", "")]
    [InlineData("plain", "plain", "plain")]
    [InlineData("韩梅梅", "韩梅梅", "韩梅梅")]
    [InlineData("e\u0301", "\u00e9", "e\u0301")]
    [InlineData("\u1e0a\u0323", "\u1e0c\u0307", "D\u0323\u0307")] // two accents in the other order
    [InlineData("\u212b", "\u00c5", "A\u030a")]                   // a sign that is a letter
    [InlineData("\ud55c", "\ud55c", "\u1112\u1161\u11ab")]        // Hangul, by reckoning
    [InlineData("\u304b\u3099", "\u304c", "\u304b\u3099")]
    [InlineData("\uf900", "\u8c48", "\u8c48")]                    // an ideograph that Unicode has twice
    [InlineData("\u0958", "\u0915\u093c", "\u0915\u093c")]        // excluded from composition
    [InlineData("\U0001d15e", "\U0001d157\U0001d165", "\U0001d157\U0001d165")]
    [InlineData("ｆｕｌｌ", "ｆｕｌｌ", "ｆｕｌｌ")]              // width is not spelling
    [InlineData("👩‍🚀", "👩‍🚀", "👩‍🚀")]
    public void A_text_has_one_form_of_each_kind(string text, string composed, string decomposed)
    {
        foreach (var spelling in new[] { text, composed, decomposed })
            Assert.Equal((composed, decomposed), (NormalForms.Composed(spelling), NormalForms.Decomposed(spelling)));
    }

    [Fact]
    public void What_is_no_text_or_longer_than_anything_stays_as_it_is()
    {
        var half = "e\u0301" + '\ud83d';
        var endless = string.Concat(Enumerable.Repeat("e\u0323\u0301", 100_000));

        Assert.Equal(half, NormalForms.Composed(half));
        Assert.Same(endless, NormalForms.Composed(endless));
    }

    [Theory]
    [InlineData("a\u3000b", "a b")]
    [InlineData("a\u00a0b", "a b")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("Ａ\u00c9", "Ａ\u00c9")]
    public void A_space_in_a_password_is_a_space(string typed, string kept) => Assert.Equal(kept, NormalForms.OfPassword(typed));
}
