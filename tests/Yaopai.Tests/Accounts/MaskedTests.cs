using Yaopai.Server.Accounts;

namespace Yaopai.Tests.Accounts;

public sealed class MaskedTests
{
    [Theory]
    [InlineData("11136000008", 3, 2, "111******08")]
    [InlineData("name", 1, 1, "n**e")]
    [InlineData("ming", 2, 0, "mi**")]
    [InlineData("ab", 1, 1, "**")]
    [InlineData("", 1, 1, "")]
    [InlineData("𠮷田", 1, 1, "**")]
    [InlineData("𠮷田太郎", 1, 1, "𠮷**郎")]
    [InlineData("田太𠮷", 1, 1, "田*𠮷")]
    [InlineData("e\u0301le\u0300ve", 1, 1, "e\u0301***e")]
    [InlineData("👩‍👧 and 👩‍👧", 2, 1, "👩‍👧 ****👩‍👧")]
    public void The_middle_is_hidden_and_no_character_is_cut(string text, int head, int tail, string masked) =>
        Assert.Equal(masked, Masked.Text(text, head, tail));
}
