namespace Yaopai.Tests.Admin;

public sealed class AppMarketVerbsTests(SqliteDesk desk) : IClassFixture<SqliteDesk>
{
    private readonly Operator _operator = desk.Operator;

    [Fact]
    public async Task A_key_is_set_and_removed_and_never_shown()
    {
        var id = Operator.Id(await _operator.NewAppAsync());

        var set = await _operator.RunTypingAsync("the access key\n", ["app", "market", "set-key", id]);

        Assert.True(set.ExitCode == 0, set.Error);
        Assert.DoesNotContain("the access key", set.Output, StringComparison.Ordinal);
        Assert.True((await _operator.AskAsync("app", "market", "remove-key", id)).GetProperty("removed").GetBoolean());
        Assert.False((await _operator.AskAsync("app", "market", "remove-key", id)).GetProperty("removed").GetBoolean());
    }

    [Theory]
    [InlineData(""), InlineData("short\n")]
    public async Task What_is_no_key_is_refused(string typed)
    {
        var id = Operator.Id(await _operator.NewAppAsync());

        var heard = await _operator.RunTypingAsync(typed, ["app", "market", "set-key", id]);

        Assert.Equal(2, heard.ExitCode);
        Assert.Contains("must be the access key", heard.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xyz", "16 hexadecimal digits, not 'xyz'")]
    [InlineData("8C1000000000FFFF", "--tenant does not name an organisation")]
    public async Task A_customer_is_bound_to_an_organisation_that_there_is(string tenant, string says)
    {
        var id = Operator.Id(await _operator.NewAppAsync());

        var heard = await _operator.RunAsync("app", "market", "bind", id, "--customer", "c1", "--tenant", tenant);

        Assert.Equal(2, heard.ExitCode);
        Assert.Contains(says, heard.Error, StringComparison.Ordinal);
    }
}
