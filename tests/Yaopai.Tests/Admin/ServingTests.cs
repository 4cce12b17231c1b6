using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Yaopai.Server.Admin;
using Yaopai.Tests.Hosting.Tls;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Admin;

/// <summary>What the program prints when it cannot start.</summary>
public sealed class ServingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("yaopai-serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Storage:Database must begin with sqlite:", "--Storage:Database=mysql:a")]
    [InlineData("The field PoolSize must be between 2 and 1000", "--Storage:PoolSize=1")]
    [InlineData("'abc' at 'Grants:CodeLifetime'", "--Grants:CodeLifetime=abc")]
    [InlineData("Keys:MasterKey must be 32 bytes in base64", "--Keys:MasterKey=abc")]
    [InlineData("Admin:Key must have at least 16 characters", "--Admin:Key=short")]
    [InlineData("Invalid url", "--urls=nonsense")]
    [InlineData("--urls", "--urls=http://127.0.0.1:70000")]
    [InlineData("HTTPS needs a certificate", "--urls=https://127.0.0.1:0")]
    [InlineData("HTTPS needs a certificate", "--Tls:Url=https://127.0.0.1:0")]
    [InlineData("Tls:Url must begin with https:", "--Tls:Url=http://127.0.0.1:0")]
    [InlineData("Tls:Certificate and Tls:Key go together", "--Tls:Certificate=a.pem")]
    [InlineData("Look at Tls:Certificate and Tls:Key.", "--Tls:Certificate=/nowhere/a.pem", "--Tls:Key=/nowhere/b.pem")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string expected, params string[] settings)
    {
        using var error = new StringWriter();
        var exitCode = await Serving.RunAsync([.. Common, .. settings], error);

        Assert.Equal(1, exitCode);
        AssertSentence(expected, error.ToString());
    }

    [Fact]
    public async Task An_expired_certificate_stops_the_start_with_a_sentence()
    {
        var files = TestCertificate.Make(DateTimeOffset.Parse("2020-01-01T00:00:00Z")).WriteTo(_folder);

        await CannotStartAsync(
            "certificate.pem has expired: 2020-01-31T00:00:00Z.", $"--Tls:Certificate={files.Certificate}", $"--Tls:Key={files.Key}");
    }

    [Fact]
    public Task All_wrong_settings_are_said_at_once() =>
        CannotStartAsync("Keys:MasterKey must be", "--Storage:PoolSize=1", "--Keys:MasterKey=abc");

    [Fact]
    public async Task A_master_key_of_another_installation_stops_the_start_with_a_sentence()
    {
        Assert.Equal(0, (await new Operator(Database, _folder).RunAsync("keys", "list")).ExitCode);

        await CannotStartAsync("does not open the", "--Keys:MasterKey=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    }

    [Fact]
    public async Task A_taken_address_stops_the_start_with_a_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await CannotStartAsync("address already in use", $"--urls=http://{listener.LocalEndpoint}");
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 4)] // what fails and what that cancels come out in any order
    public async Task A_schema_of_a_newer_program_stops_the_start_with_a_sentence(bool isPostgres, int times)
    {
        Engine engine = isPostgres ? new OnPostgres() : new OnSqlite();
        await engine.InitializeAsync();
        await engine.ExecuteAsync("INSERT INTO schema_version (version, name, applied_at) VALUES (9999, 'future', 0)");

        for (var i = 0; i < times; i++)
            await CannotStartAsync(
                "1-03-005: The server cannot start. The database has schema version 9999", "--database", engine.Location);

        await engine.DisposeAsync();
    }

    [Fact]
    public async Task A_database_that_does_not_exist_stops_the_start_with_a_sentence()
    {
        var misspelt = $"postgres:{await (await PostgresServer.SharedAsync()).CreateDatabaseAsync()}_misspelt";
        for (var i = 0; i < 2; i++)
            await CannotStartAsync("1-03-004: The server cannot start. ", "--database", misspelt);
    }

    private string Database => $"sqlite:{Path.Combine(_folder, "yaopai.db")}";

    private string[] Common => ["--urls=http://127.0.0.1:0", $"--Storage:Database={Database}", $"--Data={_folder}"];

    /// <summary>As a process of its own.</summary>
    private async Task CannotStartAsync(string expected, params string[] settings)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) is "dotnet" ? host : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Yaopai.Server.dll"), "serve", .. Common, .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        AssertSentence(expected, await error);
        Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
        Assert.Equal(1, process.ExitCode);
    }

    private static void AssertSentence(string expected, string error)
    {
        Assert.Matches(@"^[12]-\d\d-\d{3}: The server cannot start\. ", error);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
