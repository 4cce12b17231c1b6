using Yaopai.Server.Consents;

namespace Yaopai.Tests.Consents;

public sealed class UserCodeTests
{
    [Fact]
    public void A_code_is_eight_capital_letters_none_of_which_looks_like_another_sign()
    {
        var codes = Enumerable.Range(0, 1000).Select(_ => UserCode.New()).ToList();

        Assert.All(codes, code => Assert.Matches("^[B-DF-HJ-NP-TV-XZ]{8}$", code));
        Assert.Equal(1000, codes.Distinct().Count());
        Assert.Equal(20, codes.SelectMany(code => code).Distinct().Count());
    }

    [Theory]
    [InlineData("BCDFGHJK", "BCDFGHJK")]
    [InlineData("bcdf-ghjk", "BCDFGHJK")]
    [InlineData(" BCDF GHJK ", "BCDFGHJK")]
    [InlineData("ＢＣＤＦ　ｇｈｊｋ", "BCDFGHJK")]
    [InlineData("BCDF－ＧHJK", "BCDFGHJK")]
    public void What_a_person_types_is_read(string typed, string expected)
    {
        Assert.True(UserCode.TryRead(typed, out var code));
        Assert.Equal(expected, code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("BCDFGHJ")]
    [InlineData("BCDFGHJKL")]
    [InlineData("ABCDFGHJ")]
    [InlineData("BCDFGH0K")]
    [InlineData("B                                C D F G H J K")]
    public void What_can_be_no_code_is_not(string typed) => Assert.False(UserCode.TryRead(typed, out _));
}
