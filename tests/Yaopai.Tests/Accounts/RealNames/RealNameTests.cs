using System.Text;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;

namespace Yaopai.Tests.Accounts.RealNames;

public sealed class RealNameTests
{
    [Theory]
    [InlineData("张三")]
    [InlineData("买买提·吐尔逊")]
    [InlineData("Anna-Maria O'Neil Jr.x")]
    [InlineData("𠮷")]
    public void Names_are_letters_with_separators_between_them(string name) => Assert.True(RealName.IsName(name));

    [Theory]
    [InlineData("")]
    [InlineData(" 张三")]
    [InlineData("张三 ")]
    [InlineData("·")]
    [InlineData("张3")]
    [InlineData("张\n三")]
    [InlineData("张\"三")]
    [InlineData("张\\三")]
    [InlineData("<b>")]
    [InlineData("e\u0301")] // its hash would be another than that of é
    public void What_no_papers_say_is_no_name(string name) => Assert.False(RealName.IsName(name));

    [Theory]
    [InlineData("张", 48)]
    [InlineData("a", 144)]
    [InlineData("𠮷", 36)]
    public void The_longest_name_still_fits_into_the_smallest_key(string letter, int most)
    {
        var longest = string.Concat(Enumerable.Repeat(letter, most));
        Assert.True(RealName.IsName(longest));
        Assert.False(RealName.IsName(longest + letter));

        var json = $$"""{"realName":"{{longest}}","ctfCode":"11010519491231002X"}""";
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        Assert.Equal(256, new ServiceAccount("1", "1", rsa.ExportSubjectPublicKeyInfo()).Encrypt(Encoding.UTF8.GetBytes(json)).Length);
    }

    [Theory]
    [InlineData(0, (int)RealNameState.NotVerified, true)]
    [InlineData(0, (int)RealNameState.InProgress, true)]
    [InlineData(10, (int)RealNameState.Verified, true)]
    [InlineData(35, (int)RealNameState.Verified, true)]
    [InlineData(0, (int)RealNameState.Verified, false)]
    [InlineData(20, (int)RealNameState.InProgress, false)]
    [InlineData(40, (int)RealNameState.NotVerified, false)]
    [InlineData(25, (int)RealNameState.Verified, false)]
    [InlineData(-10, (int)RealNameState.Verified, false)]
    public void What_is_verified_has_a_level_and_nothing_else_has(int level, int state, bool fits) =>
        Assert.Equal(fits, RealName.Fits(level, (RealNameState)state));

    [Fact]
    public void It_does_not_write_itself_into_logs() =>
        Assert.DoesNotContain(
            "张三", $"{new RealName(7, "张三", "11010519491231002X", 20, RealNameState.Verified, default)}", StringComparison.Ordinal);
}
