using Yaopai.Server.Admin;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Admin;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("yaopai-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Help_lists_every_verb()
    {
        var heard = await Operator.OfflineAsync("--help");

        Assert.Equal(0, heard.ExitCode);
        Assert.All(["serve", "explain", "errors", "group", "developer", "app", "user", "keys", "certificate"], verb =>
            Assert.Contains($"\n  {verb} ", heard.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("serve", "")]
    [InlineData("--urls http://127.0.0.1:1", "--urls http://127.0.0.1:1")]
    [InlineData("serve --urls http://127.0.0.1:1", "--urls http://127.0.0.1:1")]
    [InlineData("--urls http://127.0.0.1:1 serve", "--urls http://127.0.0.1:1")]
    [InlineData("--Storage:Database=sqlite:a Data=b /c d", "--Storage:Database=sqlite:a Data=b /c d")]
    [InlineData("--database serve", "--database serve")]
    [InlineData("explain 20155", null)]
    [InlineData("app list --database sqlite:a", null)]
    [InlineData("--database sqlite:a app list", null)]
    [InlineData("--help", null)]
    [InlineData("serve --help", null)]
    [InlineData("serve serve", null)]
    [InlineData("serve app", null)]
    public void Without_another_verb_the_arguments_are_settings_of_the_server(string args, string? settings) =>
        Assert.Equal(settings?.Split(' ', StringSplitOptions.RemoveEmptyEntries), Serving.SettingsOf(args.Split(' ',
            StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public async Task Options_for_the_database_stand_before_the_verb_too()
    {
        var heard = await Operator.OfflineAsync("--database", Sqlite, "--data", _folder, "app", "list");

        Assert.Equal((0, ""), (heard.ExitCode, heard.Error));
        Assert.Single(heard.Lines);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_in_a_sentence()
    {
        var server = await PostgresServer.StartNewAsync();
        var location = $"postgres:{await server.CreateDatabaseAsync()}";
        server.Dispose();

        await RefusedAsync("The database cannot be reached: ", "app", "list", "--database", location);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_a_fault_of_the_settings()
    {
        var location = $"postgres:{await (await PostgresServer.SharedAsync()).CreateDatabaseAsync()}_misspelt";

        await RefusedAsync("The database cannot be used: ", "app", "list", "--database", location);
    }

    [Fact]
    public Task A_wrong_setting_is_named() => RefusedAsync(
        "  Storage:Database must begin with sqlite: or postgres:", "app", "list", "--database", "mysql:a");

    [Fact]
    public async Task A_newer_schema_is_not_touched()
    {
        var engine = new OnSqlite();
        await engine.InitializeAsync();
        try
        {
            await engine.ExecuteAsync("INSERT INTO schema_version (version, name, applied_at) VALUES (9999, 'future', 0)");

            await RefusedAsync("The database has schema version 9999", "app", "list", "--database", engine.Location);
        }
        finally
        {
            await engine.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_lost_master_key_is_named_with_its_file()
    {
        Assert.Equal(0, (await Operator.OfflineAsync("keys", "list", "--database", Sqlite, "--data", _folder)).ExitCode);
        File.Delete(Path.Combine(_folder, "master.key"));

        await RefusedAsync("master.key, which opens them, is missing", "keys", "list", "--database", Sqlite, "--data", _folder);
    }

    private string Sqlite => $"sqlite:{Path.Combine(_folder, "yaopai.db")}";

    private static async Task RefusedAsync(string expected, params string[] args)
    {
        var heard = await Operator.OfflineAsync(args);

        Assert.Equal((1, ""), (heard.ExitCode, heard.Output));
        Assert.Contains(expected, heard.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", heard.Error, StringComparison.Ordinal);
    }
}
