namespace Yaopai.Tests.Admin;

public sealed class AppWeChatVerbsTests(SqliteDesk desk) : IClassFixture<SqliteDesk>
{
    private const string Key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private readonly Operator _operator = desk.Operator;

    [Fact]
    public async Task An_account_is_set_shown_without_its_secrets_and_removed()
    {
        var id = Operator.Id(await _operator.NewAppAsync());

        var set = await SetAsync(id, $"the secret\npushtoken\n{Key}\n", "--kind", "official", "--original-id", "gh_1");
        var shown = await _operator.RunAsync("app", "wechat", "show", id);
        var again = await SetAsync(id, "another\n", "--kind", "official", "--original-id", "gh_1");

        Assert.True(set.ExitCode == 0, set.Error);
        Assert.Contains("wx1234", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", shown.Output + set.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pushtoken", shown.Output + set.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, shown.Output + set.Output, StringComparison.Ordinal);
        Assert.Contains("encrypted_push  no", again.Output, StringComparison.Ordinal);

        Assert.True((await _operator.AskAsync("app", "wechat", "remove", id, "--kind", "official")).GetProperty("removed").GetBoolean());
        Assert.False((await _operator.AskAsync("app", "wechat", "remove", id, "--kind", "official")).GetProperty("removed").GetBoolean());
        Assert.Equal(0, (await _operator.AskAsync("app", "wechat", "show", id)).GetArrayLength());
    }

    [Theory]
    [InlineData("", "official", "gh_2", "the secret")]
    [InlineData("secret\nno!\n", "official", "gh_2", "token for pushes")]
    [InlineData("secret\npushtoken\nshort\n", "official", "gh_2", "EncodingAESKey")]
    [InlineData("secret\npushtoken\n", "official", null, "--original-id is missing")]
    [InlineData("secret\n", "other", null, "other")]
    [InlineData("secret\n", "official", "abc", "must begin with gh_")]
    public async Task What_cannot_be_is_refused_and_no_secret_repeated(string typed, string kind, string? originalId, string says)
    {
        var id = Operator.Id(await _operator.NewAppAsync());

        var heard = await SetAsync(id, typed, originalId is null ? ["--kind", kind] : ["--kind", kind, "--original-id", originalId]);

        Assert.Equal(2, heard.ExitCode);
        Assert.Contains(says, heard.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("no!", heard.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_original_id_is_of_one_app()
    {
        var one = Operator.Id(await _operator.NewAppAsync());
        var other = Operator.Id(await _operator.NewAppAsync());
        await SetAsync(one, "secret\npushtoken\n", "--kind", "official", "--original-id", "gh_3");

        var heard = await SetAsync(other, "secret\npushtoken\n", "--kind", "official", "--original-id", "gh_3");

        Assert.Equal(2, heard.ExitCode);
        Assert.Contains("belongs to another app", heard.Error, StringComparison.Ordinal);
    }

    private Task<Operator.Heard> SetAsync(string id, string typed, params string[] options) =>
        _operator.RunTypingAsync(typed, ["app", "wechat", "set", id, "--wechat-app-id", "wx1234", .. options]);
}
