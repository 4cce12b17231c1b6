namespace Yaopai.Tests.Admin;

public sealed class KeysVerbsTests(SqliteDesk desk) : IClassFixture<SqliteDesk>
{
    [Theory]
    [InlineData("sealing")]
    [InlineData("signing")]
    [InlineData("elliptic")]
    [InlineData("personal")]
    public async Task A_rotation_makes_a_new_active_key_and_keeps_the_old(string kind)
    {
        var first = await desk.Operator.AskAsync("keys", "rotate", kind);
        var second = await desk.Operator.AskAsync("keys", "rotate", kind);
        var listed = (await desk.Operator.AskAsync("keys", "list")).EnumerateArray().ToList();

        var states = listed.ToDictionary(key => key.GetProperty("id").GetString()!, key => key.GetProperty("state").GetString());
        Assert.Equal("active", states[second.GetProperty("id").GetString()!]);
        Assert.NotEqual("active", states[first.GetProperty("id").GetString()!]);
    }

    [Fact]
    public async Task The_list_is_a_table()
    {
        var heard = await desk.Operator.RunAsync("keys", "list");

        Assert.Matches("^KIND +STATE +VALID FROM +MADE FOR +ID$", heard.Lines[0]);
        Assert.Contains(heard.Lines, line => line.StartsWith("sealing ", StringComparison.Ordinal));
    }
}
