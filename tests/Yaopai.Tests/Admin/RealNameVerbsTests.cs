using System.Text.Json;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Storage.Sql.Accounts;

namespace Yaopai.Tests.Admin;

public sealed class OnSqliteRealNameVerbsTests(SqliteDesk desk) : RealNameVerbsTests(desk), IClassFixture<SqliteDesk>;

public sealed class OnPostgresRealNameVerbsTests(PostgresDesk desk) : RealNameVerbsTests(desk), IClassFixture<PostgresDesk>;

public abstract class RealNameVerbsTests(Desk desk)
{
    private readonly Operator _operator = desk.Operator;

    [Fact]
    public async Task A_real_name_is_stored_sealed_and_never_shown()
    {
        var user = Operator.Id(await _operator.NewUserAsync());

        var set = await _operator.RunAsync("user", "real-name", "set", user, "--name", "张三", "--number", "11010519491231002x", "--json");
        var shown = await _operator.RunAsync("user", "real-name", "show", user);

        Assert.Equal((0, 0), (set.ExitCode, shown.ExitCode));
        var json = JsonDocument.Parse(set.Output).RootElement;
        Assert.Equal(("verified", 20), (json.GetProperty("state").GetString(), json.GetProperty("level").GetInt32()));
        Assert.All([set, shown], heard => Assert.DoesNotContain("张三", heard.Output + heard.Error, StringComparison.Ordinal));
        Assert.All([set, shown], heard => Assert.DoesNotContain("1949", heard.Output + heard.Error, StringComparison.Ordinal));
        var stored = (await StoredAsync(user))!;
        Assert.Equal((RealNameState.Verified, 20), (stored.State, stored.Level));
    }

    [Theory]
    [InlineData("--state", "in-progress")]
    [InlineData("--state", "not-verified", "--level", "0")]
    [InlineData("--level", "40")]
    public async Task State_and_level_may_be_said(params string[] options)
    {
        var user = Operator.Id(await _operator.NewUserAsync());

        Assert.Equal(0, (await SetAsync(user, "张三", "11010519491231002X", options)).ExitCode);
    }

    [Theory]
    [InlineData("张3", "11010519491231002X", "--name must have")]
    [InlineData("", "11010519491231002X", "--name must have")]
    [InlineData("张三", "110105", "--number must have 17 digits")]
    [InlineData("张三", "00010519491231002X", "--number begins with an unknown region code")]
    [InlineData("张三", "110105194913310021", "that does not exist")]
    [InlineData("张三", "110105299912310021", "in the future")]
    [InlineData("张三", "110105194912310021", "check character")]
    [InlineData("张三", "11010519491231002X", "--level is one of", "--level", "25")]
    [InlineData("张三", "11010519491231002X", "--level is one of", "--level", "0")]
    [InlineData("张三", "11010519491231002X", "--level is one of", "--level", "20", "--state", "in-progress")]
    [InlineData("张三", "11010519491231002X", "--level", "--level", "high")]
    [InlineData("张三", "11010519491231002X", "sure", "--state", "sure")]
    public async Task What_cannot_be_is_refused_with_the_reason_and_nothing_is_stored(
        string name, string number, string reason, params string[] options)
    {
        var user = Operator.Id(await _operator.NewUserAsync());

        var heard = await SetAsync(user, name, number, options);

        Assert.Equal(2, heard.ExitCode);
        Assert.Contains(reason, heard.Error, StringComparison.Ordinal);
        Assert.Null(await StoredAsync(user));
    }

    [Fact]
    public async Task A_real_name_can_be_cleared_once()
    {
        var user = Operator.Id(await _operator.NewUserAsync());
        await SetAsync(user, "张三", "11010519491231002X");

        Assert.Equal(0, (await _operator.RunAsync("user", "real-name", "clear", user)).ExitCode);

        Assert.Null(await StoredAsync(user));
        Assert.Contains("has no real name", (await _operator.RunAsync("user", "real-name", "clear", user)).Error, StringComparison.Ordinal);
        Assert.Equal(1, (await _operator.RunAsync("user", "real-name", "show", user)).ExitCode);
    }

    [Fact]
    public async Task Who_used_it_is_listed()
    {
        var user = Operator.Id(await _operator.NewUserAsync());
        await new SqlPersonalDataLog(desk.Engine.Database).AddAsync(
            new PersonalDataUse(long.Parse(user), 100000001, PersonalDataUses.RealNameGiven, DateTimeOffset.UnixEpoch),
            DateTimeOffset.MaxValue, default);

        var heard = await _operator.RunAsync("user", "real-name", "uses", user);
        var json = await _operator.AskAsync("user", "real-name", "uses", user);

        Assert.Equal("1970-01-01T00:00:00Z  100000001  real name given", heard.Lines[1]);
        Assert.Equal("100000001", json[0].GetProperty("client_id").GetString());
    }

    private Task<Operator.Heard> SetAsync(string user, string name, string number, params string[] options) =>
        _operator.RunAsync(["user", "real-name", "set", user, "--name", name, "--number", number, .. options]);

    private Task<StoredRealName?> StoredAsync(string user) =>
        new SqlRealNameStore(desk.Engine.Database).FindAsync(long.Parse(user), default);
}
