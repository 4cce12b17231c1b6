using System.Diagnostics;

namespace Yaopai.Bench;

/// <summary>A PostgreSQL of our own, as it comes: in a temporary folder, on loopback, gone afterwards.</summary>
internal sealed class PostgresCluster(string folder, int port) : IAsyncDisposable
{
    private static readonly string s_programs = Directory.GetDirectories("/usr/lib/postgresql").Order().Last() + "/bin";

    public string Database => $"postgres:Host=127.0.0.1;Port={port};Database=postgres;Username=postgres";

    public int Pid => int.Parse(File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First());

    public static async Task<PostgresCluster> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("yaopai-bench-postgres-").FullName;
        if (Environment.UserName is "root")
            await RunAsync("chown", "postgres", folder);

        var (data, port) = (Path.Combine(folder, "data"), Child.FreePort());
        await RunAsPostgresAsync("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions");
        await RunAsPostgresAsync(
            "pg_ctl", "-D", data, "-l", Path.Combine(folder, "log"), "-w",
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}", "start");
        return new(folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsPostgresAsync("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private static Task RunAsPostgresAsync(string program, params string[] arguments) => Environment.UserName is "root"
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(s_programs, program), .. arguments])
        : RunAsync(Path.Combine(s_programs, program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // To nowhere rather than to a pipe: the server that pg_ctl leaves behind would keep a pipe open.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", "exec \"$@\" >/dev/null </dev/null", "sh", program, .. arguments])
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }
}
