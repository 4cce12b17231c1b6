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
    private const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode All = Write | UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

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
    [InlineData("Check Tls:Certificate and Tls:Key.", "--Tls:Certificate=/nowhere/a.pem", "--Tls:Key=/nowhere/b.pem")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string expected, params string[] settings)
    {
        using var error = new StringWriter();
        var exitCode = await Serving.RunAsync([.. Common, .. settings], error);

        Assert.Equal(1, exitCode);
        AssertSentence(expected, error.ToString());
    }

    [Theory]
    [InlineData("--Gateway:Proxy is no setting. Did you mean --Gateway:Proxies?", "--Gateway:Proxy=10.0.0.0/8")]
    [InlineData("--Storage:Databse is no setting. Did you mean --Storage:Database?", "--Storage:Databse", "sqlite:a")]
    [InlineData("--Surfaces:OpenApi:StrictHttpStatuss is no setting. Did you mean --Surfaces:OpenApi:StrictHttpStatus?",
        "--Surfaces:OpenApi:StrictHttpStatuss=true")]
    [InlineData("--CodeLifetime is no setting. Did you mean --Grants:", "--CodeLifetime=00:01:00")]
    [InlineData("--Gateway:Proxies:first is no setting. Did you mean --Gateway:Proxies:0?", "--Gateway:Proxies:first=10.0.0.0/8")]
    [InlineData("--Foo:Bar is no setting; docs/operations.md lists them all.", "--Foo:Bar=1")]
    [InlineData("--prot is no setting. Did you mean --port?", "-prot", "8080")]
    [InlineData("--databas is no setting. Did you mean --database?", "--databas=sqlite:a")]
    [InlineData("--sandbox is no setting", "--sandbox")]
    [InlineData("--port abc is no port", "--port", "abc")]
    public Task N6_a_setting_that_is_none_stops_the_start_and_is_told_the_nearest(string expected, params string[] settings) =>
        A_wrong_setting_stops_the_start_with_a_sentence(expected, settings);

    [Fact]
    public async Task FC_60_a_variable_that_is_no_setting_stops_the_start()
    {
        var heard = await StartAsync(
            [("YAOPAI_Gateway__Deadlin", "00:00:05"), ("YAOPAI_DATABSE", "sqlite:a"), ("YAOPAI_PORT_7700_TCP", "tcp://10.0.0.1:7700"),
                ("YAOPAI_PORT", "tcp://10.0.0.1:7700"), ("YAOPAI_IMAGE", "yaopai:1"), ("Gateway__Deadlin", "somebody else's")],
            "--Storage:PoolSize=1");

        Assert.Equal(1, heard.ExitCode);
        AssertSentence("YAOPAI_Gateway__Deadlin is no setting. Did you mean YAOPAI_Gateway__Deadline?", heard.Error);
        AssertSentence("YAOPAI_DATABSE is no setting. Did you mean YAOPAI_DATABASE?", heard.Error);
        AssertSentence("The field PoolSize must be", heard.Error); // with all others
        Assert.Equal(5, heard.Error.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task N6_settings_of_the_framework_are_its_own_and_port_is_short_for_an_address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await CannotStartAsync(
            "address already in use", "--Logging:LogLevel:Default=Warning", "--Kestrel:Limits:MaxConcurrentConnections=100",
            "--AllowedHosts=*", "--port", $"{((IPEndPoint)listener.LocalEndpoint).Port}");
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

    [Fact]
    public Task F3_N3_a_folder_that_cannot_be_made_stops_the_start_with_a_sentence() =>
        CannotStartAsync("1-03-007: The server cannot start. /proc/x/y.db cannot be written: ", "--database", "sqlite:/proc/x/y.db");

    [Theory]
    [InlineData(All & ~Write, All, "its folder takes no file of ")]
    [InlineData(All, All & ~Write, "the file is closed to ")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task F3_F7_N3_N5_a_database_that_may_only_be_read_stops_the_start_with_a_sentence(
        UnixFileMode folder, UnixFileMode file, string why)
    {
        var database = Path.Combine(_folder, "own", "yaopai.db");
        await using (var node = await new Node($"sqlite:{database}").StartAsync())
            await node.Feed.Ready;
        File.SetUnixFileMode(_folder, All);
        File.SetUnixFileMode(database, file);
        File.SetUnixFileMode(Path.GetDirectoryName(database)!, folder);

        await CannotStartAsNobodyAsync("1-03-007: The server cannot start. ", "--database", $"sqlite:{database}");
        await CannotStartAsNobodyAsync(why, "--database", $"sqlite:{database}");
    }

    [Fact]
    public async Task F7_a_PostgreSQL_that_may_only_be_read_stops_the_start_with_a_sentence()
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(PostgresServer.Template);

        await CannotStartAsync(
            "1-03-007: The server cannot start. ", "--database", $"postgres:{database};Options=-c default_transaction_read_only=on");
    }

    [Fact]
    public async Task F4_N4_a_file_that_is_no_database_stops_the_start_with_a_sentence()
    {
        var junk = Path.Combine(_folder, "junk.db");
        await File.WriteAllTextAsync(junk, string.Concat(Enumerable.Repeat("no database at all ", 1000)));

        await CannotStartAsync("1-03-004: The server cannot start. The database cannot be used: ", "--database", $"sqlite:{junk}");
        await CannotStartAsync("file is not a database", "--database", $"sqlite:{junk}");
    }

    [Theory]
    [InlineData(false, "stored_key")]
    [InlineData(true, "stored_key")]
    [InlineData(false, "change_feed")]
    [InlineData(true, "revocation")]
    public async Task F4_a_database_that_lacks_a_table_stops_the_start_with_a_sentence(bool isPostgres, string table)
    {
        Engine engine = isPostgres ? new OnPostgres() : new OnSqlite();
        await engine.InitializeAsync();
        await engine.ExecuteAsync($"ALTER TABLE {table} RENAME TO gone");

        await CannotStartAsync(
            "1-03-004: The server cannot start. The database cannot be used: ", "--database", engine.Location,
            $"--Keys:MasterKey={engine.MasterKey}");
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task F4_a_database_whose_pages_are_spoilt_stops_the_start_with_a_sentence()
    {
        var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using (var file = File.OpenWrite(engine.Path))
        {
            file.Position = 4096; // all but the first page
            await file.WriteAsync(System.Security.Cryptography.RandomNumberGenerator.GetBytes((int)(file.Length - file.Position)));
        }

        await CannotStartAsync("1-03-004: The server cannot start. The database cannot be used: ", "--database", engine.Location);
        await engine.DisposeAsync();
    }

    /// <summary>At whatever moment: before the host is there, while it starts, while it serves.</summary>
    [Theory]
    [InlineData(150)]
    [InlineData(300)]
    [InlineData(450)]
    [InlineData(700)]
    [InlineData(1000)]
    public async Task N8_a_signal_while_it_starts_ends_it_with_0(int milliseconds)
    {
        using var process = Start([], [], []);
        var hearing = HearAsync(process);
        await Task.Delay(milliseconds);
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        var heard = await hearing;

        // Before the program's first line runs, the system itself ends it.
        Assert.True(heard.ExitCode is 0 or (128 + 15), $"{heard.ExitCode}");
        Assert.DoesNotContain("   at ", heard.Output + heard.Error, StringComparison.Ordinal);
    }

    private string Database => $"sqlite:{Path.Combine(_folder, "yaopai.db")}";

    private string[] Common => ["--urls=http://127.0.0.1:0", $"--Storage:Database={Database}", $"--Data={_folder}"];

    private Task CannotStartAsync(string expected, params string[] settings) => CannotStartAsync(expected, [], settings);

    /// <summary>As a user whom the modes of files keep out.</summary>
    private Task CannotStartAsNobodyAsync(string expected, params string[] settings) => CannotStartAsync(
        expected, Environment.UserName is "root" ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [], settings);

    private async Task CannotStartAsync(string expected, string[] prefix, string[] settings)
    {
        using var process = Start(prefix, [], settings);
        var heard = await HearAsync(process);

        AssertSentence(expected, heard.Error);
        Assert.DoesNotContain("   at ", heard.Output, StringComparison.Ordinal);
        Assert.Equal(1, heard.ExitCode);
    }

    /// <summary>As a process of its own, until it ends.</summary>
    private async Task<Operator.Heard> StartAsync((string Name, string Value)[] variables, params string[] settings)
    {
        using var process = Start([], variables, settings);
        return await HearAsync(process);
    }

    /// <param name="prefix">A program that starts it, with its arguments.</param>
    private Process Start(string[] prefix, (string Name, string Value)[] variables, string[] settings)
    {
        string[] program =
        [
            .. prefix,
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) is "dotnet" ? host : "dotnet",
            Path.Combine(AppContext.BaseDirectory, "Yaopai.Server.dll"),
            "serve", .. Common, .. settings,
        ];
        var start = new ProcessStartInfo(program[0], program[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<Operator.Heard> HearAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    private static void AssertSentence(string expected, string error)
    {
        Assert.Matches(@"^[12]-\d\d-\d{3}: The server cannot start\. ", error);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
