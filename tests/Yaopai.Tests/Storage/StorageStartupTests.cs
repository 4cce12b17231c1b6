using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class StorageStartupTests
{
    [Theory]
    [InlineData("", "Storage:Database is missing")]
    [InlineData("mysql:Host=somewhere", "must begin with sqlite: or postgres:")]
    [InlineData("sqlite: ", "names no database")]
    [InlineData("postgres:Database=yaopai", "names no Host")]
    [InlineData("postgres:Host=a;Colour=secret-blue", "is not a connection string")]
    [InlineData("postgres:nonsense", "is not a connection string")]
    public async Task A_wrong_setting_is_named_without_its_value(string database, string fault)
    {
        await using var node = new Node(database);

        var refusal = Assert.Throws<OptionsValidationException>(() => node.Get<Database>());

        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_valid()
    {
        var options = new StorageOptions();

        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_a_fault_of_the_settings()
    {
        var location = $"postgres:{await (await PostgresServer.SharedAsync()).CreateDatabaseAsync()}_misspelt";
        await using var node = await new Node(location).StartAsync();

        var refusal = await Assert.ThrowsAsync<StorageException>(() => node.Get<StorageStartup>().Ready);

        Assert.Equal(StorageFailure.Failed, refusal.Failure);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_folder_of_an_embedded_database_is_made_and_closed_to_others()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"yaopai-sqlite-{Guid.NewGuid():n}");
        try
        {
            await using var node = await new Node($"sqlite:{folder}/yaopai.db").StartAsync();
            await node.Get<StorageStartup>().Ready;

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task An_embedded_database_and_its_log_are_closed_to_others_in_an_open_folder_too()
    {
        var folder = Directory.CreateTempSubdirectory("yaopai-sqlite-").FullName;
        try
        {
            await using var node = await new Node($"sqlite:{folder}/yaopai.db").StartAsync();
            await node.Get<StorageStartup>().Ready;
            await node.Get<IAppStore>().ListAsync(after: 0, take: 1, default); // the log is there while somebody is connected

            Assert.Equal(
                ["yaopai.db", "yaopai.db-shm", "yaopai.db-wal"],
                Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.All(Directory.GetFiles(folder), file => Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
