using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Yaopai.Tests.Storage;

/// <summary>A private PostgreSQL in a temporary folder, on a port of its own on loopback.</summary>
/// <remarks>A guardian process holds a pipe to this one: when it closes, however that comes,
/// the server is stopped and its folder removed.</remarks>
public sealed class PostgresServer : IDisposable
{
    private const string User = "yaopai";

    private static readonly Lazy<Task<PostgresServer>> s_template = new(MakeTemplateAsync);
    private static readonly Lazy<Task<PostgresServer>> s_shared = new(StartNewAsync);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"yaopai-postgres-{Guid.NewGuid():n}");
    private readonly string _binaries = FindBinaries();
    private readonly Process _guardian;

    /// <param name="copied">The folder of a stopped one to begin with; null for one without any database.</param>
    private PostgresServer(string? copied)
    {
        Directory.CreateDirectory(_folder);
        if (IsRoot)
            Finish(new("chown", ["postgres", _folder]));
        if (copied is null)
            Run($"{_binaries}/initdb", "-D", Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        else
            Run("cp", "-a", copied, Data);
        Start();
        _guardian = StartGuardian();
    }

    /// <summary>A database as a first start leaves it (<see cref="Storage.Template"/>), to be copied.</summary>
    public static string Template => "template_started";

    /// <summary>One that was only migrated.</summary>
    public static string EmptyTemplate => "template_empty";

    /// <summary>The one that all tests of this run use; nobody stops it.</summary>
    public static Task<PostgresServer> SharedAsync() => s_shared.Value;

    /// <summary>One that the test may stop. It has the templates too.</summary>
    public static async Task<PostgresServer> StartNewAsync() => new((await s_template.Value).Data);

    public int Port { get; private set; }

    public bool IsRunning { get; private set; }

    private string Data => Path.Combine(_folder, "data");

    private static bool IsRoot => Environment.UserName is "root";

    /// <summary>A new database, as an Npgsql connection string.</summary>
    /// <param name="template">What it is a copy of; nothing for an empty one.</param>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"test_{Guid.NewGuid():n}";
        await CreateDatabaseAsync(name, template ?? "template1");
        return ConnectionString(name);
    }

    /// <summary>Starts it, on the same port if it ran before.</summary>
    public void Start()
    {
        for (var tries = 1; ; tries++)
        {
            var port = Port is not 0 ? Port : FreePort();
            try
            {
                Run($"{_binaries}/pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "log"), "-o",
                    $"-p {port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=400 -c shared_buffers=64MB");
                Port = port;
                IsRunning = true;
                return;
            }
            catch (InvalidOperationException) when (tries < 5)
            {
                // Somebody took the port between our look and our use of it.
            }
        }
    }

    /// <summary>Stops it as a crash would.</summary>
    public void Stop() => Stop("immediate");

    /// <summary>Lets every process of the server stand still, so that connections stay open and nothing answers.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public void Dispose()
    {
        _guardian.StandardInput.Close();
        _guardian.WaitForExit();
        _guardian.Dispose();
    }

    /// <summary>Stopped, with the templates in it: every other one is a copy, so that initdb and a first start happen once a run.</summary>
    private static async Task<PostgresServer> MakeTemplateAsync()
    {
        var server = new PostgresServer(copied: null);
        await server.CreateDatabaseAsync(EmptyTemplate, "template1");
        await Storage.Template.MigrateAsync(At(EmptyTemplate));
        await server.CreateDatabaseAsync(Template, EmptyTemplate);
        await Storage.Template.StartOnceAsync(At(Template));
        server.Stop("fast");
        return server;

        EmptyPostgres At(string database) => new(Storage.Template.MasterKey, $"postgres:{server.ConnectionString(database)}");
    }

    private async Task CreateDatabaseAsync(string name, string template)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template}", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                  .OrderByDescending(
                      folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                  .Select(folder => Path.Combine(folder, "bin"))
                  .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
              ?? throw Missing()
            : throw Missing();

    private static InvalidOperationException Missing() =>
        new("These tests need PostgreSQL and found none under /usr/lib/postgresql: apt-get install postgresql");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username={User};Database={database}";

    private void Stop(string mode)
    {
        Run($"{_binaries}/pg_ctl", "stop", "-w", "-m", mode, "-D", Data);
        IsRunning = false;
    }

    private void Signal(string signal)
    {
        var master = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        Finish(new("kill", [$"-{signal}", master]));

        // One by one: who ended meanwhile needs no signal, and the others need theirs.
        foreach (var child in File.ReadAllText($"/proc/{master}/task/{master}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Finish(new("sh", ["-c", $"kill -{signal} {child} 2> /dev/null || ! kill -0 {child} 2> /dev/null"]));
    }

    private Process StartGuardian()
    {
        var script = $"cat > /dev/null; '{_binaries}/pg_ctl' stop -m immediate -D '{Data}' > /dev/null 2>&1; rm -rf '{_folder}'";
        var start = Command("sh", "-c", script);
        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    private void Run(string program, params string[] arguments) => Finish(Command(program, arguments));

    // PostgreSQL refuses to run as root, so root becomes the user that came with the package.
    private ProcessStartInfo Command(string program, params string[] arguments) =>
        IsRoot
            ? new("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            {
                WorkingDirectory = _folder,
            }
            : new(program, arguments) { WorkingDirectory = _folder };

    private static void Finish(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {output.Result}{errors.Result}");
    }
}
