using System.Text.Json;

namespace Yaopai.Tests.Admin;

public sealed class GroupAndDeveloperVerbsTests(SqliteDesk desk) : IClassFixture<SqliteDesk>
{
    private readonly Operator _operator = desk.Operator;

    [Fact]
    public async Task A_developer_joins_a_group_and_leaves_it()
    {
        var group = Operator.Id(await _operator.AskAsync("group", "create", "--name", "集团"));
        var joined = await _operator.AskAsync("developer", "create", "--name", "Dev", "--group", group);
        var renamed = await _operator.AskAsync("developer", "change", Operator.Id(joined), "--name", "Other");
        var left = await _operator.AskAsync("developer", "change", Operator.Id(joined), "--no-group");

        Assert.Equal(group, $"{renamed.GetProperty("group_id").GetInt64()}");
        Assert.Equal("Other", left.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, left.GetProperty("group_id").ValueKind);
    }

    [Theory]
    [InlineData("group")]
    [InlineData("developer")]
    public async Task What_is_disabled_stays_so_since_then_until_it_is_enabled(string noun)
    {
        var id = Operator.Id(await _operator.AskAsync(noun, "create", "--name", "A"));
        var disabled = await _operator.AskAsync(noun, "disable", id);
        var again = await _operator.AskAsync(noun, "disable", id);
        var shown = await _operator.AskAsync(noun, "show", id);
        var enabled = await _operator.AskAsync(noun, "enable", id);

        Assert.Equal("disabled", disabled.GetProperty("state").GetString());
        Assert.Equal(disabled.GetProperty("disabled_at").GetString(), again.GetProperty("disabled_at").GetString());
        Assert.Equal("disabled", shown.GetProperty("state").GetString());
        Assert.Equal("enabled", enabled.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("group")]
    [InlineData("developer")]
    public async Task A_change_of_name_is_stored(string noun)
    {
        var id = Operator.Id(await _operator.AskAsync(noun, "create", "--name", "A"));
        await _operator.AskAsync(noun, "change", id, "--name", "B");

        Assert.Equal("B", (await _operator.AskAsync(noun, "show", id)).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("group", "show", "42")]
    [InlineData("developer", "disable", "42")]
    [InlineData("app", "secret", "rotate", "42")]
    [InlineData("user", "show", "nobody")]
    public async Task What_is_not_there_is_said_with_the_way_to_find_it(string noun, params string[] rest)
    {
        var heard = await _operator.RunAsync([noun, .. rest]);

        Assert.Equal((1, ""), (heard.ExitCode, heard.Output));
        Assert.Matches($@"^2-\d\d-\d{{3}}: There is no {noun} {rest[^1]}\.\nList all \w+: \./run\.sh {noun} list\n\z", heard.Error);
    }
}
