using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Yaopai.Tests.Storage;

/// <summary>PgBouncer in transaction mode before a PostgreSQL: sessions are lent for as long as a transaction lasts.</summary>
internal sealed class Pooler : IDisposable
{
    private static readonly string[] s_nothing = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-pooler-");
    private readonly Process _process;
    private readonly int _port;

    private Pooler(PostgresServer server)
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var settings = Path.Combine(_folder.FullName, "pgbouncer.ini");
        File.WriteAllText(
            settings,
            $"""
            [databases]
            * = host=127.0.0.1 port={server.Port} user=yaopai

            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {_port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 4
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.FullName, File.GetUnixFileMode(_folder.FullName) | UnixFileMode.OtherExecute);
            File.SetUnixFileMode(settings, File.GetUnixFileMode(settings) | UnixFileMode.OtherRead);
        }

        // As PostgreSQL it refuses to run as root.
        string[] program =
        [
            .. Environment.UserName is "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : s_nothing,
            File.Exists("/usr/sbin/pgbouncer") ? "/usr/sbin/pgbouncer" : "pgbouncer", "-q", settings,
        ];
        _process = Process.Start(new ProcessStartInfo(program[0], program[1..]) { WorkingDirectory = _folder.FullName })
            ?? throw new InvalidOperationException("These tests need PgBouncer: apt-get install pgbouncer");
    }

    public static async Task<Pooler> StartAsync(PostgresServer server)
    {
        var pooler = new Pooler(server);
        await Eventually.SucceedsAsync<SocketException>(async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, pooler._port);
        });
        return pooler;
    }

    /// <summary>The way to the same database through the pooler.</summary>
    public string Before(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Port = _port }.ToString();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
