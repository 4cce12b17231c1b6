using Yaopai.Server.Admin;

namespace Yaopai.Tests.Admin;

public sealed class ListingTests(SqliteDesk desk) : IClassFixture<SqliteDesk>
{
    private readonly Operator _operator = desk.Operator;

    [Fact]
    public async Task Pages_follow_one_another_until_all_is_listed()
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(Operator.Id(await _operator.AskAsync("group", "create", "--name", $"组{i}")));

        var listed = new List<string>();
        string[] next = ["group", "list", "--take", "2"];
        for (var page = 0; page < 3; page++)
        {
            var heard = await _operator.RunAsync(next);
            listed.AddRange(heard.Lines.Skip(1).TakeWhile(line => !line.StartsWith("More:",
                StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
            if (heard.Lines[^1].StartsWith("More: ./run.sh ", StringComparison.Ordinal))
                next = heard.Lines[^1]["More: ./run.sh ".Length..].Split(' ');
            else
                Assert.Equal(2, page);
        }

        Assert.Equal(ids.Order(), listed);
        Assert.Equal(5, (await _operator.AskAsync("group", "list")).GetArrayLength());
    }

    [Fact]
    public async Task Columns_stay_aligned_beside_wide_characters()
    {
        await _operator.NewUserAsync("--nickname", "小明");
        await _operator.NewUserAsync("--nickname", "Ming");

        var lines = (await _operator.RunAsync("user", "list")).Lines;

        var at = lines[0].IndexOf("STATE", StringComparison.Ordinal);
        Assert.All(lines.Skip(1), line => Assert.Equal(at, Table.Width(line[..line.IndexOf("enabled", StringComparison.Ordinal)])));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("腰牌", 4)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("e\u0301", 1)]
    [InlineData("𠮷", 2)]
    [InlineData("Миша", 4)]
    [InlineData("", 0)]
    public void A_text_is_as_wide_as_a_terminal_shows_it(string text, int width) => Assert.Equal(width, Table.Width(text));

    [Fact]
    public void A_stored_text_cannot_steer_the_terminal() =>
        Assert.DoesNotContain('\u001b', Table.Of([["NAME"], ["\u001b[2Jgone"]]));
}
