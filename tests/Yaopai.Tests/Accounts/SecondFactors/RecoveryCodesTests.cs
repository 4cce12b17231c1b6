using Yaopai.Server.Accounts.SecondFactors;

namespace Yaopai.Tests.Accounts.SecondFactors;

public sealed class RecoveryCodesTests
{
    [Fact]
    public void Ten_are_made_and_none_is_like_another()
    {
        var codes = RecoveryCodes.New();

        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[a-z2-9]{5}-[a-z2-9]{5}$", code));
        Assert.All(codes, code => Assert.Equal(code, RecoveryCodes.Read(code)));
    }

    [Theory]
    [InlineData("ABCDE FGHJK", "abcde-fghjk")]
    [InlineData(" abcdefghjk ", "abcde-fghjk")]
    [InlineData("abcde-fghj", null)]
    [InlineData("abcde-fghj1", null)]
    [InlineData("", null)]
    public void A_code_is_read_as_people_write_it(string typed, string? code) => Assert.Equal(code, RecoveryCodes.Read(typed));
}
