using System.Text.Json;
using Yaopai.Server.Administration;
using Yaopai.Server.Storage.Sql.Administration;

namespace Yaopai.Tests.Admin;

public sealed class AdminKeyVerbsTests(SqliteDesk desk) : IClassFixture<SqliteDesk>
{
    private readonly Operator _operator = desk.Operator;

    private AdminKeys Keys => new(new SqlAdminKeyStore(desk.Engine.Database), TimeProvider.System);

    [Fact]
    public async Task A_new_key_is_shown_once_and_recognised_with_its_role()
    {
        var heard = await _operator.RunAsync(
            "admin-key", "create", "--name", "运维", "--role", "operator", "--expires", "2999-12-31", "--json");
        var created = JsonDocument.Parse(heard.Output).RootElement;
        var text = created.GetProperty("key").GetString()!;
        var shown = await _operator.RunAsync("admin-key", "show", Operator.Id(created), "--json");

        var key = await Keys.RecogniseAsync(text, "192.0.2.1", default);
        Assert.Equal("The key is shown only once: save it now.\n", heard.Error);
        Assert.Equal(("运维", AdminRole.Operator, 2999), (key!.Name, key.Role, key.ExpiresAt!.Value.Year));
        Assert.StartsWith($"yaopai_{Operator.Id(created)}_", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text[^64..], shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_key_holds_beside_the_new_one_for_as_long_as_is_said()
    {
        var first = await NewAsync();
        var second = await _operator.AskAsync("admin-key", "rotate", Operator.Id(first));
        var third = await _operator.AskAsync("admin-key", "rotate", Operator.Id(first), "--overlap-hours", "0");

        Assert.NotNull(second.GetProperty("previous_secret_until").GetString());
        Assert.Equal(JsonValueKind.Null, third.GetProperty("previous_secret_until").ValueKind);
        Assert.False(await HoldsAsync(first));
        Assert.False(await HoldsAsync(second));
        Assert.True(await HoldsAsync(third));
    }

    [Fact]
    public async Task A_revoked_key_stays_so_since_then()
    {
        var key = await NewAsync();
        var revoked = await _operator.AskAsync("admin-key", "revoke", Operator.Id(key));
        var again = await _operator.AskAsync("admin-key", "revoke", Operator.Id(key));

        Assert.Equal("revoked", revoked.GetProperty("state").GetString());
        Assert.Equal(revoked.GetProperty("revoked_at").GetString(), again.GetProperty("revoked_at").GetString());
        Assert.False(await HoldsAsync(key));
    }

    [Fact]
    public async Task The_list_goes_on_where_a_page_ended()
    {
        for (var i = 0; i < 3; i++)
            await NewAsync();

        var first = await _operator.RunAsync("admin-key", "list", "--take", "2");
        var next = first.Lines[^1]["More: ./run.sh ".Length..].Split(' ');
        var second = await _operator.RunAsync(next);

        Assert.Matches("^ID +NAME +ROLE +STATE +EXPIRES AT +LAST USED AT +LAST ADDRESS$", first.Lines[0]);
        Assert.Equal(0, second.ExitCode);
        Assert.Empty(first.Lines[1..3].Intersect(second.Lines[1..]));
    }

    [Theory]
    [InlineData("create", "--name", "a")]
    [InlineData("create", "--name", "a", "--role", "root")]
    [InlineData("create", "--name", "a", "--role", "owner", "--expires", "soon")]
    [InlineData("rotate", "42")]
    [InlineData("rotate", "0000000000000042", "--overlap-hours", "2161")]
    public async Task What_is_no_key_and_no_role_is_wrong_usage(params string[] args) =>
        Assert.Equal(2, (await _operator.RunAsync(["admin-key", .. args])).ExitCode);

    private Task<JsonElement> NewAsync() =>
        _operator.AskAsync("admin-key", "create", "--name", $"{Guid.NewGuid():n}", "--role", "support");

    private async Task<bool> HoldsAsync(JsonElement key) =>
        await Keys.RecogniseAsync(key.GetProperty("key").GetString()!, "192.0.2.1", default) is not null;
}
